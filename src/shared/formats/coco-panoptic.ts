import { panopticSegments } from '../annotate/panoptic.ts';
import { WriteError } from '../core/errors.ts';
import { cocoCategory, cocoDocumentLines, cocoImageId } from './coco-document.ts';
import { stuffIdsOf, type DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/**
 * COCO panoptic document, line by line, as `cocoDocumentLines` makes it. Segment ids are those of the frame's
 * panoptic image: the instance's id, or 65536 + category id for stuff. As in COCO's own, an annotation's
 * `file_name` is relative to the folder of the panoptic images.
 * @param records in ascending order of their frames.
 * @throws WriteError where records are out of order or lack a colour or a panoptic file.
 */
export function cocoPanopticLines(
  manifest: DatasetManifest,
  records: Iterable<FrameRecord> | AsyncIterable<FrameRecord>,
): AsyncGenerator<string, void, undefined> {
  const stuff = stuffIdsOf(manifest);
  return cocoDocumentLines(manifest, records, {
    category: (category) => ({
      ...cocoCategory(category),
      isthing: stuff.has(category.id) ? 0 : 1,
    }),
    image: () => ({}),
    annotations: (record) => [annotationOf(record, stuff)],
  });
}

function annotationOf(
  { frame, annotations, files }: FrameRecord,
  stuff: ReadonlySet<number>,
): object {
  if (files.panoptic === undefined) {
    throw new WriteError(`frame ${frame}: expected a panoptic file in its record, found none.`);
  }
  return {
    image_id: cocoImageId(frame),
    file_name: files.panoptic.path.replace(/^.*\//, ''),
    segments_info: panopticSegments(annotations.instances, stuff).map(
      ({ id, categoryId, area, bbox }) => ({
        id,
        category_id: categoryId,
        area,
        bbox,
        iscrowd: 0,
      }),
    ),
  };
}
