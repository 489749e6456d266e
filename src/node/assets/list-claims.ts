import { posix, join } from 'node:path';
import type { IndexEntry } from './asset-index.ts';
import { INDEX_FILE } from './asset-index.ts';
import type { AssetClaim, AssetRoot, FileClaim, MaterialClaim } from './asset-types.ts';
import {
  findMaterialSets,
  type MaterialMaps,
  materialSetId,
  type MaterialSet,
} from './material-sets.ts';

/** What a root claims to hold, and what it lists that cannot be. */
export type RootClaims = Readonly<{
  files: readonly FileClaim[];
  materials: readonly MaterialClaim[];
  broken: readonly Readonly<{
    claim: AssetClaim;
    kind: FileClaim['kind'] | 'material';
    reason: string;
  }>[];
}>;

const KIND_OF_EXTENSION: Readonly<Record<string, FileClaim['kind']>> = {
  '.glb': 'model',
  '.gltf': 'model',
  '.hdr': 'environment',
  '.exr': 'environment',
  '.jpg': 'image',
  '.jpeg': 'image',
  '.png': 'image',
  '.webp': 'image',
};

/** What kind of asset a file is, by its extension; undefined for other files. */
export function kindOfFile(file: string): FileClaim['kind'] | undefined {
  return KIND_OF_EXTENSION[posix.extname(file).toLowerCase()];
}

const withoutExtension = (file: string): string =>
  file.slice(0, file.length - posix.extname(file).length);

/**
 * Joins what `assets.json` lists with what the walk found: listed files take its id, category and
 * licence; other files get their path without extension as id; images of a material take its licence.
 */
export function listClaims(
  root: AssetRoot,
  index: readonly IndexEntry[],
  walked: readonly string[],
): RootClaims {
  const claimOf = (entry: IndexEntry): AssetClaim => ({
    ...entry,
    root,
    path: join(root.dir, entry.file),
  });
  const listedMaterials = index.filter(isMaterialEntry);
  const sets = findMaterialSets(walked);
  const broken: { claim: AssetClaim; kind: FileClaim['kind'] | 'material'; reason: string }[] = [];

  const materials = listedMaterials.flatMap((entry): MaterialClaim[] => {
    const maps = mapsOfEntry(entry, sets);
    if (typeof maps !== 'string') return [{ ...claimOf(entry), kind: 'material', maps }];
    broken.push({ claim: claimOf(entry), kind: 'material', reason: maps });
    return [];
  });
  const listedMaps = new Set(materials.flatMap(({ maps }) => Object.values(maps)));
  for (const set of sets) {
    if (!listedMaps.has(set.maps.color)) materials.push(unlistedMaterial(root, set, sets));
  }

  const files: FileClaim[] = [];
  const listedFiles = new Set<string>();
  for (const entry of index) {
    if (isMaterialEntry(entry)) continue;
    if (entry.kind === 'images') {
      if (imagesBelow(entry, walked).length === 0)
        broken.push({
          claim: claimOf(entry),
          kind: 'image',
          reason: 'expected a folder with images.',
        });
      continue;
    }
    const kind = kindOfFile(entry.file);
    listedFiles.add(posix.normalize(entry.file));
    if (kind && (entry.kind ?? kind) === kind) files.push({ ...claimOf(entry), kind });
    else broken.push({ claim: claimOf(entry), kind: 'model', reason: kindFault(entry) });
  }
  files.push(...unlistedFiles({ root, index, walked, materials, listedFiles }));
  return { files, materials, broken };
}

/** Files that have no entry, with what their material or their folder says of them. */
function unlistedFiles({
  root,
  index,
  walked,
  materials,
  listedFiles,
}: Readonly<{
  root: AssetRoot;
  index: readonly IndexEntry[];
  walked: readonly string[];
  materials: readonly MaterialClaim[];
  listedFiles: ReadonlySet<string>;
}>): readonly FileClaim[] {
  const owners = new Map(
    materials.flatMap((m) => Object.values(m.maps).map((file) => [file, m] as const)),
  );
  // The folder that is named last has the say: a list goes from the outer to the inner.
  const folders = new Map(
    index
      .filter(({ kind }) => kind === 'images')
      .flatMap((entry) => imagesBelow(entry, walked).map((file) => [file, entry] as const)),
  );
  return [...new Set([...walked, ...owners.keys()])].flatMap((file): FileClaim[] => {
    const kind = kindOfFile(file);
    if (!kind || file === INDEX_FILE || listedFiles.has(file)) return [];
    const folder = folders.get(file);
    const { license, author } = owners.get(file) ?? folder ?? {};
    const claim = { id: withoutExtension(file), root, file, path: join(root.dir, file), kind };
    return [{ ...claim, license, author, ...(folder?.photo && { photo: folder.photo }) }];
  });
}

function isMaterialEntry(entry: IndexEntry): boolean {
  return entry.kind === 'material' || entry.kind === 'pbr-material';
}

/** Images in a folder that an entry speaks for, and in the folders below it. */
function imagesBelow({ file: folder }: IndexEntry, walked: readonly string[]): readonly string[] {
  const normal = posix.normalize(folder).replace(/\/$/, '');
  return walked.filter(
    (file) => kindOfFile(file) === 'image' && (normal === '.' || file.startsWith(`${normal}/`)),
  );
}

function kindFault(entry: IndexEntry): string {
  const extensions = Object.keys(KIND_OF_EXTENSION).join(', ');
  const kind = kindOfFile(entry.file);
  if (!kind) return `expected a file of one of the kinds ${extensions}.`;
  return `it is listed as ${entry.kind ?? kind}, but its extension says ${kind}.`;
}

/** The maps of a listed material, or what is wrong with it. */
function mapsOfEntry(entry: IndexEntry, sets: readonly MaterialSet[]): MaterialMaps | string {
  const folder = posix.normalize(entry.file).replace(/\/$/, '');
  if (entry.maps) {
    const [set, ...more] = findMaterialSets(entry.maps.map((map) => posix.join(folder, map)));
    if (set && more.length === 0) return set.maps;
    return 'expected "maps" to name one colour map and at least one of normal, roughness and metalness, by the ends of their names.';
  }
  const [set, ...more] = sets.filter((candidate) => candidate.folder === folder);
  if (set && more.length === 0) return set.maps;
  return set
    ? 'the folder holds several materials: name its files in "maps".'
    : 'the folder holds no material set.';
}

function unlistedMaterial(
  root: AssetRoot,
  set: MaterialSet,
  sets: readonly MaterialSet[],
): MaterialClaim {
  const file = set.folder === '' ? set.maps.color : set.folder;
  return {
    kind: 'material',
    id: materialSetId(set, sets),
    root,
    file,
    path: join(root.dir, file),
    maps: set.maps,
  };
}
