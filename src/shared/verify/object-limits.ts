import type { Bounds, Mat4, Vec3 } from '../core/geometry.ts';
import { invertAffine } from '../core/matrix.ts';

/** Numbers of one instance in the table: 12 of objectFromSensor (row-major 3 × 4), then 3 low and 3 high limits. */
const STRIDE = 18;

/** An object with its pose for a sensor. */
export type PlacedObject = Readonly<{
  instanceId: number;
  sensorFromObject: Mat4;
  bounds: Bounds | null;
  scale: Vec3;
}>;

/** Where surfaces of objects may be, by instance id: what is not known or has no bounds, anywhere. */
export function limitsTable(objects: readonly PlacedObject[]): Float64Array {
  const highest = objects.reduce((id, { instanceId }) => Math.max(id, instanceId), 0);
  const table = new Float64Array((highest + 1) * STRIDE);
  for (let id = 0; id <= highest; id++) acceptEverything(table, id);
  for (const { instanceId, sensorFromObject, bounds, scale } of objects) {
    if (bounds === null) continue;
    table.set(invertAffine(sensorFromObject).slice(0, 12), instanceId * STRIDE);
    const limits = scaledBounds(bounds, scale);
    table.set(limits.min, instanceId * STRIDE + 12);
    table.set(limits.max, instanceId * STRIDE + 15);
  }
  return table;
}

/** Along which axis of the object a point is outside, and where. */
export type Outside = Readonly<{ axis: number; value: number }>;

/**
 * The axis of the object along which a point lies outside its limits, if any.
 * @param point x, y, z of the sensor's frame, and how far outside it may lie; metres.
 */
export function findOutside(table: Float64Array, id: number, point: Float64Array): Outside | null {
  const base = id * STRIDE;
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
    const low = table[base + 12 + axis] ?? -Infinity;
    const high = table[base + 15 + axis] ?? Infinity;
    if (value < low - slack || value > high + slack) return { axis, value };
  }
  return null;
}

/** Lets an instance be anywhere from here on. */
export function acceptEverything(table: Float64Array, id: number): void {
  table.fill(-Infinity, id * STRIDE + 12, id * STRIDE + 15);
  table.fill(Infinity, id * STRIDE + 15, id * STRIDE + 18);
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
