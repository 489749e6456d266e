import type { InstanceAnnotation } from '../annotate/annotations.ts';
import type { Bounds, Vec3 } from '../core/geometry.ts';
import { invertAffine } from '../core/matrix.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction, pixelAt } from './frame-under-test.ts';

/** How far a lifted pixel may lie outside its object's bounds: metres, and share of its depth. */
const TOLERANCE_METERS = 1e-3;
const TOLERANCE_SHARE = 1e-3;

/** Numbers of one instance in the table: 12 of objectFromCamera (row-major 3 × 4), then 3 low and 3 high limits. */
const STRIDE = 18;

/**
 * Every visible pixel, lifted by its depth and the intrinsics into its object's frame, lies within the
 * object's bounds, grown by 1 mm and 0.1 % of its depth (labels.md §9), and by half of what the depth was
 * rounded to. Instances without bounds, as
 * those that deform must be, are not judged. Outside of an image circle there is nothing. Poses must have been checked.
 * @throws AnnotationError
 */
export function checkSurfaces(check: Check): void {
  const { buffers, camera } = check.frame;
  const { width, height, instanceId, depth } = buffers;
  const rays = pixelRays(camera.intrinsics, { width, height });
  // Half a step of depth moves a point by that along its ray, which is longer than its depth.
  const halfStep = (check.options.depthStepMeters ?? 0) / 2;
  const table = buildTable(check);
  const point = new Float64Array(4);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const id = instanceId[at] ?? 0;
      const z = depth[at] ?? 0;
      const rayX = rays.x(u, v);
      if (Number.isNaN(rayX) && (id !== 0 || z !== 0)) reportBesideLens(check, at);
      if (id === 0 || z === 0) continue;
      const rounding = halfStep * rays.length(u, v);
      const slack = TOLERANCE_METERS + TOLERANCE_SHARE * z + rounding;
      const base = id * STRIDE;
      point[0] = rayX * z;
      point[1] = rays.y(u, v) * z;
      point[2] = rays.z(u, v) * z;
      point[3] = slack;
      const found = findOutside(table, base, point);
      if (found === null) continue;
      reportOutside(check, at, found);
      acceptEverything(table, base);
    }
  }
}

type Outside = Readonly<{ axis: number; value: number }>;

/**
 * The axis of the object along which a point lies outside its limits, if any.
 * @param point x, y, z of the camera's frame, and how far outside it may lie; metres.
 */
function findOutside(table: Float64Array, base: number, point: Float64Array): Outside | null {
  const x = point[0] ?? NaN;
  const y = point[1] ?? NaN;
  const z = point[2] ?? NaN;
  const slack = point[3] ?? NaN;
  for (let axis = 0; axis < 3; axis++) {
    const row = base + axis * 4;
    const value =
      (table[row] ?? 0) * x +
      (table[row + 1] ?? 0) * y +
      (table[row + 2] ?? 0) * z +
      (table[row + 3] ?? 0);
    const low = table[base + 12 + axis] ?? 0;
    const high = table[base + 15 + axis] ?? 0;
    if (value < low - slack || value > high + slack) return { axis, value };
  }
  return null;
}

/** Instances that are not judged have limits that everything meets. */
function buildTable(check: Check): Float64Array {
  const { instances, dropped } = check.frame.annotations;
  const table = new Float64Array((instances.length + dropped.length + 1) * STRIDE);
  for (let base = 0; base < table.length; base += STRIDE) acceptEverything(table, base);
  for (const { instanceId, cameraFromObject, bounds, scale } of instances) {
    if (bounds === null) continue;
    table.set(invertAffine(cameraFromObject).slice(0, 12), instanceId * STRIDE);
    const limits = scaledBounds(bounds, scale);
    table.set(limits.min, instanceId * STRIDE + 12);
    table.set(limits.max, instanceId * STRIDE + 15);
  }
  return table;
}

function acceptEverything(table: Float64Array, base: number): void {
  table.fill(-Infinity, base + 12, base + 15);
  table.fill(Infinity, base + 15, base + 18);
}

/** Bounds in metres along the object's axes; a negative factor swaps the sides. */
function scaledBounds({ min, max }: Bounds, scale: Vec3): Bounds {
  const side = (pick: (a: number, b: number) => number): Vec3 => [
    pick(min[0] * scale[0], max[0] * scale[0]),
    pick(min[1] * scale[1], max[1] * scale[1]),
    pick(min[2] * scale[2], max[2] * scale[2]),
  ];
  return { min: side(Math.min), max: side(Math.max) };
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
