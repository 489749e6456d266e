import type { SequenceSpec } from '../config/motion-schema.ts';
import type { RigSpec } from '../config/rig-schema.ts';
import type { SequenceSample } from './scene-sample.ts';

/** What orders the frames of a dataset: the views of a moment, one after the other, moment after moment. */
export type FrameOrder = Readonly<{
  sequence: SequenceSpec;
  camera: Readonly<{ rig?: RigSpec | undefined }>;
}>;

/** Views of a moment: 1 without a rig. */
export const viewCount = ({ camera: { rig } }: Pick<FrameOrder, 'camera'>): number =>
  rig === undefined ? 1 : Object.keys(rig.views).length;

/** Frames that share their draws: the views of all moments of a sequence. */
export const framesPerDraw = (order: FrameOrder): number =>
  order.sequence.frames * viewCount(order);

/** Where a frame stands among those that share its draws. */
export type FramePlace = SequenceSample &
  Readonly<{
    /** The first frame that shares its draws. */
    firstFrame: number;
    /** All views of a moment have its number; the frame's own without a rig. */
    moment: number;
    /** Which view of its moment it is, from 0. */
    view: number;
  }>;

/** Which view of which step of which sequence a frame (0-based) is, and the frame whose draws it shares. */
export function placeOf(order: FrameOrder, frame: number): FramePlace {
  const { sequence } = order;
  const views = viewCount(order);
  const view = frame % views;
  const moment = (frame - view) / views;
  const step = moment % sequence.frames;
  return {
    index: (moment - step) / sequence.frames,
    step,
    timeSeconds: step / sequence.framesPerSecond,
    firstFrame: frame - view - step * views,
    moment,
    view,
  };
}

/** Where a frame stands in its sequence, as samples and records have it. */
export function sequenceOf(order: FrameOrder, frame: number): SequenceSample {
  const { index, step, timeSeconds } = placeOf(order, frame);
  return { index, step, timeSeconds };
}

/**
 * The frames before and after a frame in its sequence, by the same view, null where there is none. Where the
 * frames of a dataset are no multiple of a sequence's, its last sequence is cut short.
 */
export function framesBeside(
  config: FrameOrder & Readonly<{ frames: number }>,
  frame: number,
): Readonly<{ previous: number | null; next: number | null }> {
  const { step } = placeOf(config, frame);
  const next = frame + viewCount(config);
  const isLast = step + 1 === config.sequence.frames || next >= config.frames;
  return { previous: step > 0 ? frame - viewCount(config) : null, next: isLast ? null : next };
}

/** Seconds since the first frame, for each step of a sequence. */
export function stepTimes({ frames, framesPerSecond }: SequenceSpec): readonly number[] {
  return Array.from({ length: frames }, (_, step) => step / framesPerSecond);
}

/**
 * The number of an object that is the same in every frame that shares its draws, and unlike any other of the
 * dataset: (index of the first of these frames + 1) × 65536 + instance id (labels.md §3).
 */
export function trackIdOf(firstFrame: number, instanceId: number): number {
  return (firstFrame + 1) * 65536 + instanceId;
}
