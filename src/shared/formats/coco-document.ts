import { WriteError } from '../core/errors.ts';
import { cocoVideo, cocoVideoPlace } from './coco-videos.ts';
import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** COCO's id of a frame's image: shards never collide. */
export const cocoImageId = (frame: number): number => frame + 1;

type ManifestCategory = DatasetManifest['categories'][number];

/** What one kind of COCO document says of categories, frames and what is in them. */
export type CocoView = Readonly<{
  /** Null: the category is left out. */
  category(category: ManifestCategory): object | null;
  /** What is said beside `id`, `file_name`, `width` and `height`. */
  image(record: FrameRecord): object;
  annotations(record: FrameRecord): readonly object[];
}>;

/**
 * A COCO document, line by line, byte-stable: equal records give equal lines.
 *
 * Categories come from the manifest, whether or not a frame contains them; images from every record,
 * with or without objects; `file_name` is relative to the dataset's folder. Annotations come before
 * images, so that only one short line of each image waits in memory (readers go by key, not by order).
 * Sequences are `videos`, as TAO has them: images have a `video_id` and a `frame_index` (from 0). Views of a rig have a `moment` and a
 * `view`.
 * @param records in ascending order of their frames.
 * @throws WriteError where records are out of order or lack a colour file.
 */
export async function* cocoDocumentLines(
  manifest: DatasetManifest,
  records: Iterable<FrameRecord> | AsyncIterable<FrameRecord>,
  view: CocoView,
): AsyncGenerator<string, void, undefined> {
  yield '{';
  yield `"info":${JSON.stringify(infoOf(manifest))},`;
  yield* arrayLines('licenses', licensesOf(manifest));
  const categories = [...manifest.categories].sort((a, b) => a.id - b.id).map(view.category);
  yield* arrayLines(
    'categories',
    categories.filter((category) => category !== null),
  );
  const images: string[] = [];
  const videos = new Map<number, object>();
  let previous = '';
  let lastFrame = -1;
  yield '"annotations":[';
  for await (const record of records) {
    if (record.frame <= lastFrame) throw outOfOrder(record.frame, lastFrame);
    lastFrame = record.frame;
    images.push(JSON.stringify({ ...imageOf(record), ...view.image(record) }));
    const video = cocoVideo(manifest, record);
    if (video) videos.set(video.id, video);
    for (const annotation of view.annotations(record)) {
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

/** An entry of `categories`; pycocotools looks `supercategory` up without asking whether it is there. */
export function cocoCategory({
  id,
  name,
  supercategory = '',
}: ManifestCategory): Readonly<{ id: number; name: string; supercategory: string }> {
  return { id, name, supercategory };
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

function imageOf(record: FrameRecord): object {
  const { frame, width, height, files, rig } = record;
  if (files.rgb === undefined) {
    throw new WriteError(`frame ${frame}: expected a colour file in its record, found none.`);
  }
  const place = cocoVideoPlace(record);
  return { id: cocoImageId(frame), file_name: files.rgb.path, width, height, ...place, ...rig };
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
