import { pow } from '../core/portable-math.ts';
import { numberDensity, rainOf, snowOf } from '../core/precipitation-laws.ts';
import type { FallSample, WeatherSample } from '../sampling/weather-sample.ts';
import type { FramePlan } from './frame-plan.ts';
import { seenVolumeAtOneMeter } from './seen-bounds.ts';
import type { PlanGlow, PlanPrecipitation } from './weather-plan.ts';

/** Drops that are drawn one by one in a view, about; with more to a cubic metre they are drawn less far away. */
const DRAWN = 20_000;
/** Beyond, metres, even large drops are a small part of a pixel. */
const FARTHEST = 12;
/** Share of the light about it that a drop sends on (K. Garg and S. Nayar, 2007), and that fresh snow reflects. */
const SHINE = { rain: 0.94, snow: 0.9 } as const;

type Setting = Pick<FramePlan, 'camera' | 'size'> &
  Readonly<{ glow: PlanGlow; timeSeconds: number }>;

/** Drops and flakes of a frame that are drawn one by one. */
export function planPrecipitation(
  { rain, snow, falling }: WeatherSample,
  setting: Setting,
): readonly PlanPrecipitation[] {
  if (falling === undefined) return [];
  const plan = (kind: 'rain' | 'snow', fall: FallSample): PlanPrecipitation => ({
    kind,
    ...fall,
    ...falling,
    timeSeconds: setting.timeSeconds,
    rangeMeters: rangeOf(kind, fall, setting),
    glow: scaled(setting.glow, SHINE[kind]),
  });
  return [...(rain ? [plan('rain', rain)] : []), ...(snow ? [plan('snow', snow)] : [])];
}

function rangeOf(
  kind: 'rain' | 'snow',
  { millimetersPerHour }: FallSample,
  view: Pick<FramePlan, 'camera' | 'size'>,
): number {
  const density = numberDensity((kind === 'rain' ? rainOf : snowOf)(millimetersPerHour));
  return Math.min(FARTHEST, pow(DRAWN / (density * seenVolumeAtOneMeter(view)), 1 / 3));
}

function scaled({ airlight: a, environmentShare: e }: PlanGlow, by: number): PlanGlow {
  return {
    airlight: [a[0] * by, a[1] * by, a[2] * by],
    environmentShare: [e[0] * by, e[1] * by, e[2] * by],
  };
}
