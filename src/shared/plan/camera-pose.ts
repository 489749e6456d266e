import type { Mat4 } from '../core/geometry.ts';
import { worldFromLookAt } from '../core/look-at.ts';
import { multiply } from '../core/matrix.ts';
import { cameraFromView } from '../core/view-pose.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';

/**
 * Pose of the camera that a frame is seen by: that of its view, where it has a rig. Row-major, rigid, OpenCV axes.
 * @throws RangeError where camera and target coincide.
 */
export function cameraPose({ camera, rig }: Pick<SceneSample, 'camera' | 'rig'>): Mat4 {
  const { position, target, rollDegrees } = camera;
  const worldFromCamera = worldFromLookAt(position, target, rollDegrees);
  const view = rig?.views[rig.view];
  return view === undefined ? worldFromCamera : multiply(worldFromCamera, cameraFromView(view));
}
