import type { RigSpec } from '../config/rig-schema.ts';
import { invertAffine, multiply } from '../core/matrix.ts';
import { cameraFromView, type ViewPose } from '../core/view-pose.ts';

/** How far rounding may take an entry of a pose, metres or shares of a unit axis. */
const ROUNDING = 1e-9;

/**
 * Distance between two views that form a rectified pair: they look the same way, and the right one stands
 * farther along the left one's x axis and nowhere else. Metres; null where they do not.
 */
export function rectifiedBaseline(left: ViewPose, right: ViewPose): number | null {
  const leftFromRight = multiply(invertAffine(cameraFromView(left)), cameraFromView(right));
  const baseline = leftFromRight[3] ?? NaN;
  const expected = [1, 0, 0, baseline, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const isRectified = expected.every(
    (value, i) => Math.abs(value - (leftFromRight[i] ?? NaN)) <= ROUNDING,
  );
  return isRectified && baseline > ROUNDING ? baseline : null;
}

/** A view's place in its rectified pair. */
export type PairPlace = Readonly<{
  side: 'left' | 'right';
  /** Index of the other view in the rig. */
  other: number;
}>;

/** The pair that a view of a rig belongs to; null where it has none. @param view Its index. */
export function pairOf(rig: RigSpec | undefined, view: number): PairPlace | null {
  if (rig === undefined) return null;
  const names = Object.keys(rig.views);
  for (const [left, right] of rig.pairs) {
    if (names[view] === left) return { side: 'left', other: names.indexOf(right) };
    if (names[view] === right) return { side: 'right', other: names.indexOf(left) };
  }
  return null;
}
