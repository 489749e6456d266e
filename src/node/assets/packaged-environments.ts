import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AssetError } from '#shared/core/errors';
import { BUILTIN_ROOT, packagedEnvironmentsFolder } from './asset-roots.ts';
import type { FileClaim } from './asset-types.ts';

const SUFFIX = '.exr.js';

/**
 * The environment maps of `@pmndrs/assets`: small OpenEXR files made from Poly Haven's, CC0, each
 * as a data URI in a JavaScript module. Their ids are the names: `studio`, `city`, `warehouse`, …
 */
export async function listPackagedEnvironments(): Promise<readonly FileClaim[]> {
  const dir = packagedEnvironmentsFolder();
  const root = { name: BUILTIN_ROOT, dir };
  return (await readdir(dir))
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => ({
      kind: 'environment',
      id: basename(name, SUFFIX),
      root,
      file: `@pmndrs/assets/hdri/${name}`,
      path: join(dir, name),
      license: 'CC0-1.0',
      author: 'Poly Haven',
    }));
}

/** The OpenEXR bytes inside such a module; the module is read as text and never run. */
export function decodePackagedEnvironment(module: Uint8Array): Uint8Array {
  const text = Buffer.from(module.buffer, module.byteOffset, module.byteLength).toString('latin1');
  const encoded = /data:[^;,]*;base64,([A-Za-z0-9+/=]+)/.exec(text)?.[1];
  if (encoded === undefined) throw new AssetError('expected a module with a base64 data URI.');
  return Buffer.from(encoded, 'base64');
}

/** How the bytes of a claimed file are had from what lies on the disk. */
export function decodeClaimedFile(claim: FileClaim): (bytes: Uint8Array) => Uint8Array {
  return claim.path.endsWith(SUFFIX) ? decodePackagedEnvironment : (bytes) => bytes;
}
