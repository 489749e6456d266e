import { computed, effect, signal } from '@preact/signals';
import { streamFor } from '#shared/core/stream';
import type { FrameView } from '../frame/frame-view.ts';
import { painted, wantedRequest, type FrameSource, type WantedFrame } from './frame-requests.ts';
import { colorBy, frameCount, frameList, gridOrder, mode, usedSeed, wantedPlace } from './store.ts';

/** Frames that a grid has at most; what is not looked at is not made. */
const MOST_CELLS = 240;
/** Frames whose pixels are kept, so that labels are switched on and off at once: a few MB each. */
const KEPT = 48;

/** A frame of the grid that was made. */
export type Cell = Readonly<{
  /** Of the request that made it. */
  key: string;
  /** Null where it could not be made. */
  frame: FrameView | null;
  problem: string | null;
}>;

/** Frames whose place in the grid can be seen. */
export const cellsInSight = signal<ReadonlySet<number>>(new Set());
export const cells = signal<ReadonlyMap<number, Cell>>(new Map());

/** Frames of the grid, in order: from the wanted one on, or drawn without repetition. */
export const gridFrames = computed((): readonly number[] => {
  const total = frameCount.value;
  const list = frameList.value;
  const frameAt = (place: number): number => list?.[place] ?? place;
  if (gridOrder.value === 'consecutive') {
    const first = wantedPlace.value;
    const count = Math.max(0, Math.min(MOST_CELLS, total - first));
    return Array.from({ length: count }, (_, i) => frameAt(first + i));
  }
  const stream = streamFor({ seed: usedSeed.value, frame: 0, path: 'preview.grid' });
  const chosen = new Set<number>();
  while (chosen.size < Math.min(MOST_CELLS, total)) chosen.add(Math.floor(stream() * total));
  return [...chosen].map(frameAt);
});

/** The next frame that is in sight and not there. */
function nextMissing(): WantedFrame | null {
  const request = wantedRequest.value;
  if (request === null || mode.value !== 'grid') return null;
  for (const frame of gridFrames.value) {
    if (!cellsInSight.value.has(frame)) continue;
    const wanted = request(frame);
    if (cells.value.get(frame)?.key !== wanted.key) return wanted;
  }
  return null;
}

async function makeCell(source: FrameSource, wanted: WantedFrame): Promise<void> {
  const { key, frame: index, bring } = wanted;
  const made = await bring(source).then(
    (frame): Cell => ({ key, frame, problem: null }),
    (error: unknown): Cell => ({ key, frame: null, problem: String(error) }),
  );
  const next = new Map(cells.value);
  // The latest at the end: the first ones are let go.
  next.delete(index);
  next.set(index, made);
  const hidden = [...next.keys()].filter((frame) => !cellsInSight.value.has(frame));
  for (const old of hidden.slice(0, Math.max(0, next.size - KEPT))) next.delete(old);
  cells.value = next;
}

/** Makes the frames of the grid that are in sight, one after the other, from the top. */
export function makeCells(source: FrameSource): void {
  let running = false;
  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let next = nextMissing(); next !== null; next = nextMissing()) {
      await painted();
      await makeCell(source, next);
    }
    running = false;
  };
  effect(() => {
    if (nextMissing() !== null) void work();
  });
}

/** What the frames that were made drew. */
const madeDraws = computed(() =>
  [...cells.value.values()].flatMap(({ frame }) =>
    frame === null ? [] : [frame.record.sample.draws],
  ),
);

/** Draws that every frame that was made has, as numbers: what the grid can be coloured by. */
export const commonNumbers = computed((): readonly string[] => {
  const [first, ...rest] = madeDraws.value;
  if (first === undefined) return [];
  return Object.keys(first).filter(
    (path) =>
      typeof first[path] === 'number' && rest.every((draws) => typeof draws[path] === 'number'),
  );
});

/** Least and greatest value of the parameter that colours the grid; null where nothing does. */
export const colorRange = computed((): readonly [min: number, max: number] | null => {
  const path = colorBy.value;
  if (path === null) return null;
  const values = madeDraws.value.map((draws) => draws[path]).filter((v) => typeof v === 'number');
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
});
