import type { Mat4, Vec3 } from '../core/geometry.ts';
import { transformPoint } from '../core/matrix.ts';
import { type ImagePoint, projectPoint } from '../core/pinhole.ts';
import type { FramePlan, PlanInstance } from '../plan/frame-plan.ts';
import type { GBuffers, KeypointAnnotation } from './annotations.ts';

/** How far a surface may lie before a point and still show it: metres, and share of the point's depth (labels.md §5). */
const TOLERANCE_METERS = 0.005;
const TOLERANCE_SHARE = 0.01;

/** The largest distance at which a surface before a point of this depth still shows it, metres. */
export function keypointTolerance(depth: number): number {
  return Math.max(TOLERANCE_METERS, TOLERANCE_SHARE * depth);
}

/** Pixels and camera of the frame that keypoints are looked up in. */
export type KeypointFrame = Readonly<{
  camera: Pick<FramePlan['camera'], 'intrinsics' | 'nearMeters' | 'farMeters'>;
  buffers: Pick<GBuffers, 'width' | 'height' | 'instanceId' | 'depth'>;
}>;

/**
 * Keypoints of an instance (labels.md §5). A point is 0 where it is not in the image: outside, before the
 * near plane, behind the far one, or not on this object at all. It is 2 (visible) where nothing at its
 * pixel is nearer than it by more than {@link keypointTolerance}; where what is there belongs to the
 * instance itself, by more than its list's self-occlusion depth. Else it is 1.
 */
export function annotateKeypoints(
  { instanceId, keypoints, scale }: PlanInstance,
  cameraFromObject: Mat4,
  frame: KeypointFrame,
): readonly KeypointAnnotation[] | undefined {
  if (keypoints === undefined) return undefined;
  const largest = Math.max(...scale.map(Math.abs));
  const ownMeters = keypoints.selfOcclusionMeters * largest;
  return keypoints.points.map(({ name, point }): KeypointAnnotation => {
    const seen = point && projectKeypoint(scaled(point, scale), cameraFromObject, frame);
    if (!seen) return { name, x: 0, y: 0, v: 0, point };
    const { x, y } = seen;
    return { name, x, y, v: isVisible(seen, { instanceId, ownMeters }, frame) ? 2 : 1, point };
  });
}

const scaled = (point: Vec3, scale: Vec3): Vec3 => [
  point[0] * scale[0],
  point[1] * scale[1],
  point[2] * scale[2],
];

/**
 * Where a point of an object (its frame, metres, after scale) is in the image; null where it is not in it.
 */
export function projectKeypoint(
  point: Vec3,
  cameraFromObject: Mat4,
  { camera, buffers }: KeypointFrame,
): ImagePoint | null {
  const seen = projectPoint(camera.intrinsics, transformPoint(cameraFromObject, point));
  if (seen === null || seen.depth < camera.nearMeters || seen.depth > camera.farMeters) return null;
  const inside = seen.x >= 0 && seen.x < buffers.width && seen.y >= 0 && seen.y < buffers.height;
  return inside ? seen : null;
}

function isVisible(
  { x, y, depth }: ImagePoint,
  { instanceId, ownMeters }: Readonly<{ instanceId: number; ownMeters: number }>,
  { buffers }: KeypointFrame,
): boolean {
  const pixel = Math.floor(y) * buffers.width + Math.floor(x);
  const surface = buffers.depth[pixel] ?? 0;
  if (surface === 0) return true;
  const own = buffers.instanceId[pixel] === instanceId;
  const tolerance = Math.max(keypointTolerance(depth), own ? ownMeters : 0);
  return surface >= depth - tolerance;
}
