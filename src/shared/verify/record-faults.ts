import { DROP_REASONS } from '../annotate/annotations.ts';
import { LOSS_REASONS } from '../annotate/lidar/sweep.ts';
import type { FlowSpec } from '../config/flow-schema.ts';
import type { Intrinsics, Size } from '../core/geometry.ts';
import { lensFault } from '../core/lens-limits.ts';
import type { SequenceSample } from '../sampling/scene-sample.ts';
import { pairOf } from '../sampling/rig-pairs.ts';
import {
  type FrameOrder,
  framesBeside,
  framesPerDraw,
  placeOf,
  sequenceOf,
  trackIdOf,
} from '../sampling/sequence.ts';
import { INTRINSICS } from './intrinsics-shape.ts';
import {
  faultAt,
  FINITE,
  FINITE_THROUGHOUT,
  FLAG,
  isObject,
  list,
  nullable,
  object,
  oneOf,
  POSITIVE,
  SHARE,
  TEXT,
  whole,
  type Shape,
  type ShapeFault,
} from './json-shape.ts';

/** What the dataset says about all of its records. */
/** Beside the order of frames: their sequences, and the views of their moments. */
export type RecordExpectations = FrameOrder &
  Readonly<{
    size: Size;
    /** Ids are 1..categories. */
    categories: number;
    seed: string;
    /** Of the whole dataset. */
    frames: number;
    /** Which flows they have. */
    flow: FlowSpec;
    /** Whether views of rectified pairs have disparities. */
    disparity: boolean;
    /** Names of the lidars, in the config's order. */
    lidars: readonly string[];
    /** Whether instances carry what they would show alone. */
    amodal: boolean;
    /** Names of the keypoints of categories that have some, by category id. */
    keypoints: ReadonlyMap<number, readonly string[]>;
    /** Parts that objects of the dataset have; instances list theirs where there are any. */
    parts: readonly Readonly<{ id: number; categoryId: number; name: string }>[];
  }>;

const INSTANCE_ID = whole(1, 65535);
/** The silhouette may reach far beyond the image. */
const FAR_PIXEL = whole(-1e9, 1e9);

/**
 * What is wrong with the fields of a frame record (docs/dataset-format.md §5): types, ranges, order, and
 * numbers that are not finite anywhere in it. Pixels and geometry are not judged. Frame number and files
 * are what the journal acts on, and must have been checked.
 */
export function recordFaults(
  record: Readonly<Record<string, unknown>>,
  expectations: RecordExpectations,
): readonly ShapeFault[] {
  const { size, seed } = expectations;
  const frame = record['frame'] as number;
  const { firstFrame } = placeOf(expectations, frame);
  const sequence =
    expectations.sequence.frames > 1
      ? sequenceShape(sequenceOf(expectations, frame))
      : nothing('as frames stand alone');
  const isShared = framesPerDraw(expectations) > 1;
  const shape = object({
    sequence,
    width: oneOf(size.width),
    height: oneOf(size.height),
    camera: cameraShape(size),
    annotations: object({
      instances: ascending(
        list(instanceShape({ ...expectations, firstFrame: isShared ? firstFrame : null })),
      ),
      dropped: ascending(
        list(
          object({
            instanceId: INSTANCE_ID,
            categoryId: whole(1, expectations.categories),
            visiblePixels: whole(0),
            reason: oneOf(...DROP_REASONS),
          }),
        ),
      ),
      depthBeyond16Bit: whole(0),
    }),
    flow: flowShape(expectations, frame),
    rig: rigShape(expectations, frame),
    disparity: disparityShape(expectations, frame),
    lidars: lidarsShape(expectations, frame),
    sample: sampleShape({ frame, seed, sequence }),
  });
  const faults = new Map(
    [...shape(record, ''), ...FINITE_THROUGHOUT(record, '')].map((fault) => [fault.path, fault]),
  );
  return [...faults.values()];
}

/** What of a sample is held against the labels; its other fields grow with the config. */
function sampleShape({
  frame,
  seed,
  sequence,
}: Readonly<{ frame: number; seed: string; sequence: Shape }>): Shape {
  return object({
    frame: oneOf(frame),
    seed: oneOf(seed),
    sequence,
    camera: object({
      position: list(FINITE, 3),
      target: list(FINITE, 3),
      rollDegrees: FINITE,
      intrinsics: INTRINSICS,
      nearMeters: POSITIVE,
      farMeters: POSITIVE,
    }),
    objects: list(
      object({
        group: TEXT,
        slot: whole(0),
        assetId: TEXT,
        category: nullable(TEXT),
        position: list(FINITE, 3),
        orientation: list(FINITE, 4),
        scale: POSITIVE,
      }),
    ),
  });
}

