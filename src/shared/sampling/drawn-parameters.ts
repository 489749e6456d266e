import { type RunInputs, sampleScene } from './sample-scene.ts';
import type { DrawnValue, SceneSample } from './scene-sample.ts';

/** One value that a frame drew. */
export type DrawnParameter = Readonly<{
  /** Path of the draw, such as `objects.fruit[3].scale`: the key of its stream, and of `sample.draws`. */
  path: string;
  /** The path without the place in a group or stack, `objects.fruit.scale`: alike for all that share it. */
  parameter: string;
  /** What the config states: a distribution, a mixture, a condition, an expression. Plain JSON. */
  stated: unknown;
  value: DrawnValue;
}>;

/**
 * Every value that a frame draws, with what the config states for it, in the order of the draws; a
 * placement that is tried again counts with the attempt that stood. Constants and references to variables
 * are not among them.
 *
 * @param retry counts the attempts at the frame from 0.
 */
export function drawnParameters(
  inputs: RunInputs,
  frame: number,
  retry = 0,
): Readonly<{ sample: SceneSample; parameters: readonly DrawnParameter[] }> {
  const byPath = new Map<string, DrawnParameter>();
  const sample = sampleScene(inputs, frame, {
    retry,
    onDraw: ({ path, stated, value }) =>
      byPath.set(path, { path, parameter: parameterOf(path), stated, value }),
  });
  return { sample, parameters: [...byPath.values()] };
}

/** A draw's path without the place in a group (`lights.key[0]`, `objects.fruit[3]`) or stack. */
export function parameterOf(path: string): string {
  return path.replace(/^((?:objects|lights)\.[^[]*)\[\d+\]/, '$1').replace(/\.levels\[\d+\]/, '');
}
