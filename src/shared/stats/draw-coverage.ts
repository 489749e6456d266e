import { drawnParameters } from '../sampling/drawn-parameters.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import { framesPerDraw } from '../sampling/sequence.ts';
import { createCoverage, type CoverageReport } from './coverage.ts';

/** A frame to draw. `round` counts how often the frames of the config have been gone through. */
export type CoverageFrame = Readonly<{ frame: number; index: number; round: number }>;

/**
 * Frames that stand for a config. Of those that share their draws (of a sequence, of a moment) the first. Where the config
 * has more than enough: the first of them, or with a schedule or targets, which go by the number, evenly
 * spread ones. Where it has less: all, again and again, with other seeds.
 */
export function coverageFrames(
  config: RunInputs['config'],
  samples: number,
): readonly CoverageFrame[] {
  const { frames, schedule, targets } = config;
  const shared = framesPerDraw(config);
  const count = Math.ceil(frames / shared);
  const goesByNumber = schedule !== undefined || targets !== undefined;
  return Array.from({ length: samples }, (_, i): CoverageFrame => {
    const spread = goesByNumber && samples < count;
    const index = spread ? Math.floor((i * count) / samples) : i % count;
    return { index, frame: index * shared, round: spread ? 0 : Math.floor(i / count) };
  });
}

/** The seed of a round: the config's own in the first. */
export function seedOfRound(seed: string | number, round: number): string {
  return round === 0 ? String(seed) : `${seed}+${round}`;
}

/**
 * Draws frames of a config, without rendering, and holds what comes up against what is asked; yields how many
 * are drawn so far. Configs that drop objects need physics to be loaded. Frames that cannot be drawn are
 * counted.
 */
export function* drawCoverage(
  inputs: RunInputs,
  samples: number,
): Generator<number, CoverageReport, undefined> {
  const coverage = createCoverage();
  const { config } = inputs;
  let drawn = 0;
  for (const { frame, index, round } of coverageFrames(config, samples)) {
    const seeded = { ...inputs, config: { ...config, seed: seedOfRound(config.seed, round) } };
    try {
      const { sample, parameters } = drawnParameters(seeded, frame);
      coverage.add(sample, parameters, index);
    } catch (error) {
      coverage.addFailure(error);
    }
    yield ++drawn;
  }
  return coverage.report();
}