const cameraShape =
  (size: Size): Shape =>
  (value, path) => {
    const faults = object({
      intrinsics: INTRINSICS,
      worldFromCamera: list(FINITE, 16),
      nearMeters: POSITIVE,
      farMeters: POSITIVE,
    })(value, path);
    if (faults.length > 0 || !isObject(value)) return faults;
    const { nearMeters, farMeters, intrinsics } = value;
    if (!((nearMeters as number) < (farMeters as number))) {
      const expected = `more than nearMeters (${String(nearMeters)})`;
      return [faultAt(`${path}.farMeters`, expected, farMeters)];
    }
    // Rays of its pixels are asked for by whatever judges the frame.
    const lens = intrinsics as Intrinsics;
    if (lensFault(lens, size) === null) return [];
    const expected = 'a lens that fills the image without a fold';
    return [faultAt(`${path}.intrinsics.distortion`, expected, lens.distortion)];
  };

const sequenceShape = ({ index, step, timeSeconds }: SequenceSample): Shape =>
  object({ index: oneOf(index), step: oneOf(step), timeSeconds: oneOf(timeSeconds) });

/** A field that is not there. */
function nothing(why: string): Shape {
  return (value, path) => (value === undefined ? [] : [faultAt(path, `nothing, ${why}`, value)]);
}

/** Which view of which moment a frame is, where the config has a rig. */
function rigShape(order: RecordExpectations, frame: number): Shape {
  const { rig } = order.camera;
  if (rig === undefined) return nothing('as the config has no rig');
  const { moment, view } = placeOf(order, frame);
  return object({ moment: oneOf(moment), view: oneOf(Object.keys(rig.views)[view]) });
}

/** Counts of a disparity, where the view has a rectified pair and the config asks for it. */
function disparityShape(order: RecordExpectations, frame: number): Shape {
  const { view } = placeOf(order, frame);
  const place = pairOf(order.camera.rig, view);
  if (place === null || !order.disparity)
    return nothing('as none is asked for or its view has no pair');
  return object({
    side: oneOf(place.side),
    other: oneOf(frame - view + place.other),
    baselineMeters: POSITIVE,
    ...countsOf(order.size),
  });
}

/** Lidars of a rig belong to its first view. */
function lidarsShape(expectations: RecordExpectations, frame: number): Shape {
  const { lidars, categories } = expectations;
  if (lidars.length === 0 || placeOf(expectations, frame).view > 0)
    return nothing('as the config has no lidars, or they belong to another view');
  const instance = object({
    instanceId: INSTANCE_ID,
    categoryId: whole(1, categories),
    name: TEXT,
    points: whole(1),
    lidarFromObject: list(FINITE, 16),
    scale: list(FINITE, 3),
    bounds: nullable(boundsShape),
  });
  const one = (name: string): Shape =>
    object({
      name: oneOf(name),
      worldFromLidar: list(FINITE, 16),
      cameraFromLidar: list(FINITE, 16),
      rings: whole(1),
      columns: whole(1),
      points: whole(0),
      lost: object(Object.fromEntries(LOSS_REASONS.map((reason) => [reason, whole(0)]))),
      instances: ascending(list(instance)),
    });
  return (value, path) => {
    const faults = list(object({}), lidars.length)(value, path);
    if (faults.length > 0) return faults;
    return lidars.flatMap((name, i) =>
      one(name)((value as readonly unknown[])[i], `${path}[${i}]`),
    );
  };
}

const countsOf = ({ width, height }: Size): Readonly<Record<string, Shape>> =>
  Object.fromEntries(
    ['visible', 'occluded', 'outside', 'unknown', 'beyond16Bit'].map((name) => [
      name,
      whole(0, width * height),
    ]),
  );

/** Counts of the flows that the config asks for, inside the sequence. */
function flowShape(expectations: RecordExpectations, frame: number): Shape {
  const { flow, size } = expectations;
  const { previous, next } = framesBeside(expectations, frame);
  const counts = object(countsOf(size));
  const isThere = {
    forward: flow.forward !== 'none' && next !== null,
    backward: flow.backward !== 'none' && previous !== null,
  };
  const none = nothing('as no such flow is asked for or leads out of the sequence');
  if (!isThere.forward && !isThere.backward) return none;
  return object({
    forward: isThere.forward ? counts : none,
    backward: isThere.backward ? counts : none,
  });
}

