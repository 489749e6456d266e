import type { InstanceAnnotation } from '../annotate/annotations.ts';
import { type PixelRays, pixelRays } from '../core/pixel-rays.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction, pixelAt } from './frame-under-test.ts';
import {
  acceptEverything,
  findOutside,
  limitsTable,
  type ObjectLimits,
  type Outside,
  scaledBounds,
} from './object-limits.ts';

/** How far a lifted pixel may lie outside its object's bounds: metres, and share of its depth. */
const TOLERANCE_METERS = 1e-3;
const TOLERANCE_SHARE = 1e-3;

/**
 * Every visible pixel, lifted by its depth and the intrinsics into its object's frame, lies within the
 * object's bounds, grown by 1 mm and 0.1 % of its depth (labels.md §9), and by half of what the depth was
 * rounded to. Instances without bounds, as
 * those that deform must be, are not judged. Outside of an image circle there is nothing. Poses must have been checked.
 * @throws AnnotationError
 */
export function checkSurfaces(check: Check): void {
  const { buffers, camera, annotations } = check.frame;
  const { width, height, instanceId: ids, depth } = buffers;
  const rays = pixelRays(camera.intrinsics, { width, height });
  // Only where there is an image circle is there anything outside of it.
  if (camera.intrinsics.distortion?.imageCircleDegrees !== undefined) checkBesideLens(check, rays);
  // Half a step of depth moves a point by that along its ray, which is longer than its depth.
  const halfStep = (check.options.depthStepMeters ?? 0) / 2;
  const table = limitsTable(
    annotations.instances.map((one) => ({ ...one, sensorFromObject: one.cameraFromObject })),
  );
  for (let v = 0, at = 0; v < height; v++) {
    const rowStart = at;
    const rowEnd = at + width;
    while (at < rowEnd) {
      const first = at;
      const id = ids[first] ?? 0;
      // Neighbours in a row are mostly of one instance, whose pose and limits are then read once.
      while (at < rowEnd && ids[at] === id) at++;
      const limits = id === 0 ? undefined : table[id];
      if (limits === undefined) continue;
      const run = { depth, rays, halfStep, v, rowStart, first, end: at };
      const index = firstOutside(limits, run);
      const found = index < 0 ? null : findOutside(limits, liftPixel(run, index));
      if (found === null) continue;
      reportOutside(check, index, found);
      acceptEverything(limits);
    }
  }
}

/** Pixels side by side in row `v`: indices of the image, the end not included. */
type Run = Readonly<{
  depth: Float32Array;
  rays: PixelRays;
  /** Metres. */
  halfStep: number;
  v: number;
  rowStart: number;
  first: number;
  end: number;
}>;

/**
 * The first pixel of a run for whose point {@link findOutside} finds something; −1 where there is none. The same
 * arithmetic for many points: a frame has some 100,000.
 */
function firstOutside(
  limits: ObjectLimits,
  { depth, rays, halfStep, v, rowStart, first, end }: Run,
): number {
  const [xx, xy, xz, xo] = fourOf(limits, 0);
  const [yx, yy, yz, yo] = fourOf(limits, 4);
  const [zx, zy, zz, zo] = fourOf(limits, 8);
  const [lowX, lowY, lowZ, highX] = fourOf(limits, 12);
  const [, , highY, highZ] = fourOf(limits, 14);
  for (let at = first, u = first - rowStart; at < end; at++, u++) {
    const meters = depth[at] ?? NaN;
    if (meters === 0) continue;
    const x = rays.x(u, v) * meters;
    const y = rays.y(u, v) * meters;
    const z = rays.z(u, v) * meters;
    const slack = slackOf(meters) + (halfStep === 0 ? 0 : halfStep * rays.length(u, v));
    const alongX = xx * x + xy * y + xz * z + xo;
    if (alongX < lowX - slack || alongX > highX + slack) return at;
    const alongY = yx * x + yy * y + yz * z + yo;
    if (alongY < lowY - slack || alongY > highY + slack) return at;
    const alongZ = zx * x + zy * y + zz * z + zo;
    if (alongZ < lowZ - slack || alongZ > highZ + slack) return at;
  }
  return -1;
}

const fourOf = (limits: ObjectLimits, at: number): readonly [number, number, number, number] => [
  limits[at] ?? NaN,
  limits[at + 1] ?? NaN,
  limits[at + 2] ?? NaN,
  limits[at + 3] ?? NaN,
];

const slackOf = (meters: number): number => TOLERANCE_METERS + TOLERANCE_SHARE * meters;

/** A pixel's point in the camera's frame, and how far outside it may lie; metres. */
function liftPixel({ depth, rays, halfStep, v, rowStart }: Run, index: number): Float64Array {
  const u = index - rowStart;
  const meters = depth[index] ?? NaN;
  const slack = slackOf(meters) + halfStep * rays.length(u, v);
  return Float64Array.of(
    rays.x(u, v) * meters,
    rays.y(u, v) * meters,
    rays.z(u, v) * meters,
    slack,
  );
}

/** Where the lens shows nothing, nothing is drawn. */
function checkBesideLens(check: Check, rays: PixelRays): void {
  const { width, height, instanceId, depth } = check.frame.buffers;
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const isEmpty = instanceId[at] === 0 && depth[at] === 0;
      if (!isEmpty && Number.isNaN(rays.x(u, v))) reportBesideLens(check, at);
    }
  }
}

function reportBesideLens(check: Check, index: number): void {
  const { instanceId, depth } = check.frame.buffers;
  attempt(check, () => {
    const found = `instance ${instanceId[index]} at ${depth[index]} m`;
    throw contradiction(
      check,
      `${pixelAt(check, index)}: expected nothing where the lens shows nothing, found ${found}.`,
    );
  });
}

/** In a function of its own: a closure in the loop above would cost an allocation for each pixel. */
function reportOutside(check: Check, index: number, found: Outside): void {
  attempt(check, () => {
    throw outside(check, index, found);
  });
}

function outside(check: Check, index: number, found: Outside): Error {
  const { buffers, annotations } = check.frame;
  const id = buffers.instanceId[index];
  const instance = annotations.instances.find((one: InstanceAnnotation) => one.instanceId === id);
  const limits = instance?.bounds ? scaledBounds(instance.bounds, instance.scale) : null;
  const range = `${limits?.min[found.axis]}..${limits?.max[found.axis]} m`;
  const axis = 'xyz'[found.axis];
  return contradiction(
    check,
    `instance ${id} (${instance?.name}): ${pixelAt(check, index)} at depth ${buffers.depth[index]} m: ` +
      `expected ${axis} within ${range} of the object, found ${found.value} m. ` +
      'Depth, id, pose and bounds do not belong together.',
  );
}
