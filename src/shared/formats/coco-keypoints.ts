import type { KeypointAnnotation } from '../annotate/annotations.ts';
import { AnnotationError } from '../core/errors.ts';
import { cocoCategory, cocoDocumentLines } from './coco-document.ts';
import { cocoAnnotation, cocoCamera } from './coco-instances.ts';
import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** COCO's keypoints are indices of pixels, whose centres are whole numbers (labels.md §1, §5). */
const PIXEL_CENTRE = 0.5;

/**
 * COCO keypoints document, line by line, byte-stable: the categories that have keypoints, all images, and
 * the instances of these categories, each with `keypoints` (x, y, v for each name, flat) and
 * `num_keypoints` (those whose v is not 0). Everything else is as in the document of instances.
 *
 * Its own document, since evaluation of keypoints wants `num_keypoints` on every annotation.
 * @param records in ascending order of their frames.
 * @throws WriteError where records are out of order or lack a colour file.
 */
export function cocoKeypointLines(
  manifest: DatasetManifest,
  records: Iterable<FrameRecord> | AsyncIterable<FrameRecord>,
): AsyncGenerator<string, void, undefined> {
  const { keypoints, outputs } = manifest.config;
  return cocoDocumentLines(manifest, records, {
    category: (category) => keypointCategory(category, keypoints),
    image: cocoCamera,
    annotations: ({ frame, annotations }) =>
      annotations.instances.flatMap((instance) =>
        instance.keypoints === undefined
          ? []
          : [
              {
                ...cocoAnnotation(frame, instance, outputs),
                keypoints: instance.keypoints.flatMap(cocoKeypoint),
                num_keypoints: instance.keypoints.filter(({ v }) => v > 0).length,
              },
            ],
      ),
  });
}

/** `skeleton` holds pairs of places in `keypoints`, counted from 1. */
function keypointCategory(
  category: DatasetManifest['categories'][number],
  lists: DatasetManifest['config']['keypoints'],
): object | null {
  const list = Object.hasOwn(lists, category.name) ? lists[category.name] : undefined;
  if (list === undefined) return null;
  const placeOf = (name: string): number => {
    const place = list.names.indexOf(name) + 1;
    if (place > 0) return place;
    throw new AnnotationError(
      `keypoints of "${category.name}": expected a skeleton of its names, found "${name}".`,
    );
  };
  const skeleton = list.skeleton.map((pair) => pair.map(placeOf));
  return { ...cocoCategory(category), keypoints: list.names, skeleton };
}

const cocoKeypoint = ({ x, y, v }: KeypointAnnotation): readonly number[] =>
  v === 0 ? [0, 0, 0] : [x - PIXEL_CENTRE, y - PIXEL_CENTRE, v];