/** A list whose members ascend by instance id. */
function ascending(members: Shape): Shape {
  return (value, path) => {
    const faults = members(value, path);
    if (faults.length > 0 || !Array.isArray(value)) return faults;
    const ids = (value as readonly Readonly<{ instanceId: number }>[]).map((one) => one.instanceId);
    return ids.flatMap((id, i) =>
      i === 0 || id > (ids[i - 1] ?? 0)
        ? []
        : [faultAt(`${path}[${i}].instanceId`, `more than ${ids[i - 1]}, as ids ascend`, id)],
    );
  };
}

/** `firstFrame`: the first that shares its draws; null where frames stand alone. */
function instanceShape(
  expectations: RecordExpectations & Readonly<{ firstFrame: number | null }>,
): Shape {
  const { size, categories, amodal, keypoints, parts, firstFrame } = expectations;
  const mask = object({ size: rleSize(size), counts: TEXT });
  const alone = object({
    area: whole(1),
    segmentation: mask,
    bbox: list(FAR_PIXEL, 4),
    silhouetteArea: whole(1),
    silhouetteClipped: FLAG,
    visibility: SHARE,
    occlusion: SHARE,
    truncation: SHARE,
  });
  const fields = object({
    instanceId: INSTANCE_ID,
    categoryId: whole(1, categories),
    name: TEXT,
    assetId: nullable(TEXT),
    bbox: list(whole(0), 4),
    area: whole(1),
    segmentation: mask,
    amodal: amodal ? alone : nothing('as labels.amodal is off'),
    cameraFromObject: list(FINITE, 16),
    scale: list(FINITE, 3),
    bounds: nullable(boundsShape),
  });
  const box = object({
    center: list(FINITE, 3),
    size: list(FINITE, 3),
    corners: list(nullable(list(FINITE, 2)), 8),
  });
  return (value, path) => {
    const faults = fields(value, path);
    if (!isObject(value)) return faults;
    const categoryId = value['categoryId'] as number;
    const track =
      firstFrame === null
        ? nothing('as frames stand alone')
        : oneOf(trackIdOf(firstFrame, value['instanceId'] as number));
    return [
      ...faults,
      ...track(value['trackId'], `${path}.trackId`),
      ...keypointsShape(keypoints.get(categoryId))(value['keypoints'], `${path}.keypoints`),
      ...partsShape({ parts, categoryId, mask })(value['parts'], `${path}.parts`),
      // Whether there is one follows from the bounds, and is judged with the geometry.
      ...(value['box3d'] === undefined ? [] : box(value['box3d'], `${path}.box3d`)),
    ];
  };
}

type CategoryParts = Pick<RecordExpectations, 'parts'> &
  Readonly<{ categoryId: number; mask: Shape }>;

/** Parts that the dataset lists for the instance's category, by their names; none where it lists no parts. */
function partsShape({ parts, categoryId, mask }: CategoryParts): Shape {
  const known = parts.filter((part) => part.categoryId === categoryId);
  const shape = object({
    partId: oneOf(...known.map(({ id }) => id)),
    area: whole(1),
    bbox: list(whole(0), 4),
    segmentation: mask,
  });
  const named = list((value, path) => {
    const faults = shape(value, path);
    if (faults.length > 0 || !isObject(value)) return faults;
    const { name } = known.find(({ id }) => id === value['partId']) ?? {};
    return oneOf(name)(value['name'], `${path}.name`);
  });
  return (value, path) => {
    if (parts.length > 0) return named(value, path);
    return nothing('as nothing has parts')(value, path);
  };
}

/** One keypoint for each name of the category's list, in its order; none where it has no list. */
function keypointsShape(names: readonly string[] | undefined): Shape {
  return (value, path) => {
    if (names === undefined) return nothing('as its category has no keypoints')(value, path);
    const faults = list(object({}), names.length)(value, path);
    if (faults.length > 0) return faults;
    return names.flatMap((name, i) =>
      object({
        name: oneOf(name),
        x: FINITE,
        y: FINITE,
        v: oneOf(0, 1, 2),
        point: nullable(list(FINITE, 3)),
      })((value as readonly unknown[])[i], `${path}[${i}]`),
    );
  };
}

function rleSize({ width, height }: Size): Shape {
  return (value, path) => {
    const [rows, columns] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (rows === height && columns === width) return [];
    return [faultAt(path, `[${height}, ${width}]: height, then width`, value)];
  };
}

const boundsShape: Shape = (value, path) => {
  const faults = object({ min: list(FINITE, 3), max: list(FINITE, 3) })(value, path);
  if (faults.length > 0) return faults;
  const { min, max } = value as Readonly<Record<'min' | 'max', readonly number[]>>;
  return min.every((low, i) => low <= (max[i] ?? NaN))
    ? []
    : [faultAt(`${path}.max`, `at least min [${min.join(', ')}]`, max)];
};
