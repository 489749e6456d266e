import { computed, effect, signal } from '@preact/signals';
import { dropsObjects } from '#shared/config/drops-objects';
import { drawnParameters } from '#shared/sampling/drawn-parameters';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { inputs, making, panel } from './store.ts';

/** Frames that are drawn, without pictures, to see what a config gives. */
export const COVERAGE_FRAMES = 500;
/** Frames between two looks at the plots. */
const FRAMES_A_LOOK = 20;

/** What the frames drew for a parameter. */
export type Spread = Readonly<{ stated: unknown; values: readonly DrawnValue[] }>;
/** The spreads by parameter, and how many frames they are of. */
export type Coverage = Readonly<{ frames: number; spreads: ReadonlyMap<string, Spread> }>;

const NOTHING: Coverage = { frames: 0, spreads: new Map() };

export const coverage = signal<Coverage>(NOTHING);
/** Why nothing, or no more, is drawn; null where all is as it should be. */
export const coverageProblem = signal<string | null>(null);

/** The inputs as if the dataset had enough frames. */
const enough = computed((): RunInputs | null => {
  const given = inputs.value;
  if (given === null) return null;
  const { config } = given;
  const frames = Math.max(config.frames, COVERAGE_FRAMES);
  return { ...given, config: { ...config, frames } };
});

type MutableSpread = { stated: unknown; values: DrawnValue[] };

/** Draws one frame after the other until `isOver` says so, with a rest after each. */
async function drawFrames(given: RunInputs, isOver: () => boolean): Promise<void> {
  const spreads = new Map<string, MutableSpread>();
  for (let frame = 0; frame < COVERAGE_FRAMES; frame++) {
    for (const { parameter, stated, value } of drawnParameters(given, frame).parameters) {
      const found = spreads.get(parameter);
      if (found === undefined) spreads.set(parameter, { stated, values: [value] });
      else found.values.push(value);
    }
    if ((frame + 1) % FRAMES_A_LOOK === 0) {
      coverage.value = { frames: frame + 1, spreads: new Map(spreads) };
    }
    do await new Promise((resolve) => setTimeout(resolve));
    while (making.value && !isOver());
    if (isOver()) return;
  }
}

/** Draws frames of the config in view as long as somebody looks at its parameters. */
export function drawCoverage(): void {
  let drawn: RunInputs | null = null;
  effect(() => {
    const given = enough.value;
    if (given === null || panel.value !== 'parameters' || given === drawn) return;
    drawn = given;
    coverage.value = NOTHING;
    coverageProblem.value = null;
    if (dropsObjects(given.config)) {
      coverageProblem.value =
        'Objects fall in this config, which takes seconds a frame: the plots show this frame alone.';
      return;
    }
    const isOver = (): boolean => enough.value !== given || panel.value !== 'parameters';
    void drawFrames(given, isOver).then(
      () => {
        if (isOver() && drawn === given) drawn = null;
      },
      (error: unknown) => (coverageProblem.value = String(error)),
    );
  });
}
