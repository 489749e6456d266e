import type { AssetCatalogue, CatalogueEntry, MaterialAsset } from '#shared/core/asset-catalogue';
import { AssetError } from '#shared/core/errors';
import { openAssetCache, openCacheFolder } from './asset-cache.ts';
import { readAssetIndex } from './asset-index.ts';
import { describeAsset, reasonOf } from './asset-problem.ts';
import type {
  AssetClaim,
  AssetRoot,
  BrokenAsset,
  BuiltCatalogue,
  FileClaim,
  MaterialClaim,
} from './asset-types.ts';
import { openHashCache } from './hash-cache.ts';
import { listClaims } from './list-claims.ts';
import { listPackagedEnvironments } from './packaged-environments.ts';
import { type AssetCaches, readClaim, type ReadClaim, UNKNOWN_LICENSE } from './read-claim.ts';
import { createResolver } from './resolve-asset.ts';
import { walkFolder } from './walk-folder.ts';

export type CatalogueOptions = Readonly<{
  /** Results are kept here; it may be deleted at any time. */
  cacheDir: string;
  /** `error` (default): one error that names every broken asset. `collect`: they are left out and listed. */
  onBroken?: 'error' | 'collect' | undefined;
  /** Whether the maps of `@pmndrs/assets` are part of the catalogue; true by default. */
  packagedEnvironments?: boolean | undefined;
}>;

/** What has been gathered so far. */
type Gathering = {
  entries: { entry: CatalogueEntry; claim: AssetClaim }[];
  broken: BrokenAsset[];
  warnings: string[];
};

/**
 * Makes the catalogue of everything that the roots hold: opens, checks and measures each asset, or
 * recalls it from the cache. Ids are unique among the assets of one kind, over all roots.
 *
 * @throws AssetError that names every broken asset with its file and the reason.
 */
export async function buildCatalogue(
  roots: readonly AssetRoot[],
  options: CatalogueOptions,
): Promise<BuiltCatalogue> {
  const cache = openCacheFolder(options.cacheDir);
  const caches: AssetCaches = {
    facts: openAssetCache(cache),
    hashes: await openHashCache(cache),
  };
  const gathering: Gathering = { entries: [], broken: [], warnings: [] };
  if (options.packagedEnvironments !== false) {
    const read = await readFiles(await listPackagedEnvironments(), caches, gathering);
    read.forEach(({ asset }, claim) => gathering.entries.push({ entry: asset, claim }));
  }
  for (const root of roots) await gatherRoot(root, caches, gathering);
  await caches.hashes.save();

  const entries = refuseDoubles(gathering);
  if (gathering.broken.length > 0 && options.onBroken !== 'collect')
    throw brokenError(gathering.broken);
  return {
    catalogue: sortByKind(entries.map(({ entry }) => entry)),
    broken: gathering.broken,
    warnings: [...gathering.warnings, ...licenseWarnings(entries)],
    cacheProblem: cache.problem(),
    resolve: createResolver(entries, caches.facts),
  };
}

async function gatherRoot(
  root: AssetRoot,
  caches: AssetCaches,
  gathering: Gathering,
): Promise<void> {
  const listing = await walkFolder(root.dir);
  const claims = listClaims(root, await readAssetIndex(root.dir), listing.files);
  for (const link of listing.strayLinks) {
    gathering.warnings.push(
      `${root.name}/${link}: a link that leads out of the folder or nowhere; it is not followed`,
    );
  }
  for (const { claim, kind, reason } of claims.broken)
    gathering.broken.push(brokenAsset(claim, kind, reason));

  const read = await readFiles(claims.files, caches, gathering);
  const parts = new Set([...read.values()].flatMap(({ references }) => references));
  const inMaterial = new Set(claims.materials.flatMap(({ maps }) => Object.values(maps)));
  read.forEach(({ asset }, claim) => {
    const isPart = asset.kind === 'image' && parts.has(claim.path) && !inMaterial.has(claim.file);
    if (!isPart) gathering.entries.push({ entry: asset, claim });
  });
  const imageIds = new Map([...read].map(([claim, { asset }]) => [claim.file, asset.id]));
  for (const claim of claims.materials) {
    const missing = Object.values(claim.maps).filter((file) => !imageIds.has(file));
    if (missing.length === 0) gathering.entries.push({ entry: materialOf(claim, imageIds), claim });
    else
      gathering.broken.push(
        brokenAsset(claim, 'material', `its ${missing.join(', ')} cannot be used.`),
      );
  }
}

