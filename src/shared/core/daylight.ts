import { linearFromKelvin } from './color.ts';
import type { LinearRgb } from './geometry.ts';
import { acos, DEGREE, exp, log, pow, sin } from './portable-math.ts';

/** Half the angle under which the sun, and the moon, is seen from Earth, degrees. */
export const SUN_RADIUS_DEGREES = 0.2666;

/** Illuminance of the sun outside the atmosphere, lux (IES RP-21, 1984). */
const SOLAR_ILLUMINANCE = 128e3;
/** Turbidity of the air for which the clear sky's illuminance is published. */
const CLEAR_TURBIDITY = 2;
/** What is left on a clear night without a moon: stars and airglow, lux. */
const NIGHT_ILLUMINANCE = 0.002;
/** Micrometres at which red, green and blue are attenuated. */
const WAVELENGTHS = [0.61, 0.545, 0.455] as const;

const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** Luminance of a linear RGB colour (BT.709). */
export const luminanceOf = ([r, g, b]: LinearRgb): number =>
  LUMINANCE[0] * r + LUMINANCE[1] * g + LUMINANCE[2] * b;

/** Light of a disc in the sky: illuminance square to its beam, lux, and a colour of luminance 1. */
export type Beam = Readonly<{ illuminance: number; color: LinearRgb }>;

/**
 * Light that comes straight from the sun: Rayleigh and aerosol attenuation as in Preetham, Shirley and Smits,
 * "A Practical Analytic Model for Daylight" (SIGGRAPH 1999), appendix A.1, for three wavelengths; ozone and
 * water vapour, some 3 % of luminance, are left out. As the disc sets, the share above the horizon is left.
 */
export function sunBeam(elevationDegrees: number, turbidity: number): Beam {
  const above = shareAbove(elevationDegrees);
  const through = transmittance(Math.max(elevationDegrees, -SUN_RADIUS_DEGREES), turbidity);
  const outside = linearFromKelvin(5778);
  const color = outside.map((channel, i) => channel * (through[i] ?? 0)) as unknown as LinearRgb;
  const luminance = luminanceOf(color);
  return {
    illuminance: (above * SOLAR_ILLUMINANCE * luminance) / luminanceOf(outside),
    color: [color[0] / luminance, color[1] / luminance, color[2] / luminance],
  };
}

function transmittance(elevation: number, turbidity: number): LinearRgb {
  const zenithDegrees = 90 - elevation;
  const mass = 1 / (sin(elevation * DEGREE) + 0.15 * pow(93.885 - zenithDegrees, -1.253));
  const aerosol = 0.04608 * turbidity - 0.04586;
  const [r, g, b] = WAVELENGTHS.map((wavelength) =>
    exp(-mass * (0.008735 * pow(wavelength, -4.08) + aerosol * pow(wavelength, -1.3))),
  );
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Share of the sun's disc above the horizon. */
function shareAbove(elevation: number): number {
  const x = Math.min(1, Math.max(-1, elevation / SUN_RADIUS_DEGREES));
  return (acos(-x) + x * Math.sqrt(1 - x * x)) / Math.PI;
}

/**
 * Illuminance of the clear sky alone on level ground, lux. By day that of the IES (RP-21, 1984: 0.8 + 15.5 √sin h
 * klx, of which the first is 0.759 here, the almanac's at sunset), and half of what more haze takes out of the
 * beam; by night the almanac's (P. Janiczek and J. DeYoung, US Naval Observatory Circular 171, 1987) and the stars.
 */
export function clearSkyIlluminance(elevationDegrees: number, turbidity: number): number {
  if (elevationDegrees <= 0) return twilightIlluminance(elevationDegrees) + NIGHT_ILLUMINANCE;
  const height = sin(elevationDegrees * DEGREE);
  const lost =
    sunBeam(elevationDegrees, CLEAR_TURBIDITY).illuminance -
    sunBeam(elevationDegrees, turbidity).illuminance;
  return (
    twilightIlluminance(0) + NIGHT_ILLUMINANCE + 15500 * Math.sqrt(height) + 0.5 * lost * height
  );
}

/** Share of the clear sky's illuminance under full cloud with the sun on the horizon: 0.3 of 0.759 klx. */
const OVERCAST_SHARE = 0.395;

/** Illuminance of the overcast sky on level ground, lux: by day 0.3 + 21 sin h klx (IES RP-21). */
export function overcastIlluminance(elevationDegrees: number): number {
  const below =
    OVERCAST_SHARE * clearSkyIlluminance(Math.min(0, elevationDegrees), CLEAR_TURBIDITY);
  return below + 21000 * Math.max(0, sin(elevationDegrees * DEGREE));
}

/** Cubics in elevation / 90° of the decimal logarithm of illuminance, lux (Circular 171). */
const TWILIGHT = [
  { from: -5, cubic: [2.88, 21.81, -258.11, -858.36] },
  { from: -12, cubic: [2.7, 12.17, -431.69, -1899.83] },
  { from: -18, cubic: [13.84, 262.72, 1447.42, 2797.93] },
] as const;
const MOON = [
  { from: 20, cubic: [-1.95, 4.06, -4.24, 1.56] },
  { from: 5, cubic: [-2.58, 12.58, -42.58, 59.06] },
  { from: -0.8, cubic: [-2.79, 24.27, -252.95, 1321.29] },
] as const;

function twilightIlluminance(elevation: number): number {
  // Below 18° the sun adds nothing more, and the almanac's last value stays.
  return cubicAt(TWILIGHT, Math.max(-18, elevation));
}

/** Full moon on level ground, its share of the sky included, lux (Circular 171); 0 below the horizon. */
export function fullMoonIlluminance(elevationDegrees: number): number {
  return cubicAt(MOON, elevationDegrees);
}

function cubicAt(pieces: typeof TWILIGHT | typeof MOON, elevation: number): number {
  const piece = pieces.find(({ from }) => elevation >= from);
  if (!piece) return 0;
  const x = elevation / 90;
  const [a, b, c, d] = piece.cubic;
  return exp((a + x * (b + x * (c + x * d))) * LN10);
}

const LN10 = log(10);

/**
 * The moon's light relative to full moon, by its phase angle: 0 full, 90 half, 180 new.
 * K. Krisciunas and B. Schaefer, PASP 103 (1991), equation 20.
 */
export function moonPhaseShare(phaseDegrees: number): number {
  const phase = Math.abs(phaseDegrees);
  return exp(-0.4 * LN10 * (0.026 * phase + 4e-9 * phase * phase * phase * phase));
}
