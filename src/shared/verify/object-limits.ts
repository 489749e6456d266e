import type { Bounds, Mat4, Vec3 } from '../core/geometry.ts';
import { invertAffine } from '../core/matrix.ts';

/**
 * Where surfaces of one object may be, 18 numbers: 12 of objectFromSensor (row-major 3 × 4), then 3 low and 3 high
 * limits.
 */
export type ObjectLimits = Float64Array;

/** An object with its pose for a sensor. */
export type PlacedObject = Readonly<{
  instanceId: number;
  sensorFromObject: Mat4;
  bounds: Bounds | null;
  scale: Vec3;
}>;

/** Where surfaces of objects may be, by instance id: what is not known or has no bounds, anywhere. */
export function limitsTable(objects: readonly PlacedObject[]): readonly ObjectLimits[] {
  const highest = objects.reduce((id, { instanceId }) => Math.max(id, instanceId), 0);
  const table = Array.from({ length: highest + 1 }, () => {
    const limits = new Float64Array(18);
    acceptEverything(limits);
    return limits;
  });
  for (const { instanceId, sensorFromObject, bounds, scale } of objects) {
    if (bounds === null) continue;
    const scaled = scaledBounds(bounds, scale);
    const pose = invertAffine(sensorFromObject).slice(0, 12);
    table[instanceId]?.set([...pose, ...scaled.min, ...scaled.max]);
  }
  return table;
}

/** Along which axis of the object a point is outside, and where. */
export type Outside = Readonly<{ axis: number; value: number }>;

/**
 * The axis of the object along which a point lies outside its limits, if any.
 * @param point x, y, z of the sensor's frame, and how far outside it may lie; metres.
 */
export function findOutside(limits: ObjectLimits, point: Float64Array): Outside | null {
  const x = point[0] ?? NaN;
  const y = point[1] ?? NaN;
  const z = point[2] ?? NaN;
  const slack = point[3] ?? NaN;
  for (let axis = 0; axis < 3; axis++) {
    const row = axis * 4;
    const value =
      (limits[row] ?? 0) * x +
      (limits[row + 1] ?? 0) * y +
      (limits[row + 2] ?? 0) * z +
      (limits[row + 3] ?? 0);
    const low = limits[12 + axis] ?? -Infinity;
    const high = limits[15 + axis] ?? Infinity;
    if (value < low - slack || value > high + slack) return { axis, value };
  }
  return null;
}

/** Lets an object be anywhere from here on. */
export function acceptEverything(limits: ObjectLimits): void {
  limits.fill(-Infinity, 12, 15);
  limits.fill(Infinity, 15, 18);
}

/** Bounds in metres along the object's axes; a negative factor swaps the sides. */
export function scaledBounds({ min, max }: Bounds, scale: Vec3): Bounds {
  const side = (pick: (a: number, b: number) => number): Vec3 => [
    pick(min[0] * scale[0], max[0] * scale[0]),
    pick(min[1] * scale[1], max[1] * scale[1]),
    pick(min[2] * scale[2], max[2] * scale[2]),
  ];
  return { min: side(Math.min), max: side(Math.max) };
}
