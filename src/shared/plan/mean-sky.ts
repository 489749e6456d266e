import type { LinearRgb, Vec3 } from '../core/geometry.ts';
import { acos, cos, sin, TAU } from '../core/portable-math.ts';
import { distribution } from '../core/sky-model.ts';
import type { PlanSky } from './frame-plan.ts';

/** BT.709 from CIE 1931 XYZ, D65 (IEC 61966-2-1), row by row. */
const RGB_FROM_XYZ: readonly Vec3[] = [
  [3.2404542, -1.5371385, -0.4985314],
  [-0.969266, 1.8760108, 0.041556],
  [0.0556434, -0.2040259, 1.0572252],
];

/** Midpoints of the quadrature: in height, which weighs every band of the hemisphere alike, and azimuth. */
const [HEIGHTS, AZIMUTHS] = [16, 24];

/** Radiance of a sky in a direction at or above the horizon, its sun's disc apart: linear RGB, no part negative. */
export function skyRadiance(sky: PlanSky, direction: Vec3): LinearRgb {
  const [x, y, z] = direction;
  const { glow, perez, chromaticity } = sky;
  const toGlow = x * glow[0] + y * glow[1] + z * glow[2];
  const gamma = acos(Math.min(1, Math.max(-1, toGlow)));
  const luminance = sky.clear * distribution(perez.luminance, y, gamma);
  const cx = chromaticity[0] * distribution(perez.x, y, gamma);
  const cy = chromaticity[1] * distribution(perez.y, y, gamma);
  const white = (sky.overcast * (1 + 2 * y)) / 3 + sky.even;
  const xyz: Vec3 = [(luminance * cx) / cy, luminance, (luminance * (1 - cx - cy)) / cy];
  const channel = (row: 0 | 1 | 2): number => {
    const [a, b, c] = RGB_FROM_XYZ[row] ?? [0, 0, 0];
    return Math.max(0, a * xyz[0] + b * xyz[1] + c * xyz[2]) + white;
  };
  return [channel(0), channel(1), channel(2)];
}

/** Mean radiance over the hemisphere above the horizon, the sun's disc apart. */
export function meanSkyRadiance(sky: PlanSky): LinearRgb {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < HEIGHTS; i++) {
    const height = (i + 0.5) / HEIGHTS;
    const aside = Math.sqrt(1 - height * height);
    for (let k = 0; k < AZIMUTHS; k++) {
      const azimuth = ((k + 0.5) / AZIMUTHS) * TAU;
      const radiance = skyRadiance(sky, [aside * cos(azimuth), height, aside * sin(azimuth)]);
      for (const channel of [0, 1, 2] as const) sum[channel] += radiance[channel];
    }
  }
  const count = HEIGHTS * AZIMUTHS;
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}
