import { atan2, cos, sin, exp, TAU } from '../../core/portable-math.ts';
import { mixPair } from '../../sampling/mix-bits.ts';
import type { TimeOfFlightSample } from '../../sampling/depth-sensor-sample.ts';
import type { DepthPixels } from './depth-pixels.ts';
import type { PixelChance } from './pixel-chance.ts';

const LIGHT_METERS_PER_SECOND = 299_792_458;
/** The stream of a pixel's chance that its range takes. */
const ALONG = 3;

/** Light that a pixel gets back, as a vector whose angle is the phase. */
type Phasors = Readonly<{ re: Float64Array; im: Float64Array }>;

/**
 * Depth by the phase of modulated light. A white surface that faces the camera at 1 m gives
 * `signalElectrons`; others reflectance · cos θ / r² of it. Light of neighbouring pixels mixes as vectors
 * (so that edges get ranges between); the range then errs by σ = c / (4√2 π f) · √(A + B) / (C·A), A being
 * signal, B ambient light and C the contrast (L. Li, "Time-of-Flight Camera – An Introduction", Texas
 * Instruments SLOA190B, 2014). Light that takes detours is not modelled.
 * @param surfaceKey hashes instances to their reflectances.
 * @returns [H, W] metres along z, 0 = none; ranges are not applied.
 */
export function phaseDepth(
  pixels: DepthPixels,
  sensor: TimeOfFlightSample,
  { chance, surfaceKey }: Readonly<{ chance: PixelChance; surfaceKey: number }>,
): Float64Array {
  const { depth, rayLength } = pixels;
  const hertz = sensor.modulationMegahertz * 1e6;
  const repeatMeters = LIGHT_METERS_PER_SECOND / (2 * hertz);
  const own = phasorsOf(pixels, sensor, { surfaceKey, repeatMeters });
  const light = mixed(own, pixels, sensor.mixingSigmaPixels);
  const measured = new Float64Array(depth.length);
  for (let i = 0; i < depth.length; i++) {
    if (depth[i] === 0) continue;
    const [re, im] = [light.re[i]!, light.im[i]!];
    const signal = Math.sqrt(re * re + im * im);
    if (signal < sensor.leastElectrons || signal === 0) continue;
    const trueRange = depth[i]! * rayLength[i]!;
    const sigma = rangeSigma(sensor, signal);
    const phase = atan2(im, re) / TAU;
    // Several frequencies tell how often the phase has gone round: as often as it has on the pixel's own surface.
    const turns = sensor.wraps ? 0 : Math.round(trueRange / repeatMeters - phase);
    const range = (phase + turns) * repeatMeters + sigma * chance.normal(i, ALONG);
    measured[i] = (sensor.wraps ? wrapped(range, repeatMeters) : range) / rayLength[i]!;
  }
  return measured;
}

/** Standard deviation of a range, metres. @param signal electrons. */
export function rangeSigma(
  { modulationMegahertz, ambientElectrons, contrast }: TimeOfFlightSample,
  signal: number,
): number {
  const scale = LIGHT_METERS_PER_SECOND / (2 * Math.SQRT2 * TAU * modulationMegahertz * 1e6);
  return (scale * Math.sqrt(signal + ambientElectrons)) / (contrast * signal);
}

const wrapped = (range: number, repeat: number): number =>
  range - Math.floor(range / repeat) * repeat;

function phasorsOf(
  { depth, rayLength, facing, instanceId }: DepthPixels,
  { signalElectrons, reflectance: { from, to } }: TimeOfFlightSample,
  { surfaceKey, repeatMeters }: Readonly<{ surfaceKey: number; repeatMeters: number }>,
): Phasors {
  const re = new Float64Array(depth.length);
  const im = new Float64Array(depth.length);
  for (let i = 0; i < depth.length; i++) {
    if (depth[i] === 0) continue;
    const range = depth[i]! * rayLength[i]!;
    const share = (mixPair(surfaceKey, instanceId[i]!) + 0.5) / 2 ** 32;
    const reflectance = from + (to - from) * share;
    const signal = (signalElectrons * reflectance * facing[i]!) / (range * range);
    const phase = (TAU * range) / repeatMeters;
    re[i] = signal * cos(phase);
    im[i] = signal * sin(phase);
  }
  return { re, im };
}

/** Each pixel's light with that of its eight neighbours, by a Gaussian; the image goes on as it ends. */
function mixed(
  light: Phasors,
  { width, height }: Readonly<{ width: number; height: number }>,
  sigma: number,
): Phasors {
  if (sigma === 0) return light;
  const beside = exp(-0.5 / (sigma * sigma));
  const total = 1 + 2 * beside;
  const along = (from: Float64Array, [count, step]: readonly [number, number]): Float64Array =>
    from.map((value, i) => {
      const place = Math.floor(i / step) % count;
      const before = place > 0 ? from[i - step]! : value;
      const after = place + 1 < count ? from[i + step]! : value;
      return (value + beside * (before + after)) / total;
    });
  const both = (from: Float64Array): Float64Array =>
    along(along(from, [width, 1]), [height, width]);
  return { re: both(light.re), im: both(light.im) };
}
