import type {
  AmodalAnnotation,
  Box3d,
  CocoRle,
  InstanceAnnotation,
  PartAnnotation,
} from '../annotate/annotations.ts';
import { instancePolygons, type InstancePolygons } from '../annotate/simplify-polygons.ts';
import { polygonTolerance, type Outputs } from '../config/outputs-schema.ts';
import { cocoCategory, cocoDocumentLines, cocoImageId } from './coco-document.ts';
import { stuffIdsOf, type DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** Instance ids fit below this, so annotation ids of different frames never meet (labels.md §3). */
const ID_STRIDE = 65536;

/** COCO's id of an instance's annotation, unique in the dataset. */
export const cocoAnnotationId = (frame: number, instanceId: number): number =>
  cocoImageId(frame) * ID_STRIDE + instanceId;

/**
 * COCO instances document, line by line, as {@link cocoDocumentLines} makes it. Instances of categories that
 * are stuff are in the panoptic document alone.
 *
 * Annotations of sequences carry a `track_id`. Beyond COCO, images carry their camera; annotations carry `instance_id`, `name` and `asset`, what the
 * instance would show alone (`amodal_bbox`, `visibility`, …), its box in space, and polygons where the config asks.
 * @param records in ascending order of their frames.
 * @throws WriteError where records are out of order or lack a colour file.
 */
export function cocoInstanceLines(
  manifest: DatasetManifest,
  records: Iterable<FrameRecord> | AsyncIterable<FrameRecord>,
): AsyncGenerator<string, void, undefined> {
  const { outputs } = manifest.config;
  const stuff = stuffIdsOf(manifest);
  return cocoDocumentLines(manifest, records, {
    category: cocoCategory,
    image: cocoCamera,
    annotations: ({ frame, annotations }) =>
      annotations.instances
        .filter(({ categoryId }) => !stuff.has(categoryId))
        .map((instance) => cocoAnnotation(frame, instance, outputs)),
  });
}

/** The camera of an image: K, 3 × 3, and its pose, 4 × 4, both row-major; where its lens bends, how (labels.md §8). */
export function cocoCamera({ camera }: Pick<FrameRecord, 'camera'>): object {
  const { fx, fy, cx, cy, distortion } = camera.intrinsics;
  const K = [fx, 0, cx, 0, fy, cy, 0, 0, 1];
  return {
    camera: { K, ...(distortion && { distortion }), world_from_camera: camera.worldFromCamera },
  };
}

/** COCO's annotation of an instance. */
export function cocoAnnotation(
  frame: number,
  instance: InstanceAnnotation,
  outputs: Outputs,
): object {
  const tolerance = polygonTolerance(outputs);
  const traced = tolerance === null ? null : instancePolygons(instance.segmentation, tolerance);
  return {
    id: cocoAnnotationId(frame, instance.instanceId),
    image_id: cocoImageId(frame),
    category_id: instance.categoryId,
    bbox: instance.bbox,
    area: instance.area,
    segmentation: segmentationOf(instance.segmentation, outputs, traced),
    iscrowd: 0,
    ...(outputs.polygons !== false && traced && polygonFields(traced)),
    ...(instance.amodal && amodalFields(instance.amodal)),
    ...(instance.box3d && { box3d: boxFields(instance.box3d, instance) }),
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

/**
 * RLE, or COCO's polygons where the config asks. Those are filled one by one and united, so they hold no
 * holes: a mask with holes stays RLE, which readers tell apart annotation by annotation.
 */
function segmentationOf(
  { size, counts }: CocoRle,
  { coco }: Outputs,
  traced: InstancePolygons | null,
): object {
  const asPolygons = typeof coco === 'object' && coco.segmentation === 'polygon';
  const whole = traced?.polygons.every(({ holes }) => holes.length === 0) === true;
  return asPolygons && whole ? traced.polygons.map(({ outer }) => outer) : { size, counts };
}

function polygonFields({ polygons, iou }: InstancePolygons): object {
  return { polygons, polygon_iou: iou };
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

function boxFields(box: Box3d, { cameraFromObject }: InstanceAnnotation): object {
  const { center, size, corners } = box;
  return { center, size, camera_from_object: cameraFromObject, corners };
}
