import type { GBuffers } from '#shared/annotate/annotations';
import type { Vec3 } from '#shared/core/geometry';
import { invertAffine, transformPoint } from '#shared/core/matrix';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { dot, subtract } from '../../makers/trace-geometry.ts';
import type { TracedFrame } from '../../makers/trace-triangles.ts';

/** One frame as the page and as the ray-caster see it. */
export type View = Readonly<{ plan: FramePlan; labels: GBuffers; traced: TracedFrame }>;

/** How far from an edge, or a texel border, a pixel's centre may lie and still differ. */
export type Excuses = Readonly<{ edgePixels: number; texelPixels: number }>;

/** Pixels whose id or depth says something else than the ray-caster does. */
export type Differences = Readonly<{ wrong: number; atEdges: number; atTexels: number }>;

/** Looks for pixels of another instance, or where one side has a surface and the other has none. */
export function findDifferences(
  { labels, traced }: View,
  { edgePixels, texelPixels }: Excuses,
): Differences {
  const found = { wrong: 0, atEdges: 0, atTexels: 0 };
  for (const [pixel, id] of traced.instanceId.entries()) {
    const bare = (labels.depth[pixel] ?? 0) === 0;
    if (labels.instanceId[pixel] === id && bare === (traced.depth[pixel] === 0)) continue;
    if ((traced.edgeDistance[pixel] ?? 0) <= edgePixels) found.atEdges++;
    else if ((traced.texelDistance[pixel] ?? 0) <= texelPixels) found.atTexels++;
    else found.wrong++;
  }
  return found;
}

/** Pixels in which both sides see a surface of one instance, away from every edge and texel border. */
export function* settledPixels(
  { labels, traced }: View,
  { edgePixels, texelPixels }: Excuses,
): Generator<number> {
  for (const [pixel, triangle] of traced.triangle.entries()) {
    if (triangle < 0 || labels.instanceId[pixel] !== traced.instanceId[pixel]) continue;
    if ((traced.edgeDistance[pixel] ?? 0) <= edgePixels) continue;
    if ((traced.texelDistance[pixel] ?? 0) <= texelPixels) continue;
    yield pixel;
  }
}

/** Differences of depth in metres. */
export const depthErrors = ({ labels, traced }: View, pixels: readonly number[]): Float64Array =>
  Float64Array.from(pixels, (p) =>
    Math.abs((labels.depth[p] ?? 0) - (traced.depth[p] ?? 0)),
  ).sort();

/** Lengths of the differences of unit normals. */
export const normalErrors = ({ labels, traced }: View, pixels: readonly number[]): Float64Array =>
  Float64Array.from(pixels, (p) =>
    Math.hypot(...subtract(vectorAt(labels.normal, p), vectorAt(traced.normal, p))),
  ).sort();

/** Pixels between each centre and where its depth, lifted into the world, is projected again. */
export function roundTripErrors({ plan, labels }: View, pixels: readonly number[]): Float64Array {
  const { worldFromCamera, intrinsics } = plan.camera;
  const cameraFromWorld = invertAffine(worldFromCamera);
  return Float64Array.from(pixels, (pixel) => {
    const centre = centreOf(labels, pixel);
    const lifted = unprojectPoint(intrinsics, { ...centre, depth: labels.depth[pixel] ?? 0 });
    const inWorld = transformPoint(worldFromCamera, lifted);
    const again = projectPoint(intrinsics, transformPoint(cameraFromWorld, inWorld));
    return again === null ? Infinity : Math.hypot(again.x - centre.x, again.y - centre.y);
  }).sort();
}

/**
 * Pixels of one view seen through another: each is lifted by its depth and falls somewhere between the
 * centres of the other view. Depth and normal of the pixel there span a plane; where the ray through the
 * place meets that plane is the same point of the same surface, as the other view has it. That point,
 * back in the first view, should be at the pixel's centre. Only pixels that both views see on one
 * triangle count, for there the plane is exact.
 * @returns errors in pixels of the first view, smallest first
 */
export function reprojectionErrors(from: View, to: View, excuses: Excuses): Float64Array {
  const settled = new Set(settledPixels(to, excuses));
  const [a, b] = [from.plan.camera, to.plan.camera];
  const [aFromWorld, bFromWorld] = [a, b].map(({ worldFromCamera }) =>
    invertAffine(worldFromCamera),
  ) as [readonly number[], readonly number[]];
  const { width, height } = to.plan.size;
  const errors: number[] = [];
  for (const pixel of settledPixels(from, excuses)) {
    const centre = centreOf(from.labels, pixel);
    const lifted = unprojectPoint(a.intrinsics, {
      ...centre,
      depth: from.labels.depth[pixel] ?? 0,
    });
    const inB = transformPoint(bFromWorld, transformPoint(a.worldFromCamera, lifted));
    const place = projectPoint(b.intrinsics, inB);
    if (!place || Math.min(place.x, place.y) < 0 || place.x >= width || place.y >= height) continue;
    const there = Math.floor(place.y) * width + Math.floor(place.x);
    if (!settled.has(there) || to.traced.triangle[there] !== from.traced.triangle[pixel]) continue;
    const known = unprojectPoint(b.intrinsics, {
      ...centreOf(to.labels, there),
      depth: to.labels.depth[there] ?? 0,
    });
    const normal = vectorAt(to.labels.normal, there);
    const ray = unprojectPoint(b.intrinsics, { ...place, depth: 1 });
    const depth = dot(normal, known) / dot(normal, ray);
    const seen = unprojectPoint(b.intrinsics, { ...place, depth });
    const back = projectPoint(
      a.intrinsics,
      transformPoint(aFromWorld, transformPoint(b.worldFromCamera, seen)),
    );
    errors.push(back ? Math.hypot(back.x - centre.x, back.y - centre.y) : Infinity);
  }
  return Float64Array.from(errors).sort();
}

/** The value below which a share of sorted values lies. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

const centreOf = ({ width }: GBuffers, pixel: number) => ({
  x: (pixel % width) + 0.5,
  y: Math.floor(pixel / width) + 0.5,
});

function vectorAt(image: ArrayLike<number> | undefined, pixel: number): Vec3 {
  const [x, y, z] = [0, 1, 2].map((axis) => image?.[pixel * 3 + axis] ?? NaN);
  return [x ?? NaN, y ?? NaN, z ?? NaN];
}
