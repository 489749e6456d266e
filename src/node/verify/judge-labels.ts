import type { GBuffers } from '#shared/annotate/annotations';
import { depthToMillimetres } from '#shared/annotate/depth-to-millimetres';
import { depthFromCloud, depthFromRange } from '#shared/annotate/depth-from-range';
import { semanticFromInstance } from '#shared/annotate/semantic-from-instance';
import type { Config } from '#shared/config/config-schema';
import { AnnotationError, RenderError } from '#shared/core/errors';
import type { FrameRecord } from '#shared/formats/frame-record';
import { idsFromMasks } from '#shared/verify/ids-from-masks';
import { sampleContradictions } from '#shared/verify/sample-contradictions';
import { verifyFrame } from '#shared/verify/verify-frame';
import { judgeGeometry } from './judge-geometry.ts';
import { judgeLidars } from './judge-lidars.ts';
import { pixelFault } from './pixel-fault.ts';
import type { Problem } from './problem-list.ts';
import type { DecodedFiles } from './read-frame-files.ts';

/** A contradiction of a frame, with the file that shows it where one does. */
export type LabelProblem = Pick<Problem, 'severity' | 'message'> &
  Readonly<{ file: string | null }>;

/** Millimetres of the 16-bit depth file, in metres. */
const MILLIMETRE = 0.001;
/** What float32 may do to a depth that is found again from a range or a point, as a share of it. */
const ROUNDING_SHARE = 4e-7;

/**
 * Every contradiction between a record, whose fields have been checked, and its decoded files: masks, boxes,
 * areas, amodal masks and the id image; the semantic and the panoptic image; depths, range, normals, object
 * coordinates, point cloud and the points of lidars; poses, bounds and depth; the sample.
 * Where there is no id image, masks stand in for it; without depth, geometry is not judged.
 */
export function judgeLabels(
  record: FrameRecord,
  decoded: DecodedFiles,
  config: Config,
): readonly LabelProblem[] {
  const frame: JudgedFrame = { record, decoded, config };
  const ids = idsOf(frame);
  return [
    ...(ids instanceof Uint16Array
      ? [
          ...judgePixels(frame, ids),
          ...judgeSemantic(frame, ids),
          ...judgeGeometry({ ...frame, ids, depth: depthOf(decoded, record) }).map(
            ({ kind, message }) => labelError(message, record.files[kind]?.path),
          ),
        ]
      : [labelError(ids.message)]),
    ...judgeDepths(frame),
    ...judgeLidars(frame).map(({ kind, message }) => labelError(message, record.files[kind]?.path)),
    ...sampleContradictions({ ...record, categories: config.categories }).map((text) =>
      labelError(`${text}.`),
    ),
  ];
}

type JudgedFrame = Readonly<{ record: FrameRecord; decoded: DecodedFiles; config: Config }>;

const labelError = (message: string, file: string | null = null): LabelProblem => ({
  severity: 'error',
  message,
  file,
});

/** What a step gives, or the contradiction that it meets. */
function orContradiction<T>(step: () => T): T | AnnotationError {
  try {
    return step();
  } catch (error) {
    if (error instanceof AnnotationError) return error;
    throw error;
  }
}

/** The id image, else the one that the masks describe. */
function idsOf({ record, decoded }: JudgedFrame): Uint16Array | AnnotationError {
  const ids = decoded.labels.get('instance')?.values;
  if (ids instanceof Uint16Array) return ids;
  return orContradiction(() => idsFromMasks(record.annotations.instances, record));
}

function judgePixels(
  { record, decoded, config }: JudgedFrame,
  instanceId: Uint16Array,
): readonly LabelProblem[] {
  const { width, height, camera, annotations, frame } = record;
  const { color } = decoded;
  const depth = depthOf(decoded, record);
  const normals = normalsOf(decoded.labels);
  const pixels = width * height;
  const buffers: GBuffers = {
    width,
    height,
    instanceId,
    color: color?.values ?? new Uint8Array(pixels * 4),
    depth: depth?.meters ?? new Float32Array(pixels),
    normal: normals?.values,
    partId: asWords(decoded.labels.get('part')?.values) ?? undefined,
  };
  const absent = ([color === null && 'color', depth === null && 'depth'] as const).filter(
    (name) => name !== false,
  );
  const problems: LabelProblem[] = [];
  verifyFrame(
    { frame, camera, annotations, buffers },
    {
      reproduce: '',
      source: 'files',
      depthStepMeters: depth?.stepMeters,
      normalStep: normals?.step,
      absent,
      onContradiction: (error) => problems.push(toProblem(error, record, config)),
    },
  );
  return problems;
}

