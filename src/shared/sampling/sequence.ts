import type { SequenceSpec } from '../config/motion-schema.ts';
import type { SequenceSample } from './scene-sample.ts';

/** Which step of which sequence a frame (0-based) is, and the frame whose draws it shares. */
export function sequenceOf(
  { frames, framesPerSecond }: SequenceSpec,
  frame: number,
): SequenceSample & Readonly<{ firstFrame: number }> {
  const step = frame % frames;
  return {
    index: (frame - step) / frames,
    step,
    timeSeconds: step / framesPerSecond,
    firstFrame: frame - step,
  };
}

/**
 * The frames before and after a frame in its sequence, null where there is none. Where the frames of a
 * dataset are no multiple of a sequence's, its last sequence is cut short.
 */
export function framesBeside(
  config: Readonly<{ frames: number; sequence: SequenceSpec }>,
  frame: number,
): Readonly<{ previous: number | null; next: number | null }> {
  const { step } = sequenceOf(config.sequence, frame);
  const isLast = step + 1 === config.sequence.frames || frame + 1 >= config.frames;
  return { previous: step > 0 ? frame - 1 : null, next: isLast ? null : frame + 1 };
}

/** Seconds since the first frame, for each step of a sequence. */
export function stepTimes({ frames, framesPerSecond }: SequenceSpec): readonly number[] {
  return Array.from({ length: frames }, (_, step) => step / framesPerSecond);
}

/**
 * The number of an object that is the same in every frame of its sequence, and unlike any other of the
 * dataset: (index of the sequence's first frame + 1) × 65536 + instance id (labels.md §3).
 */
export function trackIdOf(firstFrame: number, instanceId: number): number {
  return (firstFrame + 1) * 65536 + instanceId;
}
