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

/** Places of the grid that can be seen. */
const placesInSight = computed(() =>
  gridFrames.value.flatMap((frame, place) => (cellsInSight.value.has(frame) ? [place] : [])),
);

/** Frames that can be rendered, from the first one that is shown on, in the order in which they are shown. */
const framesOn = computed((): readonly number[] => {
  const inGrid = mode.value === 'grid';
  const place = inGrid ? (placesInSight.value[0] ?? 0) : 0;
  if (inGrid && gridOrder.value === 'random') return gridFrames.value.slice(place);
  const first = wantedFrame.value + place;
  return Array.from({ length: Math.max(0, frameCount.value - first) }, (_, i) => first + i);
});

/** How many frames can be rendered at most. */
export const mostFrames = computed(() => framesOn.value.length);

/** Ascending: the frames that the grid shows, or twenty from the one in view on, or as many as were asked for. */
export const batchFrames = computed((): readonly number[] => {
  const shown = mode.value === 'grid' ? placesInSight.value.length : 0;
  const count = wantedCount.value ?? (shown > 0 ? shown : FRAMES);
  return framesOn.value.slice(0, count).sort((a, b) => a - b);
});

/** `out/<config>-frames-<first>-<last>`, with what no file system minds; chosen ones are told by their number. */
export const batchFolder = computed((): string => {
  const frames = batchFrames.value;
  const [first = 0, last = first] = [frames[0], frames.at(-1)];
  const name = (config.value?.name ?? 'dataset').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const isRun = last - first + 1 === frames.length;
  const which = isRun ? `frames-${first}-${last}` : `${frames.length}-of-${first}-${last}`;
  return wantedFolder.value ?? `out/${name}-${which}`;
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
        client.render({ frames: batchFrames.value, folder: batchFolder.value, seed: seed.value }),
      ),
    cancel: () => ask(() => client.cancel()),
    browse: async (folder) => {
      await open(folder);
      batchProblem.value = choiceProblem.value;
    },
  };
}
