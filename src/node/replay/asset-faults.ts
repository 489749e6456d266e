import type { AssetCatalogue, CatalogueEntry } from '#shared/core/asset-catalogue';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { BuiltCatalogue } from '../assets/asset-types.ts';
import { toManifestAsset } from '../run/build-manifest.ts';
import type { AssetName } from './assets-of-sample.ts';

const LISTS = {
  model: 'models',
  environment: 'environments',
  image: 'images',
  material: 'materials',
} as const satisfies Readonly<Record<CatalogueEntry['kind'], keyof AssetCatalogue>>;

const short = (sha256: string): string => `${sha256.slice(0, 12)}…`;

/**
 * Which assets of a frame are not those that the dataset was rendered from, in words, with the hash that is
 * expected and the one that is found; empty where all are.
 */
export function assetFaults(
  used: readonly AssetName[],
  { assets }: Pick<DatasetManifest, 'assets'>,
  { catalogue, broken }: Pick<BuiltCatalogue, 'catalogue' | 'broken'>,
): readonly string[] {
  return used.flatMap(({ kind, id }) => {
    const who = `${kind} "${id}"`;
    const recorded = assets.find((asset) => asset.kind === kind && asset.id === id);
    if (recorded === undefined)
      return [`${who}: expected one of the assets of dataset.json, found it not among them`];
    const expected = `${who}: expected the SHA-256 ${short(recorded.sha256)} of dataset.json`;
    const list: readonly CatalogueEntry[] = catalogue[LISTS[kind]];
    const entry = list.find((one) => one.id === id);
    if (entry === undefined) {
      const fault = broken.find((one) => one.kind === kind && one.id === id);
      if (fault !== undefined) return [`${expected}, found ${fault.file}: ${fault.reason}`];
      return [`${expected}, found no such asset; give its folder with --assets`];
    }
    const found = toManifestAsset(entry, catalogue).sha256;
    if (found === recorded.sha256) return [];
    return [`${expected}, found ${short(found)} in ${entry.root}: it has changed`];
  });
}
