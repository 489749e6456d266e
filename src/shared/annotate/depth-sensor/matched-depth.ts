import type { Intrinsics } from '../../core/geometry.ts';
import { DEGREE } from '../../core/portable-math.ts';
import type { MatchedSensorSample } from '../../sampling/depth-sensor-sample.ts';
import { type DepthPixels, incidences, slopeOf } from './depth-pixels.ts';
import { edgeWindows } from './edge-windows.ts';
import { hiddenColumns } from './hidden-columns.ts';
import type { PixelChance } from './pixel-chance.ts';

/** Streams of a pixel's chance. */
const STREAM = { right: 1, down: 2, along: 3, edge: 4 } as const;

/**
 * Depth by a projected pattern or a second camera: taken from a place beside the pixel's own, with noise
 * along z, in steps of disparity; holes where surfaces are seen too flat, at edges, and where only the camera sees.
 * @returns [H, W] metres, 0 = none; ranges are not applied.
 */
export function matchedDepth(
  pixels: DepthPixels,
  sensor: MatchedSensorSample,
  { chance, intrinsics }: Readonly<{ chance: PixelChance; intrinsics: Intrinsics }>,
): Float64Array {
  const { width, height, depth } = pixels;
  const focalBaseline = intrinsics.fx * sensor.baselineMeters;
  const { radiusPixels, probability } = sensor.edges;
  const edges = radiusPixels > 0 && probability > 0 ? edgeWindows(pixels, sensor.edges) : null;
  const hidden = sensor.shadow ? hiddenColumns(pixels, focalBaseline, sensor.side) : null;
  const incidence = incidences(pixels);
  const sourceOf = lateralSource({ ...pixels, incidence }, sensor.lateral, chance);
  const flattest = sensor.maxIncidenceDegrees * DEGREE;
  const measured = new Float64Array(width * height);
  for (let i = 0; i < measured.length; i++) {
    if (edges?.[i] === 1 && chance.uniform(i, STREAM.edge) < probability) continue;
    const from = sourceOf(i);
    if (from < 0 || depth[from] === 0 || hidden?.[from] === 1) continue;
    if (incidence[from]! > flattest) continue;
    const noise = chance.normal(i, STREAM.along);
    const z = noisyDepth(sensor, [depth[from]!, incidence[from]!], { noise, focalBaseline });
    measured[i] = quantised(z, focalBaseline, sensor.disparityStepPixels);
  }
  return measured;
}

/** The pixel whose depth a pixel takes: σ = pixels + grazingPixels · θ / (π/2 − θ); −1 beyond the image. */
function lateralSource(
  { width, height, incidence }: DepthPixels & Readonly<{ incidence: Float64Array }>,
  { pixels, grazingPixels }: MatchedSensorSample['lateral'],
  chance: PixelChance,
): (i: number) => number {
  if (pixels === 0 && grazingPixels === 0) return (i) => i;
  return (i) => {
    const slope = grazingPixels === 0 ? 0 : slopeOf(incidence[i]!);
    const sigma = pixels + grazingPixels * slope;
    const x = Math.round((i % width) + sigma * chance.normal(i, STREAM.right));
    const y = Math.round(Math.floor(i / width) + sigma * chance.normal(i, STREAM.down));
    return x >= 0 && x < width && y >= 0 && y < height ? y * width + x : -1;
  };
}

/** Stereo errs in disparity; structured light by Nguyen, Izadi and Lovell (3DIMPVT 2012), eq. 3. */
function noisyDepth(
  sensor: MatchedSensorSample,
  [z, incidence]: readonly [number, number],
  { noise, focalBaseline }: Readonly<{ noise: number; focalBaseline: number }>,
): number {
  if (sensor.kind === 'stereo') {
    return focalBaseline / (focalBaseline / z + sensor.disparitySigmaPixels * noise);
  }
  const { constantMeters, quadraticPerMeter, fromMeters, grazing } = sensor.axial;
  const slope = grazing === 0 ? 0 : slopeOf(incidence);
  const beyond = z - fromMeters;
  const sigma =
    constantMeters + quadraticPerMeter * beyond * beyond + (grazing / Math.sqrt(z)) * slope * slope;
  return z + sigma * noise;
}

/** The depth of the nearest whole multiple of a disparity. */
function quantised(z: number, focalBaseline: number, step: number): number {
  if (step === 0) return z;
  return focalBaseline / (Math.round(focalBaseline / z / step) * step);
}
