import { measureDepth } from '#shared/annotate/depth-sensor/measure-depth';
import { depthToMillimetres } from '#shared/annotate/depth-to-millimetres';
import { normalsToRgb } from '#shared/annotate/normals-to-rgb';
import { coordinatesTo16Bit, objectCoordinates } from '#shared/annotate/object-coordinates';
import { rangeFromDepth } from '#shared/annotate/range-from-depth';
import { eraseDropped } from '#shared/annotate/semantic-from-instance';
import { measuredDepthFiles } from '#shared/config/outputs-schema';
import { AnnotationError, WriteError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import type { FileKind } from '#shared/formats/frame-record';
import { measuredDepthFault } from '#shared/verify/check-measured-depth';
import { coordinateFault } from '#shared/verify/check-object-coordinates';
import { rangeFault } from '#shared/verify/check-range';
import { encodeGrey, encodeRgb } from './encode-image.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';
import { encodeFloatImage } from './float-image.ts';
import { withScratch } from './scratch.ts';

/** A label image that may be written as PNG, as float32, or both. */
type GeometryImage = Readonly<{
  kind: FileKind;
  floatKind: FileKind;
  folder: string;
  png: (() => Promise<Uint8Array>) | null;
  format: 'none' | 'exr' | 'npz';
  /** [H, W, channels]. */
  values: () => Float32Array;
  array: string;
  channels: readonly string[];
}>;

/** Depth, range, normals and object coordinates: what `outputs` ask for. */
export function geometryTasks(frame: FrameToWrite): readonly FileTask[] {
  return [
    depthImage(frame),
    measuredDepthImage(frame),
    rangeImage(frame),
    normalImage(frame),
    coordinateImage(frame),
  ].flatMap((image) => imageTasks(frame, image));
}

function imageTasks(frame: FrameToWrite, image: GeometryImage): FileTask[] {
  const { kind, floatKind, folder, png, format, values, array, channels } = image;
  const { width, height } = frame.buffers;
  const pathOf = (extension: string): string => `labels/${folder}/${fileName(frame, extension)}`;
  const tasks: FileTask[] = [];
  if (png) tasks.push({ kind, path: pathOf('png'), encode: png });
  if (format !== 'none') {
    tasks.push({
      kind: floatKind,
      path: pathOf(format),
      encode: () => encodeFloatImage({ width, height, values: values(), array, channels }, format),
    });
  }
  return tasks;
}

function depthImage({ config, buffers }: FrameToWrite): GeometryImage {
  const { png, float } = config.outputs.depth;
  return {
    kind: 'depth',
    floatKind: 'depth-float',
    folder: 'depth',
    png: png ? () => encodeMillimetres(buffers.depth, buffers) : null,
    format: float,
    values: () => buffers.depth,
    array: 'depth',
    channels: ['Z'],
  };
}

/** Depth in metres, [H, W], as 16-bit PNG of millimetres. */
function encodeMillimetres(depth: Float32Array, size: Size): Promise<Buffer> {
  return withScratch(2 * depth.length, ({ buffer }) => {
    const { millimetres } = depthToMillimetres(depth, new Uint16Array(buffer, 0, depth.length));
    return encodeGrey(millimetres, size);
  });
}

function measuredDepthImage({ config, buffers, plan }: FrameToWrite): GeometryImage {
  const { png, float } = measuredDepthFiles(config);
  let measured: Float32Array | null = null;
  const values = (): Float32Array => {
    if (measured !== null) return measured;
    measured = measureDepth(plan, buffers);
    refuse(plan, 'measured depth', measuredDepthFault(measured, plan.depthSensor?.sensor));
    return measured;
  };
  return {
    kind: 'measured-depth',
    floatKind: 'measured-depth-float',
    folder: 'measured-depth',
    png: png ? () => encodeMillimetres(values(), buffers) : null,
    format: float,
    values,
    array: 'measured_depth',
    channels: ['Z'],
  };
}

function rangeImage({ config, buffers, plan }: FrameToWrite): GeometryImage {
  return {
    kind: 'range',
    floatKind: 'range',
    folder: 'range',
    png: null,
    format: config.outputs.range,
    values: () => {
      const { intrinsics } = plan.camera;
      const range = rangeFromDepth(buffers, intrinsics);
      refuse(plan, 'range', rangeFault(range, buffers, { intrinsics, stepMeters: 0 }));
      return range;
    },
    array: 'range',
    // OpenEXR's name for a single channel of an image, which most readers open.
    channels: ['Y'],
  };
}

function normalImage({ config, buffers, plan }: FrameToWrite): GeometryImage {
  const { png, float } = config.outputs.normals;
  const values = (): Float32Array => {
    if (buffers.normal) return buffers.normal;
    throw new WriteError(`frame ${plan.frame}: expected normals from the page, found none.`);
  };
  return {
    kind: 'normals',
    floatKind: 'normals-float',
    folder: 'normals',
    png: png ? () => encodeRgb(normalsToRgb(values()), buffers) : null,
    format: float,
    values,
    array: 'normals',
    channels: ['R', 'G', 'B'],
  };
}

function coordinateImage({ config, buffers, plan, annotations }: FrameToWrite): GeometryImage {
  const { png, float } = config.outputs.objectCoordinates;
  // Dropped instances are not in the annotations, so their pixels have no coordinates either.
  const values = (): Float32Array => {
    const { intrinsics } = plan.camera;
    const { instances, dropped } = annotations;
    const coordinates = objectCoordinates(buffers, intrinsics, instances);
    const instanceId = eraseDropped(buffers.instanceId, dropped);
    const pixels = { ...buffers, instanceId, depthStepMeters: 0, coordinateStep: 0, intrinsics };
    refuse(plan, 'object coordinates', coordinateFault(coordinates, pixels, instances));
    return coordinates;
  };
  return {
    kind: 'object-coordinates',
    floatKind: 'object-coordinates-float',
    folder: 'object-coordinates',
    png: png ? () => encodeRgb(coordinatesTo16Bit(values()), buffers) : null,
    format: float,
    values,
    array: 'object_coordinates',
    channels: ['R', 'G', 'B'],
  };
}

/** What is to be written was checked the other way than it was made; a fault refuses the frame. */
function refuse({ frame }: FrameToWrite['plan'], what: string, fault: string | null): void {
  if (fault !== null) throw new AnnotationError(`frame ${frame}: ${what}: ${fault}.`);
}