/** The semantic image holds the category of each pixel's instance. */
function judgeSemantic(
  { record, decoded, config }: JudgedFrame,
  ids: Uint16Array,
): readonly LabelProblem[] {
  const found = decoded.labels.get('semantic')?.values;
  if (found === undefined) return [];
  const { annotations, files, width } = record;
  const expected = orContradiction(() =>
    semanticFromInstance(ids, annotations, config.categories.length),
  );
  // Ids that are not labelled are told of by the id image.
  if (expected instanceof AnnotationError) return [];
  const fault = pixelFault(found, expected, { width, what: 'category' });
  return fault === null ? [] : [labelError(fault, files.semantic?.path)];
}

/** The 16-bit depth is the float depth, rounded. */
function judgeDepths({ record, decoded }: JudgedFrame): readonly LabelProblem[] {
  const float = decoded.labels.get('depth-float')?.values;
  const found = decoded.labels.get('depth')?.values;
  if (!(float instanceof Float32Array) || found === undefined) return [];
  const expected = orContradiction(() => depthToMillimetres(float).millimetres);
  const fault =
    expected instanceof AnnotationError
      ? expected.message
      : pixelFault(found, expected, { width: record.width, what: 'millimetres' });
  return fault === null ? [] : [labelError(fault, record.files.depth?.path)];
}

/** A lossy file may lose what varied: a single colour is then a doubt, not an error. */
function toProblem(
  error: AnnotationError | RenderError,
  { frame, files }: FrameRecord,
  { outputs }: Config,
): LabelProblem {
  const message = error.message.replace(`frame ${frame}: `, '');
  if (!(error instanceof RenderError)) return { severity: 'error', message, file: null };
  const { rgb } = outputs;
  const lossy = rgb.format === 'jpeg' || (rgb.format === 'webp' && !rgb.lossless);
  return { severity: lossy ? 'warning' : 'error', message, file: files.rgb?.path ?? null };
}

const asWords = (values: unknown): Uint16Array | null =>
  values instanceof Uint16Array ? values : null;

/** Unit normals, from the float file where there is one, and the step that they were rounded to. */
function normalsOf(
  labels: DecodedFiles['labels'],
): Readonly<{ values: Float32Array; step: number }> | null {
  const float = labels.get('normals-float')?.values;
  if (float instanceof Float32Array) return { values: float, step: 0 };
  const rgb = labels.get('normals')?.values;
  if (rgb === undefined) return null;
  const isNothing = (i: number): boolean => {
    const first = i - (i % 3);
    return rgb[first] === 0 && rgb[first + 1] === 0 && rgb[first + 2] === 0;
  };
  const values = Float32Array.from(rgb, (v, i) => (isNothing(i) ? 0 : (v / 255) * 2 - 1));
  return { values, step: 2 / 255 };
}

/** Metres, from the float file where there is one, and the step that they were rounded to. */
export function depthOf(
  { labels, cloud }: DecodedFiles,
  { width, height, camera }: FrameRecord,
): Readonly<{ meters: Float32Array; stepMeters: number }> | null {
  const float = labels.get('depth-float')?.values;
  if (float instanceof Float32Array) return { meters: float, stepMeters: 0 };
  const millimetres = asWords(labels.get('depth')?.values);
  if (millimetres !== null) {
    const meters = Float32Array.from(millimetres, (v) => v * MILLIMETRE);
    return { meters, stepMeters: MILLIMETRE };
  }
  const range = labels.get('range')?.values;
  const size = { width, height };
  const stepMeters = ROUNDING_SHARE * camera.farMeters;
  if (range instanceof Float32Array) {
    return { meters: depthFromRange(range, size, camera.intrinsics), stepMeters };
  }
  return cloud && { meters: depthFromCloud(cloud, size, camera.intrinsics), stepMeters };
}
