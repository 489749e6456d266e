import type { CheckContext } from './check-context.ts';
import { motionPaths } from './check-motion.ts';
import type { Config } from './config-schema.ts';
import { LEAST_BLUR_SUBFRAMES } from './render-schema.ts';
import { leastSubframes } from './shutter-times.ts';
import { rangeOf } from './value-range.ts';

/** Motion blur is made of sub-frames; what is not drawn anew for each of them would stay behind. */
export function checkShutter(context: CheckContext): void {
  const { config, report } = context;
  const { render, sensor, weather } = config;
  if (sensor.shutter === undefined) return;
  const moves = movesOverShutter(config);
  if (!moves && !flickersOverShutter(context)) return;
  if (render.subframes < LEAST_BLUR_SUBFRAMES) {
    report(
      'sensor.shutter',
      `expected render.subframes of at least ${LEAST_BLUR_SUBFRAMES} where something moves or flickers, found ${render.subframes}`,
      'Each sub-frame is one instant of the exposure: take about as many as the longest streak has pixels.',
    );
  }
  checkRows(context);
  if (!moves) return;
  if (render.ambientOcclusion.strength > 0) {
    report(
      'sensor.shutter',
      `expected render.ambientOcclusion.strength 0 where something moves, found ${render.ambientOcclusion.strength}`,
      'Contact shadows are measured in the middle of the exposure and do not move: turn them off.',
    );
  }
  if (weather?.rain ?? weather?.snow) {
    report(
      'sensor.shutter',
      'expected neither weather.rain nor weather.snow where something moves, found one',
      'Drops and flakes are streaks of the whole exposure already: leave sensor.shutter or the weather out.',
    );
  }
}

/** Rows that end before the next sub-frame begins would show steps. */
function checkRows({ config: { image, render, sensor, vars }, report }: CheckContext): void {
  const { shutter } = sensor;
  if (shutter?.kind !== 'rolling') return;
  const exposure = rangeOf(sensor.shutterSeconds, vars);
  const readout = rangeOf(shutter.readoutSeconds, vars);
  if (exposure === null || readout === null) return;
  const times = { seconds: exposure.min, readoutSeconds: readout.max };
  const least = leastSubframes(times, image.height);
  if (!(least > render.subframes)) return;
  report(
    'sensor.shutter',
    `expected render.subframes of at least ${least} for rows of ${times.seconds} s read over ${times.readoutSeconds} s, found ${render.subframes}`,
    'A sub-frame may last no longer than the exposure of a row, which would show steps: take more of them, or expose longer.',
  );
}

/** Whether a light flickers, of which each sub-frame has a strength of its own. */
function flickersOverShutter({ config, scene }: CheckContext): boolean {
  return Object.values({ ...scene.lights, ...config.lights }).some(({ flicker }) => flicker);
}

/** Whether anything of a config moves while the shutter is open. */
export function movesOverShutter(config: Config): boolean {
  return (
    motionPaths(config).length > 0 ||
    Object.values(config.objects).some(
      ({ animation }) => animation?.clip !== undefined && animation.speed !== 0,
    )
  );
}
