import { clearSkyIlluminance, overcastIlluminance } from './daylight.ts';
import { acos, cos, DEGREE, exp, sin, tan } from './portable-math.ts';

/** Coefficients A..E of Perez's distribution: (1 + A e^(B / cos θ)) (1 + C e^(Dγ) + E cos² γ). */
export type Perez = readonly [number, number, number, number, number];

/**
 * Light of the sky by direction, the sun's disc apart. θ is the angle from the zenith, γ that from the sun.
 * Luminance is `clear · F_Y(θ, γ) + overcast · (1 + 2 cos θ) / 3`; chromaticity of the clear part is
 * `zenith · F(θ, γ)`, that of the overcast part white.
 */
export type SkyModel = Readonly<{
  /** Of the sun, no lower than the horizon: the distribution has no meaning below it. */
  sunZenithRadians: number;
  perez: Readonly<{ luminance: Perez; x: Perez; y: Perez }>;
  /** Luminance for F = 1, cd/m². */
  clear: number;
  /** Chromaticity (CIE 1931) for F = 1. */
  chromaticity: readonly [number, number];
  /** Luminance of the zenith of the overcast part, cd/m². */
  overcast: number;
  /** On level ground, lux. */
  illuminance: number;
}>;

type Weather = Readonly<{ elevationDegrees: number; turbidity: number; overcast: number }>;

/**
 * A clear sky of A. Preetham, P. Shirley and B. Smits, "A Practical Analytic Model for Daylight" (SIGGRAPH 1999),
 * appendix A.2, with the CIE's overcast sky (P. Moon and D. Spencer, 1942) in the share `overcast`. Preetham's
 * own zenith luminance is several times too bright under a low sun and undefined at night; here both parts
 * are scaled to the illuminance of daylight.ts.
 */
export function skyModel({ elevationDegrees, turbidity, overcast }: Weather): SkyModel {
  const sunZenithRadians = (90 - Math.max(0, elevationDegrees)) * DEGREE;
  const perez = perezOf(turbidity);
  const clearLux = (1 - overcast) * clearSkyIlluminance(elevationDegrees, turbidity);
  const overcastLux = overcast * overcastIlluminance(elevationDegrees);
  const zenith = zenithChromaticity(sunZenithRadians, turbidity);
  return {
    sunZenithRadians,
    perez,
    clear: clearLux / illuminanceOf(perez.luminance, sunZenithRadians),
    chromaticity: [
      zenith[0] / distribution(perez.x, 1, sunZenithRadians),
      zenith[1] / distribution(perez.y, 1, sunZenithRadians),
    ],
    // ∫ (1 + 2 cos θ) / 3 · cos θ over the hemisphere is 7π/9.
    overcast: overcastLux / ((7 * Math.PI) / 9),
    illuminance: clearLux + overcastLux,
  };
}

/** F of Perez's distribution. */
export function distribution([a, b, c, d, e]: Perez, cosTheta: number, gamma: number): number {
  const cosGamma = cos(gamma);
  return (
    (1 + a * exp(b / Math.max(cosTheta, 1e-3))) * (1 + c * exp(d * gamma) + e * cosGamma * cosGamma)
  );
}

/** Midpoints of the quadrature in each of the two angles; within 0.2 % of one four times as fine. */
const STEPS = 32;

/** ∫ F cos θ over the hemisphere: in cos² θ, in which that weight is even, and half the azimuths. */
function illuminanceOf(perez: Perez, sunZenith: number): number {
  const [cosSun, sinSun] = [cos(sunZenith), sin(sunZenith)];
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    const cosTheta = Math.sqrt((i + 0.5) / STEPS);
    const sinTheta = Math.sqrt(1 - cosTheta * cosTheta);
    for (let k = 0; k < STEPS; k++) {
      const cosGamma = cosTheta * cosSun + sinTheta * sinSun * cos(((k + 0.5) / STEPS) * Math.PI);
      sum += distribution(perez, cosTheta, acos(Math.min(1, Math.max(-1, cosGamma))));
    }
  }
  return (Math.PI * sum) / (STEPS * STEPS);
}

const line = (slope: number, offset: number, turbidity: number): number =>
  slope * turbidity + offset;

function perezOf(t: number): SkyModel['perez'] {
  return {
    luminance: [
      line(0.1787, -1.463, t),
      line(-0.3554, 0.4275, t),
      line(-0.0227, 5.3251, t),
      line(0.1206, -2.5771, t),
      line(-0.067, 0.3703, t),
    ],
    x: [
      line(-0.0193, -0.2592, t),
      line(-0.0665, 0.0008, t),
      line(-0.0004, 0.2125, t),
      line(-0.0641, -0.8989, t),
      line(-0.0033, 0.0452, t),
    ],
    y: [
      line(-0.0167, -0.2608, t),
      line(-0.095, 0.0092, t),
      line(-0.0079, 0.2102, t),
      line(-0.0441, -1.6537, t),
      line(-0.0109, 0.0529, t),
    ],
  };
}

const cubic = ([a, b, c, d]: readonly [number, number, number, number], x: number): number =>
  ((a * x + b) * x + c) * x + d;

function zenithChromaticity(s: number, t: number): readonly [number, number] {
  return [
    cubic([0.00166, -0.00375, 0.00209, 0], s) * t * t +
      cubic([-0.02903, 0.06377, -0.03202, 0.00394], s) * t +
      cubic([0.11693, -0.21196, 0.06052, 0.25886], s),
    cubic([0.00275, -0.0061, 0.00317, 0], s) * t * t +
      cubic([-0.04214, 0.0897, -0.04153, 0.00516], s) * t +
      cubic([0.15346, -0.26756, 0.0667, 0.26688], s),
  ];
}

/** Zenith luminance of the clear sky as the paper has it, cd/m²; good for a sun well above the horizon. */
export function preethamZenithLuminance(sunZenithRadians: number, turbidity: number): number {
  const chi = (4 / 9 - turbidity / 120) * (Math.PI - 2 * sunZenithRadians);
  return 1000 * ((4.0453 * turbidity - 4.971) * tan(chi) - 0.2155 * turbidity + 2.4192);
}
