import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanSensor } from '#shared/plan/plan-sensor';
import { makeFramePlan } from '../../makers/make-frame-plan.ts';
import { linearFromByte } from './read-color.ts';

/** An even background and nothing in view: every pixel of a channel has the same mean. */
export function makeFlatField(
  color: LinearRgb,
  sensor: Partial<PlanSensor>,
  side = 256,
): FramePlan {
  const plan = makeFramePlan({
    size: { width: side, height: side },
    intrinsics: { fx: side, fy: side, cx: side / 2, cy: side / 2 },
    shapes: [{ shape: { kind: 'sphere', radius: 0.1, segments: 8 }, position: [0, 0, 5] }],
  });
  return {
    ...plan,
    environment: { ...plan.environment, background: { kind: 'color', color } },
    sensor: { ...plan.sensor, ...sensor },
  };
}

/** Linear light of every value of every channel. */
export function valuesOf({ color }: GBuffers): Float64Array {
  const values = new Float64Array((color.length / 4) * 3);
  for (let from = 0, to = 0; from < color.length; from += 4, to += 3)
    for (let c = 0; c < 3; c++) values[to + c] = linearFromByte(color[from + c] ?? 0);
  return values;
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function covarianceOf(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, v, i) => sum + (v - meanA) * ((b[i] ?? 0) - meanB), 0) / a.length;
}

/** Variance, without what rounding to bytes adds: a twelfth of a step squared (Sheppard's correction). */
export function varianceOf(values: Float64Array): number {
  const at = mean(values);
  let low = 0;
  while (linearFromByte(low + 1) <= at) low += 1;
  const step = linearFromByte(low + 1) - linearFromByte(low);
  return covarianceOf(values, values) - (step * step) / 12;
}

/** Least-squares line through points, each weighted by 1/y²: [offset, slope]. */
export function fitLine(points: readonly (readonly [number, number])[]): readonly [number, number] {
  let [s, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const w = 1 / (y * y);
    [s, sx, sy, sxx, sxy] = [s + w, sx + w * x, sy + w * y, sxx + w * x * x, sxy + w * x * y];
  }
  const slope = (s * sxy - sx * sy) / (s * sxx - sx * sx);
  return [(sy - slope * sx) / s, slope];
}
