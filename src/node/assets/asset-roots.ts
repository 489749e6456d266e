import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetError } from '#shared/core/errors';
import type { AssetRoot } from './asset-types.ts';

/** Name of the root of what ships with the package. */
export const BUILTIN_ROOT = 'builtin';

/** Folder of Diorama's own package.json, from source and from `dist/` alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && isOwnManifest(readFileSync(manifest, 'utf8'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new AssetError(
        'the folder of the package "diorama" was not found above this module. Install it again.',
      );
    }
    folder = parent;
  }
}

function isOwnManifest(text: string): boolean {
  return (JSON.parse(text) as { name?: unknown }).name === 'diorama';
}

/** The package's own assets, then each folder of `--assets`, named after it; equal names get `-2`, `-3`, … */
export function assetRoots(dirs: readonly string[] = []): readonly AssetRoot[] {
  const roots: AssetRoot[] = [{ name: BUILTIN_ROOT, dir: join(packageRoot(), 'assets') }];
  for (const dir of dirs) {
    const wanted = basename(resolve(dir)) || 'root';
    let name = wanted;
    for (let n = 2; roots.some((root) => root.name === name); n++) name = `${wanted}-${n}`;
    roots.push({ name, dir: resolve(dir) });
  }
  return roots;
}

/** Folder of the environment maps that the package `@pmndrs/assets` carries. */
export function packagedEnvironmentsFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@pmndrs/assets/package.json')), 'hdri');
}
