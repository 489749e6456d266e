import type { Mat4 } from '../core/geometry.ts';
import { IDENTITY, multiply } from '../core/matrix.ts';
import { cameraFromView } from '../core/view-pose.ts';
import type { LidarSample } from '../sampling/lidar-sample.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { cameraPose } from './camera-pose.ts';

/** Maps a lidar's axes (x forward, y left, z up; REP 103) to OpenCV's (x right, y down, z forward). */
// prettier-ignore
export const OPTICAL_FROM_LIDAR: Mat4 = [
  0, -1, 0, 0,
  0, 0, -1, 0,
  1, 0, 0, 0,
  0, 0, 0, 1,
];
/** Its inverse. */
// prettier-ignore
export const LIDAR_FROM_OPTICAL: Mat4 = [
  0, 0, 1, 0,
  -1, 0, 0, 0,
  0, -1, 0, 0,
  0, 0, 0, 1,
];
/** A camera in the world's origin that looks along −z: OpenCV axes. */
// prettier-ignore
const WORLD_FROM_AHEAD: Mat4 = [
  1, 0, 0, 0,
  0, -1, 0, 0,
  0, 0, -1, 0,
  0, 0, 0, 1,
];
/** A heading shorter than this is none: the camera looks straight up or down. */
const LEAST_HEADING = 1e-6;

/**
 * Pose of a lidar in the world: row-major, rigid; the lidar's frame is x forward, y left, z up. The camera is
 * that of the rig, where there is one, and not that of a view.
 * @throws RangeError where it has to be level with a camera that looks straight up or down.
 */
export function lidarPose(
  { camera }: Pick<SceneSample, 'camera'>,
  { relativeTo, ...pose }: LidarSample,
): Mat4 {
  if (relativeTo === 'world') {
    const turned = cameraFromView({ ...pose, positionMeters: [0, 0, 0] });
    const standing = at(IDENTITY, pose.positionMeters);
    return multiply(standing, multiply(WORLD_FROM_AHEAD, multiply(turned, OPTICAL_FROM_LIDAR)));
  }
  const worldFromCamera = cameraPose({ camera });
  const base = relativeTo === 'level' ? levelled(worldFromCamera) : worldFromCamera;
  return multiply(base, multiply(cameraFromView(pose), OPTICAL_FROM_LIDAR));
}

/** A camera in the same place with the same heading, upright: OpenCV axes. */
function levelled(worldFromCamera: Mat4): Mat4 {
  const entry = (i: number): number => worldFromCamera[i] ?? NaN;
  const [forwardX, forwardZ] = [entry(2), entry(10)];
  const length = Math.sqrt(forwardX * forwardX + forwardZ * forwardZ);
  if (!(length > LEAST_HEADING)) {
    throw new RangeError(
      'expected a camera with a heading, found one that looks straight up or down: set relativeTo to camera or world',
    );
  }
  const [x, z] = [forwardX / length, forwardZ / length];
  return at([-z, 0, x, 0, 0, -1, 0, 0, x, 0, z, 0, 0, 0, 0, 1], [entry(3), entry(7), entry(11)]);
}

function at(pose: Mat4, [x, y, z]: readonly [number, number, number]): Mat4 {
  const moved = [...pose];
  [moved[3], moved[7], moved[11]] = [x, y, z];
  return moved;
}
