import type { Mat4, Vec3 } from '../core/geometry.ts';
import { compose, multiply } from '../core/matrix.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import type { NodeSample } from './scene-sample.ts';

/** Turn about +Y as a unit quaternion [w, x, y, z]; degrees. */
export function yawQuaternion(yawDegrees: number): readonly [number, number, number, number] {
  const half = (yawDegrees * DEGREE) / 2;
  return [cos(half), 0, sin(half), 0];
}

/** Origin of a row-major matrix's frame. */
export function originOf(matrix: Mat4): Vec3 {
  return [matrix[3] ?? 0, matrix[7] ?? 0, matrix[11] ?? 0];
}

/** Where a node stands once its sample has moved and turned it about the vertical through its origin. */
export function movedNodeMatrix(worldFromNode: Mat4, sample: NodeSample | undefined): Mat4 {
  if (sample === undefined || !isMoved(sample)) return worldFromNode;
  const [x, y, z] = originOf(worldFromNode);
  const [dx, dy, dz] = sample.offsetMeters;
  const turn = compose([x + dx, y + dy, z + dz], yawQuaternion(sample.yawDegrees), [1, 1, 1]);
  const toOrigin = compose([-x, -y, -z], [1, 0, 0, 0], [1, 1, 1]);
  return multiply(turn, multiply(toOrigin, worldFromNode));
}

/** Whether a sample leaves a node anywhere but where the scene put it. */
export function isMoved({ offsetMeters, yawDegrees }: NodeSample): boolean {
  return yawDegrees !== 0 || offsetMeters.some((offset) => offset !== 0);
}