/** Reads claims one by one, as reading and checking keep one core busy anyway; failures go to `broken`. */
async function readFiles(
  claims: readonly FileClaim[],
  caches: AssetCaches,
  gathering: Gathering,
): Promise<Map<FileClaim, ReadClaim>> {
  const read = new Map<FileClaim, ReadClaim>();
  for (const claim of claims) {
    try {
      const result = await readClaim(claim, caches);
      read.set(claim, result);
      gathering.warnings.push(...result.warnings.map((text) => `${describeAsset(claim)}: ${text}`));
    } catch (cause) {
      gathering.broken.push(brokenAsset(claim, claim.kind, reasonOf(cause)));
    }
  }
  return read;
}

function brokenAsset(claim: AssetClaim, kind: BrokenAsset['kind'], reason: string): BrokenAsset {
  return { kind, id: claim.id, root: claim.root.name, file: claim.file, reason };
}

function brokenError(broken: readonly BrokenAsset[]): AssetError {
  const lines = broken.map(
    (asset) => `${describeAsset({ ...asset, root: { name: asset.root } })}: ${asset.reason}`,
  );
  if (lines.length === 1) return new AssetError(lines.join(''));
  return new AssetError(
    `${lines.length} assets cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`,
  );
}

function materialOf(claim: MaterialClaim, imageIds: ReadonlyMap<string, string>): MaterialAsset {
  const idOf = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : imageIds.get(file);
  return {
    kind: 'material',
    id: claim.id,
    root: claim.root.name,
    license: claim.license ?? UNKNOWN_LICENSE,
    author: claim.author,
    color: idOf(claim.maps.color) ?? '',
    normal: idOf(claim.maps.normal),
    roughness: idOf(claim.maps.roughness),
    metalness: idOf(claim.maps.metalness),
    ...(claim.maps.occlusion !== undefined && { occlusion: idOf(claim.maps.occlusion) }),
    ...(claim.maps.height !== undefined && { height: idOf(claim.maps.height) }),
  };
}

/** Keeps the first asset of each id; each further one is broken. */
function refuseDoubles({ entries, broken }: Gathering): Gathering['entries'] {
  const firsts = new Map<string, AssetClaim>();
  return entries.filter(({ entry, claim }) => {
    const key = `${entry.kind} ${entry.id}`;
    const first = firsts.get(key);
    if (!first) {
      firsts.set(key, claim);
      return true;
    }
    const other = `${first.root.name}/${first.file} (${first.path})`;
    const reason = `the id is taken by ${other}; this file is ${claim.path}. Give one of them another id in its assets.json.`;
    broken.push(brokenAsset(claim, entry.kind, reason));
    return false;
  });
}

function sortByKind(entries: readonly CatalogueEntry[]): AssetCatalogue {
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    models: sorted.filter((entry) => entry.kind === 'model'),
    environments: sorted.filter((entry) => entry.kind === 'environment'),
    images: sorted.filter((entry) => entry.kind === 'image'),
    materials: sorted.filter((entry) => entry.kind === 'material'),
  };
}

/** How many ids a warning names. */
const NAMED = 5;

/** One line for each root with assets of unknown licence; a folder of photographs may hold thousands. */
function licenseWarnings(entries: Gathering['entries']): string[] {
  const unknown = entries.filter(({ entry }) => entry.license === UNKNOWN_LICENSE);
  return [...new Set(unknown.map(({ entry }) => entry.root))].map((root) => {
    const ids = unknown.filter(({ entry }) => entry.root === root).map(({ entry }) => entry.id);
    const named = ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ', …' : '');
    return `${root}: the licence of ${ids.length} assets is unknown (${named}); list them in its assets.json with "license"`;
  });
}
