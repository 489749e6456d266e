import { rename, writeFile } from 'node:fs/promises';

/** Puts a file in the place of another at once, as editors do: whoever watches it never sees half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}~`;
  await writeFile(beside, text);
  await rename(beside, path);
}
