import { readFile } from 'node:fs/promises';
import type { CatalogueEntry } from '#shared/core/asset-catalogue';
import { AssetError } from '#shared/core/errors';
import { type AssetCache, sha256Of } from './asset-cache.ts';
import { namingAsset } from './asset-problem.ts';
import type { AssetClaim, BuiltCatalogue, FileClaim, ServedAsset } from './asset-types.ts';
import { needsUnpacking } from './gltf-packing.ts';
import { imageContentType } from './image-content-type.ts';
import { decodeClaimedFile } from './packaged-environments.ts';

type Entry = Readonly<{ entry: CatalogueEntry; claim: AssetClaim }>;

/** The function that hands out bytes by hash; nothing is read before it is asked for. */
export function createResolver(
  entries: readonly Entry[],
  cache: AssetCache,
): BuiltCatalogue['resolve'] {
  const claims = new Map<string, FileClaim>();
  for (const { entry, claim } of entries) {
    if (entry.kind !== 'material') claims.set(entry.sha256, { ...claim, kind: entry.kind });
  }
  return async (sha256) => {
    const claim = claims.get(sha256);
    if (!claim) return null;
    return namingAsset(claim, () =>
      claim.kind === 'model' ? serveModel(claim, sha256, cache) : serveFile(claim, sha256),
    );
  };
}

async function serveFile(claim: FileClaim, sha256: string): Promise<ServedAsset> {
  const bytes = decodeClaimedFile(claim)(await readFile(claim.path));
  refuseOther(sha256, sha256Of(bytes));
  return { bytes, contentType: imageContentType(claim.file) };
}

async function serveModel(
  claim: FileClaim,
  sha256: string,
  cache: AssetCache,
): Promise<ServedAsset> {
  const { identityOfSource, readGltfSource } = await import('./gltf-source.ts');
  const source = await readGltfSource(claim.path, claim.root.dir);
  refuseOther(sha256, identityOfSource(source).sha256);
  const bytes = needsUnpacking(source)
    ? await cache.bytes(sha256, async () => {
        // Its libraries take a while to load, and models that ship or were shown before go without.
        const { openGltfSource, writePlainGlb } = await import('./gltf-document.ts');
        return writePlainGlb((await openGltfSource(source)).document);
      })
    : source.bytes;
  return { bytes, contentType: 'model/gltf-binary' };
}

/** A frame depends on the bytes that its plan names, so other bytes must not take their place. */
function refuseOther(expected: string, found: string): void {
  if (expected === found) return;
  throw new AssetError(
    `the file has changed since the catalogue was built (SHA-256 ${expected} is now ${found}). Start again.`,
  );
}
