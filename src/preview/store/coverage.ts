import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { parameterOf } from '#shared/sampling/drawn-parameters';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import type { PreviewClient } from '../api/client.ts';
import type { Sampler } from '../frame/sampler.ts';
import { drawRows } from './draw-rows.ts';
import { dataset, inputs, mode, panel } from './store.ts';

/** Frames that are drawn, without pictures, to see what a config gives. */
export const COVERAGE_FRAMES = 500;

/** What frames drew, each a row, in the order in which they came. */
export const rows = signal<readonly DrawnRow[]>([]);
/** Why some frames cannot be drawn, or none; null where all is as it should be. */
export const coverageProblem = signal<string | null>(null);
/** Whether frames are being drawn. */
export const coverageDrawing = signal(false);
/** Whether a person stopped the drawing. */
export const coverageStopped = signal(false);

/** What the frames drew for each parameter, its places taken together. */
export const spreads = computed((): ReadonlyMap<string, readonly DrawnValue[]> => {
  const found = new Map<string, DrawnValue[]>();
  for (const { draws } of rows.value) {
    for (const [path, value] of Object.entries(draws)) {
      const parameter = parameterOf(path);
      const values = found.get(parameter);
      if (values === undefined) found.set(parameter, [value]);
      else values.push(value);
    }
  }
  return found;
});

/** Whether somebody looks at what the frames draw. */
const isLookedAt = computed(
  () => panel.value === 'parameters' || mode.value === 'scene' || mode.value === 'coverage',
);

/** The inputs as if the dataset had enough frames. */
const enough = computed((): RunInputs | null => {
  const given = inputs.value;
  if (given === null) return null;
  const { config } = given;
  const frames = Math.max(config.frames, COVERAGE_FRAMES);
  return { ...given, config: { ...config, frames } };
});

/** What is drawn or read; null where nothing is in view. */
const wanted = computed(() => enough.value ?? dataset.value);

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Reads the rows of the dataset in view. */
function readRows(client: Pick<PreviewClient, 'rows'>): void {
  const used = wanted.peek();
  const isWanted = (): boolean => wanted.peek() === used;
  client.rows().then(
    (found) => {
      if (isWanted()) rows.value = found;
    },
    (error: unknown) => {
      if (isWanted()) coverageProblem.value = messageOf(error);
    },
  );
}

/**
 * Draws frames of the config in view, or reads those of the dataset, as long as somebody looks at them. What
 * was drawn stays until the config is another.
 */
export function drawCoverage(
  client: Pick<PreviewClient, 'rows'>,
  startSampler: () => Sampler,
): void {
  let drawn: object | null = null;
  effect(() => {
    const used = wanted.value;
    if (used === null || !isLookedAt.value) return undefined;
    if (used !== drawn) {
      drawn = used;
      batch(() => {
        [rows.value, coverageProblem.value, coverageStopped.value] = [[], null, false];
      });
      if (enough.value === null) readRows(client);
    }
    const given = enough.value;
    if (given === null || coverageStopped.value) return undefined;
    const known = new Set(untracked(() => rows.value).map(({ frame }) => frame));
    const frames = Array.from({ length: COVERAGE_FRAMES }, (_, frame) => frame);
    coverageDrawing.value = true;
    return drawRows({
      inputs: given,
      frames: frames.filter((frame) => !known.has(frame)),
      startSampler,
      told: (more) => (rows.value = [...rows.value, ...more]),
      failed: (problem) => (coverageProblem.value = problem),
      ended: () => (coverageDrawing.value = false),
    });
  });
}
