import { computed, signal } from '@preact/signals';
import type { PreviewClient } from '../api/client.ts';
import { choiceProblem, type SubjectChooser } from './choose-subject.ts';
import { cellsInSight, gridFrames } from './grid-cells.ts';
import { batchRun, config, frameCount, gridOrder, mode, seed, wantedFrame } from './store.ts';

/** Frames that are rendered where nobody said how many. */
const FRAMES = 20;

/** Asks the server for batches. */
export type BatchControl = Readonly<{
  start(): Promise<void>;
  cancel(): Promise<void>;
  /** Opens what was rendered. */
  browse(folder: string): Promise<void>;
}>;

/** How many frames were asked for; null: as many as suit what is shown. */
export const wantedCount = signal<number | null>(null);
/** Folder that was asked for; null: one named after the config. */
export const wantedFolder = signal<string | null>(null);
/** Why a batch could not be started; null where it could. */
export const batchProblem = signal<string | null>(null);

/** As many frames as the grid shows, or twenty; no more than there are. */
export const batchFrames = computed((): Readonly<{ first: number; last: number }> => {
  const first = wantedFrame.value;
  const inGrid = mode.value === 'grid' && gridOrder.value === 'consecutive';
  const shown = inGrid ? gridFrames.value.filter((frame) => cellsInSight.value.has(frame)) : [];
  const count = wantedCount.value ?? (shown.length > 0 ? shown.length : FRAMES);
  return { first, last: Math.min(frameCount.value, first + count) - 1 };
});

/** `out/<config>-<first>-<last>`, with what no file system minds. */
export const batchFolder = computed((): string => {
  const { first, last } = batchFrames.value;
  const name = (config.value?.name ?? 'dataset').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return wantedFolder.value ?? `out/${name}-frames-${first}-${last}`;
});

/** What the batch panel does. */
export function createBatchControl(
  client: Pick<PreviewClient, 'render' | 'cancel'>,
  { open }: Pick<SubjectChooser, 'open'>,
): BatchControl {
  const ask = async (act: () => ReturnType<PreviewClient['cancel']>): Promise<void> => {
    try {
      batchProblem.value = null;
      batchRun.value = (await act()).run;
    } catch (error) {
      batchProblem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return {
    start: () =>
      ask(() =>
        client.render({ ...batchFrames.value, folder: batchFolder.value, seed: seed.value }),
      ),
    cancel: () => ask(() => client.cancel()),
    browse: async (folder) => {
      await open(folder);
      batchProblem.value = choiceProblem.value;
    },
  };
}
