import { normalsToRgb } from '#shared/annotate/normals-to-rgb';
import { coordinatesTo16Bit } from '#shared/annotate/object-coordinates';
import { panopticRgb } from '#shared/annotate/panoptic';
import { semanticFromInstance } from '#shared/annotate/semantic-from-instance';
import { stuffCategoryIds } from '#shared/config/category-names';
import { AnnotationError } from '#shared/core/errors';
import type { FileKind } from '#shared/formats/frame-record';
import { coordinateFault } from '#shared/verify/check-object-coordinates';
import { measuredDepthFault } from '#shared/verify/check-measured-depth';
import { cloudFault } from '#shared/verify/check-point-cloud';
import { rangeFault } from '#shared/verify/check-range';
import type { FileFault, FrameToJudge } from './frame-to-judge.ts';
import { judgeDisparity } from './judge-disparity.ts';
import { pixelFault } from './pixel-fault.ts';

/** What contradicts in panoptic image, range, normals, object coordinates and point cloud. */
export function judgeGeometry(frame: FrameToJudge): readonly FileFault[] {
  return [
    judgePanoptic(frame),
    judgeMeasuredDepth(frame),
    judgeRange(frame),
    judgeNormals(frame),
    ...judgeCoordinates(frame),
    judgeCloud(frame),
    ...judgeDisparity(frame),
  ].filter((fault) => fault !== null);
}

const faultOf = (kind: FileKind, message: string | null): FileFault | null =>
  message === null ? null : { kind, message: message.endsWith('.') ? message : `${message}.` };

function judgePanoptic({ record, decoded, config, ids }: FrameToJudge): FileFault | null {
  const found = decoded.labels.get('panoptic')?.values;
  if (found === undefined) return null;
  const { instances } = record.annotations;
  const expected = panopticRgb({ instanceId: ids }, instances, stuffCategoryIds(config));
  return faultOf(
    'panoptic',
    pixelFault(segmentIds(found), segmentIds(expected), { width: record.width, what: 'segment' }),
  );
}

const segmentIds = (rgb: ArrayLike<number>): Uint32Array =>
  Uint32Array.from(
    { length: rgb.length / 3 },
    (_, i) => (rgb[i * 3] ?? 0) + 256 * (rgb[i * 3 + 1] ?? 0) + 65536 * (rgb[i * 3 + 2] ?? 0),
  );

/** What a sensor measured lies in its range; the 16-bit file is the float file, rounded. */
function judgeMeasuredDepth({ record, decoded }: FrameToJudge): FileFault | null {
  const float = decoded.labels.get('measured-depth-float')?.values;
  const found = decoded.labels.get('measured-depth')?.values;
  const { depthSensor } = record.sample;
  if (found !== undefined) {
    const meters = Float32Array.from(found, (value) => value * 0.001);
    const fault = measuredDepthFault(meters, depthSensor);
    if (fault !== null || !(float instanceof Float32Array)) return faultOf('measured-depth', fault);
    const comparison = { width: record.width, what: 'millimetres' };
    const rounded = Uint16Array.from(float, (value) => Math.floor(value * 1000 + 0.5));
    const difference = pixelFault(found, rounded, comparison);
    if (difference !== null) return faultOf('measured-depth', difference);
  }
  if (!(float instanceof Float32Array)) return null;
  return faultOf('measured-depth-float', measuredDepthFault(float, depthSensor));
}

function judgeRange({ record, decoded, depth }: FrameToJudge): FileFault | null {
  const range = decoded.labels.get('range')?.values;
  if (!(range instanceof Float32Array) || depth === null) return null;
  const { width, height, camera } = record;
  const fault = rangeFault(
    range,
    { width, height, depth: depth.meters },
    { intrinsics: camera.intrinsics, stepMeters: depth.stepMeters },
  );
  return faultOf('range', fault);
}

/** The 8-bit normals are the float normals, rounded; what either holds is judged as normals. */
function judgeNormals({ record, decoded }: FrameToJudge): FileFault | null {
  const float = decoded.labels.get('normals-float')?.values;
  const found = decoded.labels.get('normals')?.values;
  if (!(float instanceof Float32Array) || found === undefined) return null;
  const comparison = { width: record.width, what: 'the normal', channels: 3 };
  return faultOf('normals', pixelFault(found, normalsToRgb(float), comparison));
}

function judgeCoordinates(frame: FrameToJudge): readonly (FileFault | null)[] {
  const { record, decoded } = frame;
  const float = decoded.labels.get('object-coordinates-float')?.values;
  const found = decoded.labels.get('object-coordinates')?.values;
  if (float instanceof Float32Array) {
    const comparison = { width: record.width, what: 'the coordinates', channels: 3 };
    return [
      faultOf('object-coordinates-float', placeFault(frame, float, 0)),
      found
        ? faultOf('object-coordinates', pixelFault(found, coordinatesTo16Bit(float), comparison))
        : null,
    ];
  }
  if (found === undefined) return [];
  const coordinates = Float32Array.from(found, (value) => value / 65535);
  return [faultOf('object-coordinates', placeFault(frame, coordinates, 1 / 65535))];
}

function placeFault(
  { record, ids, depth }: FrameToJudge,
  coordinates: Float32Array,
  coordinateStep: number,
): string | null {
  const { width, height, camera, annotations } = record;
  const pixels = {
    width,
    height,
    instanceId: ids,
    depth: depth?.meters ?? new Float32Array(ids.length),
    depthStepMeters: depth?.stepMeters ?? 0,
    coordinateStep,
    intrinsics: camera.intrinsics,
  };
  return coordinateFault(coordinates, pixels, annotations.instances);
}

function judgeCloud({ record, decoded, config, ids, depth }: FrameToJudge): FileFault | null {
  const { cloud, color } = decoded;
  if (cloud === null || depth === null) return null;
  const { width, height, camera, annotations } = record;
  let categoryId: Uint8Array | Uint16Array;
  try {
    categoryId = semanticFromInstance(ids, annotations, config.categories.length);
  } catch (error) {
    // Ids that are not labelled are told of by the id image.
    if (error instanceof AnnotationError) return null;
    throw error;
  }
  const { rgb } = config.outputs;
  const exact = rgb.format === 'png' || (rgb.format === 'webp' && rgb.lossless);
  const fault = cloudFault(cloud, {
    width,
    height,
    depth: depth.meters,
    depthStepMeters: depth.stepMeters,
    intrinsics: camera.intrinsics,
    instanceId: ids,
    categoryId,
    color: exact && color ? color.values : null,
  });
  return faultOf('point-cloud', fault);
}
