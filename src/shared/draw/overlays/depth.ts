import type { FileKind } from '../../formats/frame-record.ts';
import type { OverlayInput, OverlayLayer, Overlay } from '../overlay.ts';
import { roundMarks, type ScaleBar } from '../scale-bar.ts';
import { turboColor } from '../turbo-color.ts';

/** Pixels without a surface: no colour of the scale. */
const NOTHING = [16, 18, 23, 255] as const;
/** Shades of the scale that are told apart. */
const SHADES = 1024;

/** Metres of one unit of a file (labels.md §6). */
const METERS_PER_UNIT: Readonly<Partial<Record<FileKind, number>>> = {
  depth: 0.001,
  'measured-depth': 0.001,
};

/** Depth in metres, [H, W], 0 = nothing there. */
function metersFrom(file: NonNullable<OverlayInput['file']>): Float64Array {
  const unit = METERS_PER_UNIT[file.kind] ?? 1;
  return Float64Array.from(file.map.values, (value) => value * unit);
}

/** Least and greatest depth of what is there; null where nothing is. */
function rangeOf(meters: Float64Array): readonly [number, number] | null {
  let [least, greatest] = [Infinity, 0];
  for (const value of meters) {
    if (value === 0) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return greatest === 0 ? null : [least, greatest];
}

/** A distance of each pixel in colours, red near and blue far, with a scale. */
function drawMeters({ file }: OverlayInput): OverlayLayer {
  if (file === null) return {};
  const { width, height } = file.map;
  const meters = metersFrom(file);
  const pixels = new Uint8Array(width * height * 4);
  const scale = metersScale(meters);
  for (const [i, value] of meters.entries()) pixels.set(scale?.shadeOf(value) ?? NOTHING, i * 4);
  return { pixels: { width, height, values: pixels }, scaleBar: scale?.bar };
}

/** Opaque colours of distances, red near and blue far in even steps of their inverse, with their scale. */
export type MetersScale = Readonly<{
  /** Undefined for 0: nothing there. */
  shadeOf: (meters: number) => readonly number[] | undefined;
  bar: ScaleBar;
}>;

/** The scale from the nearest to the farthest of some distances; null where nothing is. */
export function metersScale(meters: Float64Array): MetersScale | null {
  const range = rangeOf(meters);
  if (range === null) return null;
  const [near, far] = range;
  const span = 1 / near - 1 / far;
  const nearness = (value: number): number => (span === 0 ? 1 : (1 / value - 1 / far) / span);
  const shades = Array.from({ length: SHADES }, (_, i) => [...turboColor(i / (SHADES - 1)), 255]);
  return {
    shadeOf: (value) =>
      value === 0 ? undefined : shades[Math.round(nearness(value) * (SHADES - 1))],
    bar: {
      unit: 'm',
      colorAt: (x) => turboColor(1 - x),
      marks: roundMarks(range, (value) => 1 - nearness(value)),
    },
  };
}

/**
 * Planar depth in colours, red near and blue far, with a scale in metres. Colours are even steps of
 * 1 / depth, as a stereo camera sees it: near things, which depth is mostly about, get most of them.
 * Nothing there is dark grey. Each frame has its own scale, from its nearest to its farthest surface.
 */
export const DEPTH: Overlay = {
  summary: 'depth in colours, with a scale in metres',
  files: ['depth', 'depth-float'],
  categoryColors: false,
  output: 'outputs.depth',
  draw: drawMeters,
};

/** The length of each pixel's ray, in the colours of {@link DEPTH}. */
export const RANGE: Overlay = {
  summary: 'range (length of the ray) in colours, with a scale in metres',
  files: ['range'],
  categoryColors: false,
  output: 'outputs.range',
  draw: drawMeters,
};

/** What the depth sensor measures, in the colours of {@link DEPTH}; holes are dark grey. */
export const MEASURED_DEPTH: Overlay = {
  summary: 'depth as the sensor measures it, with its noise and holes',
  files: ['measured-depth', 'measured-depth-float'],
  categoryColors: false,
  output: 'camera.depthSensor',
  draw: drawMeters,
};

/** Steps of KITTI's 16-bit disparities. */
const PIXELS_PER_UNIT = 1 / 256;

/**
 * Disparity in colours, red near and blue far as {@link DEPTH} has them, with a scale in pixels.
 */
export const DISPARITY: Overlay = {
  summary: 'disparity of a rectified pair in colours, with a scale in pixels',
  files: ['disparity', 'disparity-float'],
  categoryColors: false,
  output: 'camera.rig.pairs',
  mayLack: (record) => record.disparity === undefined,
  draw: drawDisparity,
};

function drawDisparity({ file }: OverlayInput): OverlayLayer {
  if (file === null) return {};
  const { width, height } = file.map;
  const unit = file.kind === 'disparity' ? PIXELS_PER_UNIT : 1;
  const disparity = Float64Array.from(file.map.values, (value) => value * unit);
  const pixels = new Uint8Array(width * height * 4);
  const range = rangeOf(disparity);
  const [least, most] = range ?? [0, 1];
  const share = (d: number): number => (most === least ? 1 : (d - least) / (most - least));
  for (const [i, d] of disparity.entries()) {
    pixels.set(d === 0 ? NOTHING : [...turboColor(share(d)), 255], i * 4);
  }
  const layer = { pixels: { width, height, values: pixels } };
  if (range === null) return layer;
  const scaleBar = { unit: 'px', colorAt: turboColor, marks: roundMarks(range, share) };
  return { ...layer, scaleBar };
}
