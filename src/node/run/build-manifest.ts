import type { AssetCatalogue, CatalogueEntry, MaterialAsset } from '#shared/core/asset-catalogue';
import type { ManifestAsset } from '#shared/formats/dataset-manifest';
import { partTable } from '#shared/plan/part-table';
import type { RunInputs } from '#shared/sampling/sample-scene';
import { sha256Of } from '../assets/asset-cache.ts';
import type { ManifestDraft } from '../store/inspect-store.ts';
import { listPossibleAssets } from './list-possible-assets.ts';

/** What readers of a dataset must know of its numbers (docs/conventions.md), as data. */
export const DATASET_CONVENTIONS: ManifestDraft['conventions'] = {
  imageOrigin: 'top-left corner of the top-left pixel; pixel (x, y) covers [x, x+1) × [y, y+1)',
  world: 'right-handed, Y up, metres',
  camera: 'OpenCV: x right, y down, z forward, metres',
  matrices: '4×4, row-major; a_from_b maps points in b to points in a; rigid, scale beside it',
  quaternions: '[w, x, y, z]',
  bbox: '[x, y, width, height] of the visible mask, whole pixels',
  segmentation: 'COCO RLE, column-major, compressed; visible pixels',
  instanceIds: 'dense from 1 in each frame; 0 is background or geometry without a category',
  imageId: 'frame + 1',
  annotationId: 'image id × 65536 + instance id',
  panoptic: 'R + 256·G + 65536·B; things: instance id, stuff: 65536 + category id',
  depth: 'planar: z of the camera frame; 0 is nothing there',
  depthPngMetersPerUnit: 0.001,
  range: 'length of the ray, metres; 0 is nothing there',
  normals: 'unit, camera axes; PNG round((n·0.5+0.5)·255), 0 is nothing there',
  objectCoordinates: '0..1 in the object’s own box, before scale; PNG round(c·65535)',
  box3d:
    'object frame, metres, scale applied; corner index bits 0, 1, 2 pick the max side of x, y, z',
};

/** A material has no bytes of its own: its hash is that of its images' hashes by role. */
function materialHash(material: MaterialAsset, catalogue: AssetCatalogue): string {
  const hashOf = (id: string | undefined): string | null =>
    catalogue.images.find((image) => image.id === id)?.sha256 ?? null;
  const { color, normal, roughness, metalness, occlusion, height } = material;
  const later = occlusion === undefined && height === undefined ? [] : [occlusion, height];
  return sha256Of(JSON.stringify([color, normal, roughness, metalness, ...later].map(hashOf)));
}

/** An asset as a manifest names it; a material needs the catalogue for the hashes of its images. */
export function toManifestAsset(entry: CatalogueEntry, catalogue: AssetCatalogue): ManifestAsset {
  return {
    id: entry.id,
    kind: entry.kind,
    sha256: entry.kind === 'material' ? materialHash(entry, catalogue) : entry.sha256,
    license: entry.license,
    ...(entry.author === undefined ? {} : { author: entry.author }),
  };
}

/** Where a resolved config came from. */
export type ConfigOrigin = Readonly<{
  sources: Readonly<Record<string, string>>;
  sha256: string;
  toolVersion: string;
}>;

/**
 * The manifest of a dataset, the renderer apart: everything that its frames depend on. It is the same for
 * every shard and every range of frames.
 */
export function buildManifest(inputs: RunInputs, origin: ConfigOrigin): ManifestDraft {
  const { config, scene, catalogue } = inputs;
  const { path, sha256 } = scene.source;
  const { parts } = partTable(inputs);
  const sceneAsset: ManifestAsset = { id: path, kind: 'scene', sha256, license: 'not stated' };
  return {
    manifestVersion: 1,
    name: config.name,
    generator: { name: 'diorama', version: origin.toolVersion },
    seed: String(config.seed),
    config,
    sources: origin.sources,
    configSha256: origin.sha256,
    categories: config.categories.map((category, i) => ({
      id: i + 1,
      ...(typeof category === 'string' ? { name: category } : category),
    })),
    ...(parts.length > 0 && {
      parts: parts.map(({ partId, ...part }) => ({ id: partId, ...part })),
    }),
    scene: { path, sha256 },
    assets: [
      sceneAsset,
      ...listPossibleAssets(inputs).map((entry) => toManifestAsset(entry, catalogue)),
    ],
    conventions: DATASET_CONVENTIONS,
  };
}
