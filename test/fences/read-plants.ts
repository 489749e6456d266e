import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, absolute. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A planted file, and what its first line promises: rules that it breaks, or none. */
export type Plant = Readonly<{ file: string; promise: string | null }>;

/** Absolute folder of one of the planted trees. */
export const plantedTree = (name: 'imports' | 'lint' | 'runtimes'): string =>
  path.join(ROOT, 'test/fences/planted', name);

/**
 * Every TypeScript file of a planted tree, sorted, with forward slashes, relative to the tree.
 * Throws where a first line is neither `// breaks: …` nor `// keeps the rules…`.
 */
export function readPlants(tree: string): readonly Plant[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .map((file) => ({ file, promise: readPromise(path.join(tree, file)) }));
}

function readPromise(file: string): string | null {
  const [first = ''] = readFileSync(file, 'utf8').split('\n');
  if (first.startsWith('// keeps the rules')) return null;
  if (first.startsWith('// breaks: ')) return first.slice('// breaks: '.length);
  throw new Error(`${file}:1: expected "// breaks: …" or "// keeps the rules", got "${first}".`);
}
