import type { InstanceAnnotation } from '../annotate/annotations.ts';
import type { Mat4 } from '../core/geometry.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction } from './frame-under-test.ts';

/** How far RᵀR may be from the identity, and det R from 1. */
const RIGID_TOLERANCE = 1e-6;

/**
 * The camera's pose and every object's are rigid, and scales can be divided by (labels.md §7).
 * @returns whether they are, where contradictions are collected.
 * @throws AnnotationError
 */
export function checkPoses(check: Check): boolean {
  const { camera, annotations } = check.frame;
  const results = [
    attempt(check, () => {
      const fault = rigidFault(camera.worldFromCamera);
      if (fault) throw contradiction(check, `camera: worldFromCamera: ${fault}`);
    }),
    ...annotations.instances.map((instance) => attempt(check, () => checkPose(check, instance))),
  ];
  return results.every(Boolean);
}

function checkPose(check: Check, instance: InstanceAnnotation): void {
  const { instanceId, name, cameraFromObject, scale } = instance;
  const fault = rigidFault(cameraFromObject);
  const who = `instance ${instanceId} (${name})`;
  if (fault) throw contradiction(check, `${who}: cameraFromObject: ${fault}`);
  if (scale.some((factor) => factor === 0 || !Number.isFinite(factor))) {
    const expected = 'expected three finite numbers other than 0';
    throw contradiction(check, `${who}: scale: ${expected}, found [${scale.join(', ')}].`);
  }
}

/** What keeps a row-major 4 × 4 matrix from being a rotation and a translation; null where nothing does. */
export function rigidFault(matrix: Mat4): string | null {
  if (matrix.length !== 16 || !matrix.every(Number.isFinite)) {
    return `expected 16 finite numbers, found ${matrix.length}: [${matrix.join(', ')}].`;
  }
  const at = (row: number, column: number): number => matrix[row * 4 + column] ?? NaN;
  if (at(3, 0) !== 0 || at(3, 1) !== 0 || at(3, 2) !== 0 || at(3, 3) !== 1) {
    return `expected the last row 0, 0, 0, 1, found ${matrix.slice(12).join(', ')}.`;
  }
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      const dot = at(0, i) * at(0, j) + at(1, i) * at(1, j) + at(2, i) * at(2, j);
      const expected = i === j ? 1 : 0;
      if (!(Math.abs(dot - expected) <= RIGID_TOLERANCE)) {
        return `expected a rotation: columns ${i} and ${j} must have the product ${expected}, found ${dot}. Scale belongs beside the pose.`;
      }
    }
  }
  const determinant =
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  if (!(Math.abs(determinant - 1) <= RIGID_TOLERANCE)) {
    return `expected a rotation with determinant 1, found ${determinant}: the axes are mirrored.`;
  }
  return null;
}
