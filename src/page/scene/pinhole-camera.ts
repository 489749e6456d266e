import { Matrix4, PerspectiveCamera } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';

/** Turns OpenCV camera axes (y down, z forward) into three's (y up, looks down −z), and back. */
const FLIP_YZ = new Matrix4().makeScale(1, -1, -1);

type View = Pick<FramePlan, 'camera' | 'size'> & Readonly<{ shift: readonly [number, number] }>;

/**
 * A camera whose projection comes from pixel intrinsics, principal point included, and whose pose is
 * the plan's: the one place where OpenCV's axes become three's (labels.md §2).
 */
export class PinholeCamera extends PerspectiveCamera {
  // Declared, not initialised: the base constructor already asks for the projection matrix.
  declare private pinhole?: View;

  /**
   * Takes pose and intrinsics of a plan; `shift` moves the image by pixels [right, down] (sub-frame jitter).
   * `lens`: a point of the lens to look through, metres [right, down] from its middle; the image is shifted
   * so that the plane in focus stays where it is.
   */
  setPlan(
    plan: FramePlan,
    shift: readonly [number, number] = [0, 0],
    lens: readonly [number, number] = [0, 0],
  ): void {
    const { focus, intrinsics } = plan.camera;
    const [right, down] = lens;
    const held: readonly [number, number] = focus
      ? [
          shift[0] + (intrinsics.fx * right) / focus.distanceMeters,
          shift[1] + (intrinsics.fy * down) / focus.distanceMeters,
        ]
      : shift;
    this.pinhole = { size: plan.size, camera: plan.camera, shift: held };
    this.near = plan.camera.nearMeters;
    this.far = plan.camera.farMeters;
    this.matrixAutoUpdate = false;
    this.matrix.set(...matrixEntries(plan.camera.worldFromCamera));
    if (right !== 0 || down !== 0)
      this.matrix.multiply(new Matrix4().makeTranslation(right, down, 0));
    this.matrix.multiply(FLIP_YZ);
    this.matrix.decompose(this.position, this.quaternion, this.scale);
    this.updateMatrixWorld(true);
    this.updateProjectionMatrix();
  }

  override updateProjectionMatrix(): void {
    if (this.pinhole === undefined) return super.updateProjectionMatrix();
    const { near, far } = this;
    const { width, height } = this.pinhole.size;
    const { fx, fy } = this.pinhole.camera.intrinsics;
    const cx = this.pinhole.camera.intrinsics.cx + this.pinhole.shift[0];
    const cy = this.pinhole.camera.intrinsics.cy + this.pinhole.shift[1];
    this.projectionMatrix.makePerspective(
      (-cx * near) / fx,
      ((width - cx) * near) / fx,
      (cy * near) / fy,
      ((cy - height) * near) / fy,
      near,
      far,
      this.coordinateSystem,
      this.reversedDepth,
    );
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
  }
}

type Entries = Parameters<Matrix4['set']>;

/** The 16 numbers of a row-major matrix, as `Matrix4.set` wants them. */
export function matrixEntries(matrix: readonly number[]): Entries {
  if (matrix.length !== 16)
    throw new RangeError(`expected a 4×4 matrix, got ${matrix.length} numbers`);
  return [...matrix] as Entries;
}
