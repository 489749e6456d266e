import { SPARSE_DEPTH_UNITS } from '../../annotate/lidar/sparse-depth.ts';
import type { Overlay, OverlayInput, OverlayLayer } from '../overlay.ts';
import { metersScale } from './depth.ts';

/** Width of an image whose points are three pixels wide; they grow with it. */
const WIDTH_OF_THREE = 640;

/** Squares about the pixels that have a point, the nearest on top. */
function drawPoints({ file }: OverlayInput): OverlayLayer {
  if (file === null) return {};
  const { width, height, values } = file.map;
  const meters = Float64Array.from(values, (units) => units / SPARSE_DEPTH_UNITS);
  const scale = metersScale(meters);
  if (scale === null) return {};
  const pixels = new Uint8Array(width * height * 4);
  const reach = Math.max(1, Math.round(width / WIDTH_OF_THREE));
  const points = [...meters.keys()].filter((i) => (meters[i] ?? 0) > 0);
  points.sort((a, b) => (meters[b] ?? 0) - (meters[a] ?? 0) || a - b);
  for (const point of points) {
    const shade = scale.shadeOf(meters[point] ?? 0) ?? [];
    const [x, y] = [point % width, Math.floor(point / width)];
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
      for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++)
        pixels.set(shade, (row * width + column) * 4);
  }
  return { pixels: { width, height, values: pixels }, scaleBar: scale.bar };
}

/** The points of the frame's lidars over the picture, in the colours of depth, with a scale in metres. */
export const LIDAR: Overlay = {
  summary: 'points of the lidars, coloured by depth, with a scale in metres',
  files: ['lidar-depth'],
  categoryColors: false,
  output: 'camera.lidars and outputs.lidar.depth',
  mayLack: (record, { camera }) => camera.lidars !== undefined && record.lidars === undefined,
  draw: drawPoints,
};
