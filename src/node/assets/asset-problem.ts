import { AssetError } from '#shared/core/errors';

/** Runs a step on one asset; what it throws becomes an AssetError that names the asset and its file. */
export async function namingAsset<T>(
  asset: Readonly<{ id: string; file: string; root?: Readonly<{ name: string }> | undefined }>,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw new AssetError(`${describeAsset(asset)}: ${reasonOf(cause)}`, { cause });
  }
}

/** `asset "crate" (builtin/models/crate.glb)` */
export function describeAsset(
  asset: Readonly<{ id: string; file: string; root?: Readonly<{ name: string }> | undefined }>,
): string {
  const where = asset.root ? `${asset.root.name}/${asset.file}` : asset.file;
  return `asset "${asset.id}" (${where})`;
}

/** What a caught value says; the operating system's codes in words. */
export function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') return 'the file does not exist. Add it, or remove its entry.';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read the file.';
  if (code === 'EISDIR') return 'expected a file, found a folder.';
  return cause instanceof Error ? cause.message : String(cause);
}
