import type { GBuffers } from '../annotate/annotations.ts';
import type { PointCloud } from '../annotate/point-cloud.ts';
import type { Intrinsics, Vec3 } from '../core/geometry.ts';
import { depthOf, isWide, projectRay, rayAt } from '../core/pinhole.ts';

/** How far from its pixel's centre a point may project: pixels, and share of the way from the principal point. */
const TOLERANCE_PIXELS = 1e-4;
const ROUNDING_SHARE = 3e-7;

/** A frame's pixels as a point cloud is held against them. */
export type CloudPixels = Pick<GBuffers, 'width' | 'height' | 'depth'> &
  Readonly<{
    intrinsics: Intrinsics;
    /** [H, W] ids without dropped instances. */
    instanceId: Uint16Array;
    /** [H, W] */
    categoryId: Uint8Array | Uint16Array;
    /** [H, W, 4]; null where it is not known exactly. */
    color: Uint8Array | null;
    /** What the depth was rounded to, metres; where it is not 0, points may lie beyond the reach of its file. */
    depthStepMeters: number;
  }>;

/**
 * What contradicts between a point cloud and its frame: projected by the intrinsics, the points fall on the
 * centres of pixels, each pixel with a depth once, in rows from the top, at that depth, with that pixel's ids
 * and colour (labels.md §7). Null where nothing does.
 */
export function cloudFault(cloud: PointCloud, pixels: CloudPixels): string | null {
  const { width, depth } = pixels;
  let next = 0;
  const skipTo = (end: number): number => {
    while (next < end && (depth[next] ?? 0) === 0) next++;
    return next;
  };
  const who = (i: number): string =>
    `point ${i} (${cloud.points.slice(i * 3, i * 3 + 3).join(', ')})`;
  for (let i = 0; i < cloud.count; i++) {
    const at = pixelUnder(cloud.points, i, pixels);
    if (typeof at === 'string') return `${who(i)}: ${at}`;
    if (at < next) {
      return `${who(i)}: expected pixels in rows from the top, each once, found ${pixelOf(at, width)}`;
    }
    if (skipTo(at) < at) {
      return `${who(i)}: expected a point of ${pixelOf(next, width)}, found ${pixelOf(at, width)}`;
    }
    next = at + 1;
    const fault =
      depthFault(depthOf(pixels.intrinsics, pointAt(cloud.points, i)), at, pixels) ??
      labelFault(cloud, i, { pixels, at });
    if (fault !== null) return `${who(i)}: ${pixelOf(at, width)}: ${fault}`;
  }
  return skipTo(depth.length) < depth.length
    ? `expected a point of ${pixelOf(next, width)}, at depth ${depth[next]} m, found none`
    : null;
}

const pointAt = (points: Float32Array, i: number): Vec3 => [
  points[i * 3] ?? NaN,
  points[i * 3 + 1] ?? NaN,
  points[i * 3 + 2] ?? NaN,
];

/** The row-major index of the pixel on whose centre a point falls, or why there is none. */
function pixelUnder(
  points: Float32Array,
  i: number,
  { width, height, intrinsics }: CloudPixels,
): number | string {
  const point = pointAt(points, i);
  const meters = depthOf(intrinsics, point);
  if (!(meters > 0 && meters < Infinity)) return 'expected it in front of the camera';
  const place = projectRay(intrinsics, point);
  if (place === null) return 'expected it where the lens shows it';
  const [u, v] = place;
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const isCentre = isWide(intrinsics)
    ? isAlong(rayAt(intrinsics, column + 0.5, row + 0.5), point)
    : Math.abs(u - column - 0.5) <=
        TOLERANCE_PIXELS + ROUNDING_SHARE * Math.abs(u - intrinsics.cx) &&
      Math.abs(v - row - 0.5) <= TOLERANCE_PIXELS + ROUNDING_SHARE * Math.abs(v - intrinsics.cy);
  const inside = column >= 0 && row >= 0 && column < width && row < height;
  return isCentre && inside
    ? row * width + column
    : `expected it on the centre of a pixel, found it at (${u}, ${v})`;
}

/** About the pole of a globe a pixel is nearly no way at all: there, points are told by their directions. */
function isAlong(ray: Vec3 | null, [x, y, z]: Vec3): boolean {
  if (ray === null) return false;
  const far = Math.sqrt(x * x + y * y + z * z);
  const off = [ray[0] - x / far, ray[1] - y / far, ray[2] - z / far];
  return off.every((value) => Math.abs(value) <= ROUNDING_SHARE);
}

function depthFault(z: number, at: number, { depth, depthStepMeters }: CloudPixels): string | null {
  const meters = depth[at] ?? NaN;
  if (meters === 0 && depthStepMeters > 0) return null;
  if (Math.abs(z - meters) <= depthStepMeters / 2 + ROUNDING_SHARE * meters) return null;
  return `expected the depth ${meters} m`;
}

const pixelOf = (at: number, width: number): string =>
  `pixel (${at % width}, ${Math.floor(at / width)})`;

function labelFault(
  { colors, instanceIds, categoryIds }: PointCloud,
  i: number,
  { pixels, at }: Readonly<{ pixels: CloudPixels; at: number }>,
): string | null {
  const { instanceId, categoryId, color } = pixels;
  if (instanceIds[i] !== instanceId[at]) {
    return `expected instance ${instanceId[at]}, found ${instanceIds[i]}`;
  }
  if (categoryIds[i] !== categoryId[at]) {
    return `expected category ${categoryId[at]}, found ${categoryIds[i]}`;
  }
  if (color === null) return null;
  const same = [0, 1, 2].every((channel) => colors[i * 3 + channel] === color[at * 4 + channel]);
  if (same) return null;
  const [expected, found] = [color.subarray(at * 4, at * 4 + 3), colors.subarray(i * 3, i * 3 + 3)];
  return `expected the colour ${expected.join(', ')}, found ${found.join(', ')}`;
}
