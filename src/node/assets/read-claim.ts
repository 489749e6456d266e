import { readFile } from 'node:fs/promises';
import type { EnvironmentAsset, ImageAsset, ModelAsset } from '#shared/core/asset-catalogue';
import { AssetError } from '#shared/core/errors';
import type { Vec3 } from '#shared/core/geometry';
import type { AssetCache } from './asset-cache.ts';
import type { FileClaim } from './asset-types.ts';
import type { FileHash, HashCache } from './hash-cache.ts';
import { imageContentType } from './image-content-type.ts';
import type { ImageFacts } from './inspect-image.ts';
import type { ModelFacts } from './inspect-model.ts';
import { decodeClaimedFile } from './packaged-environments.ts';

/** Where results are kept. */
export type AssetCaches = Readonly<{ facts: AssetCache; hashes: HashCache }>;

/** A checked asset, with files that belong to it and need no entry of their own. */
export type ReadClaim = Readonly<{
  asset: ModelAsset | EnvironmentAsset | ImageAsset;
  /** Absolute paths of what a `.gltf` refers to. */
  references: readonly string[];
  warnings: readonly string[];
}>;

/** Licence of an asset for which none is known. */
export const UNKNOWN_LICENSE = 'unknown';

/** How far a declared size may be off before it is doubted. */
const SIZE_TOLERANCE = 0.02;
/** Declared sizes are often rounded to the millimetre. */
const SIZE_ROUNDING_METERS = 0.0005;

/**
 * Opens what a claim names, or recalls what was found when bytes with its hash were last opened.
 *
 * @throws AssetError with the reason, without the asset's name.
 */
export async function readClaim(claim: FileClaim, caches: AssetCaches): Promise<ReadClaim> {
  return claim.kind === 'model' ? readModel(claim, caches) : readFlatFile(claim, caches);
}

async function readModel(claim: FileClaim, caches: AssetCaches): Promise<ReadClaim> {
  // The glTF libraries take a tenth of a second to load: not where everything is known already.
  const { identityOfFile } = await import('./gltf-source.ts');
  const { references, ...identity } = await identityOfFile(
    claim.path,
    claim.root.dir,
    caches.hashes,
  );
  checkIntegrity(claim, identity);
  const facts = await caches.facts.facts(
    'model',
    identity.sha256,
    async (): Promise<ModelFacts> => {
      const { inspectModelFile } = await import('./inspect-model.ts');
      return inspectModelFile(claim.path, claim.root.dir);
    },
  );
  const license = claim.license ?? facts.license ?? UNKNOWN_LICENSE;
  const warnings = [
    ...facts.warnings,
    ...sizeWarnings(claim.sizeMeters, facts),
    ...(claim.note ? [claim.note] : []),
  ];
  const asset: ModelAsset = {
    ...commonFields(claim, identity),
    kind: 'model',
    license,
    author: claim.author ?? facts.author,
    category: claim.category ?? facts.category,
    bounds: facts.bounds,
    triangles: facts.triangles,
    footprint: facts.footprint,
    nodes: facts.nodes,
    materialNames: facts.materialNames,
    hasUvs: facts.hasUvs,
    animations: facts.animations,
    extensions: facts.extensions,
    warnings: license === UNKNOWN_LICENSE ? [...warnings, 'its licence is unknown'] : warnings,
  };
  return { asset, references, warnings };
}

async function readFlatFile(claim: FileClaim, caches: AssetCaches): Promise<ReadClaim> {
  const decode = decodeClaimedFile(claim);
  const identity = await caches.hashes.hashFile(claim.path, decode);
  checkIntegrity(claim, identity);
  const common = {
    ...commonFields(claim, identity),
    license: claim.license ?? UNKNOWN_LICENSE,
    author: claim.author,
  };
  const format = claim.file.replace(/\.js$/, '').toLowerCase().endsWith('.hdr') ? 'hdr' : 'exr';
  const facts = await caches.facts.facts(
    claim.kind,
    identity.sha256,
    async (): Promise<ImageFacts> => {
      const { inspectEnvironment, inspectUprightImage } = await import('./inspect-image.ts');
      const bytes = decode(await readFile(claim.path));
      return claim.kind === 'image'
        ? inspectUprightImage(bytes, imageContentType(claim.file))
        : inspectEnvironment(bytes, format);
    },
  );
  const { widthPixels, heightPixels } = facts;
  const asset: EnvironmentAsset | ImageAsset =
    claim.kind === 'image'
      ? {
          ...common,
          kind: 'image',
          widthPixels,
          heightPixels,
          ...(claim.photo && { photo: claim.photo }),
        }
      : { ...common, kind: 'environment', format };
  return {
    asset,
    references: [],
    warnings: [...facts.warnings, ...(claim.note ? [claim.note] : [])],
  };
}

function commonFields(claim: FileClaim, { bytes, sha256 }: FileHash) {
  return { id: claim.id, file: claim.file, root: claim.root.name, bytes, sha256 };
}

function checkIntegrity(claim: FileClaim, found: FileHash): void {
  const remedy = 'Restore the file, or correct its entry in assets.json.';
  if (claim.bytes !== undefined && claim.bytes !== found.bytes) {
    throw new AssetError(
      `expected ${claim.bytes} bytes, found ${found.bytes}: the file is damaged or another one. ${remedy}`,
    );
  }
  if (claim.sha256 !== undefined && claim.sha256 !== found.sha256) {
    throw new AssetError(`expected SHA-256 ${claim.sha256}, found ${found.sha256}. ${remedy}`);
  }
}

function sizeWarnings(declared: Vec3 | undefined, { bounds }: ModelFacts): string[] {
  if (!declared) return [];
  const measured = ([0, 1, 2] as const).map((axis) => bounds.max[axis] - bounds.min[axis]);
  const off = measured.some((size, axis) => {
    const difference = Math.abs(size - (declared[axis] ?? NaN));
    return difference > SIZE_TOLERANCE * size && difference > SIZE_ROUNDING_METERS;
  });
  if (!off) return [];
  const text = measured.map((size) => Number(size.toPrecision(4))).join(' × ');
  return [`is declared to measure ${declared.join(' × ')} m, but measures ${text} m`];
}
