import { computed, effect, signal } from '@preact/signals';
import { dropsObjects } from '#shared/config/drops-objects';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { drawnParameters, parameterOf } from '#shared/sampling/drawn-parameters';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import type { PreviewClient } from '../api/client.ts';
import { dataset, inputs, making, mode, panel } from './store.ts';

/** Frames that are drawn, without pictures, to see what a config gives. */
export const COVERAGE_FRAMES = 500;
/** Frames between two looks at the plots. */
const FRAMES_A_LOOK = 20;

/** What frames drew, each a row. */
export const rows = signal<readonly DrawnRow[]>([]);
/** Why nothing, or no more, is drawn; null where all is as it should be. */
export const coverageProblem = signal<string | null>(null);

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

/** Draws one frame after the other until `isOver` says so, with a rest after each. */
async function drawFrames(given: RunInputs, isOver: () => boolean): Promise<void> {
  const drawn: DrawnRow[] = [];
  for (let frame = 0; frame < COVERAGE_FRAMES; frame++) {
    const { draws, camera } = drawnParameters(given, frame).sample;
    const { position, target } = camera;
    drawn.push({ frame, draws, camera: { position, target } });
    if ((frame + 1) % FRAMES_A_LOOK === 0) rows.value = [...drawn];
    do await new Promise((resolve) => setTimeout(resolve));
    while (making.value && !isOver());
    if (isOver()) return;
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Draws frames of the config in view, or reads those of the dataset, as long as somebody looks at them. */
export function drawCoverage(client: Pick<PreviewClient, 'rows'>): void {
  let drawn: object | null = null;
  effect(() => {
    const given = enough.value;
    const read = dataset.value;
    const used = given ?? read;
    if (used === null || !isLookedAt.value || used === drawn) return;
    drawn = used;
    rows.value = [];
    coverageProblem.value = null;
    const isOver = (): boolean => (enough.value ?? dataset.value) !== used || !isLookedAt.value;
    const fail = (error: unknown): void => {
      if (!isOver()) coverageProblem.value = messageOf(error);
    };
    if (given === null) {
      client.rows().then((found) => {
        if ((enough.value ?? dataset.value) === used) rows.value = found;
      }, fail);
      return;
    }
    if (dropsObjects(given.config)) {
      coverageProblem.value =
        'Objects fall in this config, which takes seconds a frame: the plots show this frame alone.';
      return;
    }
    void drawFrames(given, isOver).then(() => {
      if (isOver() && drawn === used) drawn = null;
    }, fail);
  });
}
