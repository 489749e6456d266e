import type { FrameRecord } from '#shared/formats/frame-record';
import type { DropCounts } from './render-events.ts';

/** What the frames of a run add up to. */
export type RunTally = Readonly<{
  add(record: FrameRecord): void;
  written(): number;
  instances(): number;
  dropped(): DropCounts;
  /** What was left out or lies outside a format's range, counted, as sentences. */
  warnings(): readonly string[];
}>;

export function createRunTally(): RunTally {
  let written = 0;
  let instances = 0;
  let beyondDepth = { frames: 0, pixels: 0 };
  const dropped: Partial<Record<keyof DropCounts, number>> = {};
  const drop = (reason: keyof DropCounts, count: number): void => {
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
  };
  return {
    add({ annotations, sample }) {
      written += 1;
      instances += annotations.instances.length;
      for (const { reason } of annotations.dropped) drop(reason, 1);
      drop('no-room', sample.dropped.length);
      if (annotations.depthBeyond16Bit > 0) {
        const { frames, pixels } = beyondDepth;
        beyondDepth = { frames: frames + 1, pixels: pixels + annotations.depthBeyond16Bit };
      }
    },
    written: () => written,
    instances: () => instances,
    dropped: () => ({ ...dropped }),
    warnings: () =>
      beyondDepth.frames === 0
        ? []
        : [
            `${beyondDepth.pixels} pixels in ${beyondDepth.frames} frames are beyond 65.535 m: ` +
              '0 in the 16-bit depth files. Ask for outputs.depth.float to keep them.',
          ],
  };
}
