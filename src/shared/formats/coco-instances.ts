import type {
  AmodalAnnotation,
  InstanceAnnotation,
  PartAnnotation,
} from '../annotate/annotations.ts';
import { WriteError } from '../core/errors.ts';
import { cocoVideo, cocoVideoPlace } from './coco-videos.ts';
import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** Instance ids fit below this, so annotation ids of different frames never meet (labels.md §3). */
const ID_STRIDE = 65536;

/** COCO's id of a frame's image: shards never collide. */
export const cocoImageId = (frame: number): number => frame + 1;

/** COCO's id of an instance's annotation, unique in the dataset. */
export const cocoAnnotationId = (frame: number, instanceId: number): number =>
  cocoImageId(frame) * ID_STRIDE + instanceId;

/** An entry of `categories`. */
export type CocoCategory = Readonly<{ id: number; name: string; supercategory: string }>;

/** What a document of COCO's kind shows; an annotation that is null is left out. */
export type CocoView = Readonly<{
  categories(manifest: DatasetManifest): readonly object[];
  annotation(frame: number, instance: InstanceAnnotation): object | null;
}>;

/**
 * COCO instances document, line by line, byte-stable: equal records give equal lines.
 *
 * Categories come from the manifest, whether or not a frame contains them; images from every record,
 * with or without objects; `file_name` is relative to the dataset's folder. Annotations come before
 * images, so that only one short line of each image waits in memory (readers go by key, not by order).
 * Sequences are `videos`, as TAO has them: images have a `video_id` and a `frame_index` (from 0), annotations
 * a `track_id`. Beyond COCO, annotations carry `instance_id`, `name` and `asset`, and what
 * the instance would show alone: `amodal_bbox`, `visibility`, …
 * @param records in ascending order of their frames.
 * @param view what of it another document shows.
 * @throws WriteError where records are out of order or lack a colour file.
 */
export async function* cocoInstanceLines(
  manifest: DatasetManifest,
  records: Iterable<FrameRecord> | AsyncIterable<FrameRecord>,
  view: CocoView = { categories: cocoCategories, annotation: cocoAnnotation },
): AsyncGenerator<string, void, undefined> {
  yield '{';
  yield `"info":${JSON.stringify(infoOf(manifest))},`;
  yield* arrayLines('licenses', licensesOf(manifest));
  yield* arrayLines('categories', view.categories(manifest));
  const images: string[] = [];
  const videos = new Map<number, object>();
  let previous = '';
  let lastFrame = -1;
  yield '"annotations":[';
  for await (const record of records) {
    if (record.frame <= lastFrame) throw outOfOrder(record.frame, lastFrame);
    lastFrame = record.frame;
    images.push(JSON.stringify(imageOf(record)));
    const video = cocoVideo(manifest, record);
    if (video) videos.set(video.id, video);
    for (const instance of record.annotations.instances) {
      const annotation = view.annotation(record.frame, instance);
      if (annotation === null) continue;
      if (previous !== '') yield `${previous},`;
      previous = JSON.stringify(annotation);
    }
  }
  if (previous !== '') yield previous;
  yield '],';
  yield '"images":[';
  for (const [i, line] of images.entries()) yield i < images.length - 1 ? `${line},` : line;
  yield videos.size === 0 ? ']' : '],';
  if (videos.size > 0) yield `"videos":${JSON.stringify([...videos.values()])}`;
  yield '}';
}

/** No date: equal datasets are equal files. */
function infoOf(manifest: DatasetManifest): object {
  const { name, version } = manifest.generator;
  return {
    description: manifest.name,
    version: `manifest ${manifest.manifestVersion}`,
    contributor: `${name} ${version}`,
    seed: manifest.seed,
    config_sha256: manifest.configSha256,
  };
}

/** One entry for each licence among the assets, with the assets that are under it. */
function licensesOf(manifest: DatasetManifest): readonly object[] {
  const assets = new Map<string, string[]>();
  for (const { id, license } of manifest.assets) {
    assets.set(license, [...(assets.get(license) ?? []), id]);
  }
  return [...assets.keys()]
    .sort()
    .map((name, i) => ({ id: i + 1, name, url: '', assets: assets.get(name)?.sort() ?? [] }));
}

/** pycocotools looks `supercategory` up without asking whether it is there. */
export function cocoCategories(manifest: DatasetManifest): readonly CocoCategory[] {
  return [...manifest.categories]
    .sort((a, b) => a.id - b.id)
    .map(({ id, name, supercategory = '' }) => ({ id, name, supercategory }));
}

function imageOf(record: FrameRecord): object {
  const { frame, width, height, files } = record;
  if (files.rgb === undefined) {
    throw new WriteError(`frame ${frame}: expected a colour file in its record, found none.`);
  }
  const place = cocoVideoPlace(record);
  return { id: cocoImageId(frame), file_name: files.rgb.path, width, height, ...place };
}

/** COCO's annotation of an instance. */
export function cocoAnnotation(frame: number, instance: InstanceAnnotation): object {
  return {
    id: cocoAnnotationId(frame, instance.instanceId),
    image_id: cocoImageId(frame),
    category_id: instance.categoryId,
    bbox: instance.bbox,
    area: instance.area,
    segmentation: { size: instance.segmentation.size, counts: instance.segmentation.counts },
    iscrowd: 0,
    ...(instance.amodal && amodalFields(instance.amodal)),
    instance_id: instance.instanceId,
    ...(instance.trackId !== undefined && { track_id: instance.trackId }),
    name: instance.name,
    asset: instance.assetId,
    ...(instance.parts && { parts: instance.parts.map(partFields) }),
  };
}

function partFields({ partId, name, area, bbox, segmentation }: PartAnnotation): object {
  const { size, counts } = segmentation;
  return { part_id: partId, name, bbox, area, segmentation: { size, counts } };
}

function amodalFields(amodal: AmodalAnnotation): object {
  return {
    amodal_bbox: amodal.bbox,
    amodal_area: amodal.area,
    amodal_segmentation: { size: amodal.segmentation.size, counts: amodal.segmentation.counts },
    silhouette_area: amodal.silhouetteArea,
    silhouette_clipped: amodal.silhouetteClipped,
    visibility: amodal.visibility,
    occlusion: amodal.occlusion,
    truncation: amodal.truncation,
  };
}

function* arrayLines(key: string, values: readonly object[]): Generator<string, void, undefined> {
  yield `"${key}":[`;
  for (const [i, value] of values.entries()) {
    yield JSON.stringify(value) + (i < values.length - 1 ? ',' : '');
  }
  yield '],';
}

function outOfOrder(frame: number, last: number): WriteError {
  return new WriteError(
    `COCO: expected records in ascending order of their frames, found frame ${frame} after ${last}. Sort the journal's records, each frame once.`,
  );
}
