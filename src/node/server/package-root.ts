import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserError } from '#shared/core/errors';

/** The package's own folder and the Node versions that it asks for. */
export type OwnPackage = Readonly<{ folder: string; version: string; nodeRange: string }>;

/**
 * Finds the package's own folder, whether this runs from source or from `dist`.
 *
 * @throws BrowserError where no `package.json` of ours lies above this file.
 */
export async function findOwnPackage(
  start: string = dirname(fileURLToPath(import.meta.url)),
): Promise<OwnPackage> {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = await readManifest(folder);
    if (manifest?.name === 'diorama') {
      return {
        folder,
        version: manifest.version ?? '0.0.0',
        nodeRange: manifest.engines?.node ?? '',
      };
    }
    if (dirname(folder) === folder) {
      throw new BrowserError(`no package.json of diorama in or above "${start}"; install it again`);
    }
  }
}

type Manifest = Readonly<{
  name?: string;
  version?: string;
  engines?: Readonly<{ node?: string }>;
}>;

async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null;
  }
}
