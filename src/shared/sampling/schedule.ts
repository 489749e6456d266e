import type { Config } from '../config/config-schema.ts';
import type { Ramp, Staged } from '../config/value-types.ts';
import { SamplingError } from '../core/errors.ts';
import { type FrameOrder, framesPerDraw } from './sequence.ts';
import type { DrawnValue, ScheduleSample } from './scene-sample.ts';

/**
 * Where a frame stands in the schedule: a pure function of its number and the config (docs/adr/0017).
 * Sequence s of n has the progress s / (n − 1), 0 where n is 1; a frame that stands alone is a sequence.
 *
 * @param index Of the frame's sequence.
 * @param firstFrame Of that sequence, by which stages that end at a frame go.
 */
export function scheduleOf(
  config: Pick<Config, 'schedule' | 'frames'> & FrameOrder,
  { index, firstFrame }: Readonly<{ index: number; firstFrame: number }>,
): ScheduleSample {
  const { schedule, frames } = config;
  const count = Math.ceil((schedule?.frames ?? frames) / framesPerDraw(config));
  const progress = count <= 1 ? 0 : Math.min(1, index / (count - 1));
  const stages = Object.entries(schedule?.stages ?? {});
  const found = stages.find(
    ([, { untilProgress = Infinity, untilFrame = Infinity }]) =>
      progress < untilProgress && firstFrame < untilFrame,
  );
  return { progress, ...(found && { stage: found[0] }) };
}

/** What a name of the schedule is in an expression; undefined where it is none. */
export function scheduleName(schedule: ScheduleSample, name: string): DrawnValue | undefined {
  if (name === 'progress') return schedule.progress;
  if (name === 'goal') return schedule.goal ?? 'none';
  return name === 'stage' ? schedule.stage : undefined;
}

/** The value of the frame's stage. @throws SamplingError where there is none. */
export function inStage<V>({ of }: Staged<V>, { stage }: ScheduleSample, path: string): V {
  const value = stage !== undefined && Object.hasOwn(of, stage) ? of[stage] : undefined;
  if (value !== undefined) return value;
  const names = Object.keys(of).join(', ');
  throw new SamplingError(
    `${path}: expected the frame in one of the stages ${names}, found it in ${stage ?? 'none'}`,
  );
}

/**
 * A ramp at a progress. Between two distributions, the values of both at the same draw are mixed, so that
 * the quantile function itself goes from the one to the other.
 */
export function rampAt<D extends object>(
  { points }: Ramp<number | D>,
  progress: number,
  draw: (distribution: D) => DrawnValue,
): number {
  const valueOf = (value: number | D): number =>
    typeof value === 'number' ? value : Number(draw(value));
  const next = points.findIndex(([at]) => at > progress);
  const above = points[next === -1 ? points.length - 1 : next];
  const below = points[next === -1 ? points.length - 1 : Math.max(0, next - 1)];
  if (above === undefined || below === undefined) throw new RangeError('expected a ramp of points');
  const low = valueOf(below[1]);
  if (below === above || progress <= below[0]) return low;
  return low + (valueOf(above[1]) - low) * ((progress - below[0]) / (above[0] - below[0]));
}
