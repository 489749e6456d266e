import type { Config } from '../config/config-schema.ts';
import { streamFor } from '../core/stream.ts';

/** 1 / golden ratio: multiples of it, modulo 1, are spread as evenly as any (Knuth, TAOCP 3, §6.4). */
const GOLDEN = 0.6180339887498949;

/** Frames that a goal is given. */
export function framesOfGoal({
  instances,
  perFrame,
}: Readonly<{ instances: number; perFrame: number }>): number {
  return Math.ceil(instances / perFrame);
}

/**
 * The goal that a frame pursues: a pure function of its number, so that no frame waits for another. Goals
 * have shares of the frames by what they ask; where they ask for more frames than there are, all shares
 * shrink alike; the rest of the frames has none.
 */
export function goalOf(
  { targets, frames, seed }: Pick<Config, 'targets' | 'frames' | 'seed'>,
  frame: number,
): string | undefined {
  const goals = Object.entries(targets?.goals ?? {});
  if (goals.length === 0) return undefined;
  const asked = goals.reduce((sum, [, goal]) => sum + framesOfGoal(goal), 0);
  const start = streamFor({ seed: String(seed), frame: 0, path: 'targets' })();
  const at = start + frame * GOLDEN;
  let rest = (at - Math.floor(at)) * Math.max(frames, asked);
  for (const [name, goal] of goals) {
    rest -= framesOfGoal(goal);
    if (rest < 0) return name;
  }
  return undefined;
}
