import { exp } from '../../core/portable-math.ts';
import type { LidarSample } from '../../sampling/lidar-sample.ts';
import type { PlanLidar } from '../../plan/plan-lidars.ts';
import type { PixelChance } from '../depth-sensor/pixel-chance.ts';
import type { LossReason } from './sweep.ts';

/** Streams of a ray's chance. */
const STREAM = { along: 1, bright: 2, dim: 3, random: 4 } as const;

/** The surface that a ray meets. */
export type Surface = Readonly<{
  rangeMeters: number;
  /** Cosine of the angle between its normal and the way back. */
  facing: number;
  /** Of an instance, in the light of the lidar. */
  reflectance: number;
  /** World height. */
  heightMeters: number;
}>;

/** What comes back of a ray. */
export type Echo = Readonly<{ rangeMeters: number; intensity: number }>;

/**
 * What a lidar measures of a surface, or why nothing. Intensity is reflectance · cos θ · exp(−2αR), the law of a
 * diffuse surface that fills the beam (J. Cariou et al.; R. Rasshofer et al., Adv. Radio Sci. 9, 2011) without its
 * 1/R², which units compensate; detection has it. Losses by intensity are CARLA's: a share that falls to 0 at
 * `belowIntensity`.
 */
export function echoOf(
  plan: PlanLidar,
  surface: Surface,
  { chance, ray }: Readonly<{ chance: PixelChance; ray: number }>,
): Echo | LossReason {
  const { nearMeters, farMeters, detection, dropOff } = plan.lidar;
  const { rangeMeters: range } = surface;
  if (range > farMeters) return 'nothing';
  if (range < nearMeters) return 'near';
  const light = lightOf(plan, surface);
  if (detection && light * detection.rangeMeters ** 2 < detection.reflectance * range * range)
    return 'undetected';
  const { share, shareOfDarkest, belowIntensity } = dropOff;
  const lost = light < belowIntensity ? shareOfDarkest * (1 - light / belowIntensity) : 0;
  if (lost > 0 && chance.uniform(ray, STREAM.dim) < lost) return 'dim';
  if (share > 0 && chance.uniform(ray, STREAM.random) < share) return 'random';
  const measured = noisyRange(plan.lidar, range, { chance, ray });
  if (measured > farMeters) return 'nothing';
  if (measured < nearMeters) return 'near';
  return { rangeMeters: measured, intensity: noisyIntensity(plan.lidar, light, { chance, ray }) };
}

/** The intensity before the lidar's own noise. */
function lightOf(
  { lidar, worldFromLidar, weather }: PlanLidar,
  { rangeMeters, facing, reflectance, heightMeters }: Surface,
): number {
  const share = shareBelow(weather.topMeters, worldFromLidar[7] ?? NaN, heightMeters);
  const perMeter = lidar.attenuationPerMeter + weather.extinctionPerMeter * share;
  return reflectance * facing * exp(-2 * perMeter * rangeMeters);
}

/** The share of a way between two heights that is below a third. */
export function shareBelow(top: number | null, from: number, to: number): number {
  if (top === null) return 1;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  if (high <= top) return 1;
  return low >= top ? 0 : (top - low) / (high - low);
}

type Draw = Readonly<{ chance: PixelChance; ray: number }>;

function noisyRange({ rangeNoise }: LidarSample, range: number, { chance, ray }: Draw): number {
  const { sigmaMeters, sigmaShare, stepMeters } = rangeNoise;
  const sigma = sigmaMeters + sigmaShare * range;
  const noisy = sigma === 0 ? range : range + sigma * chance.normal(ray, STREAM.along);
  return stepMeters === 0 ? noisy : Math.round(noisy / stepMeters) * stepMeters;
}

/** Within 0..1, where a detector is dark or saturated. */
function noisyIntensity(
  { intensity: { sigma, bits } }: LidarSample,
  light: number,
  { chance, ray }: Draw,
): number {
  const noisy = sigma === 0 ? light : light + sigma * chance.normal(ray, STREAM.bright);
  const seen = Math.min(1, Math.max(0, noisy));
  const highest = 2 ** bits - 1;
  return bits === 0 ? seen : Math.round(seen * highest) / highest;
}
