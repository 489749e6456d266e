import { keypointTolerance } from '../annotate/annotate-keypoints.ts';
import type { InstanceAnnotation, KeypointAnnotation } from '../annotate/annotations.ts';
import { multiply, transformPoint } from '../core/matrix.ts';
import type { Vec3 } from '../core/geometry.ts';
import { projectPoint } from '../core/pinhole.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction } from './frame-under-test.ts';

/** How far a keypoint may lie from where its point is projected again, pixels. */
const TOLERANCE_PIXELS = 1e-3;
/** What rounding to whole millimetres, and more, may do to a depth that was read back from a file, metres. */
const FILE_TOLERANCE_METERS = 0.001;

/**
 * Keypoints are where their points in the object's frame are projected to; visible ones lie on their
 * instance or have nothing before them, hidden ones do have something (labels.md §5).
 * @throws AnnotationError
 */
export function checkKeypoints(check: Check): void {
  for (const instance of check.frame.annotations.instances) {
    for (const keypoint of instance.keypoints ?? []) {
      attempt(check, () => {
        const fault =
          placeFault(check, instance, keypoint) ?? sightFault(check, instance, keypoint);
        if (fault === null) return;
        const who = `instance ${instance.instanceId} (${instance.name}): keypoint "${keypoint.name}"`;
        throw contradiction(check, `${who}: ${fault}.`);
      });
    }
  }
}

type Placed = Readonly<{ x: number; y: number; depth: number }>;

/** The point through scale, pose and intrinsics; null where it is not in the image. */
function projectAgain(
  { frame }: Check,
  { cameraFromObject, scale: [sx, sy, sz] }: InstanceAnnotation,
  point: Vec3,
): Placed | null {
  const grown = [sx, 0, 0, 0, 0, sy, 0, 0, 0, 0, sz, 0, 0, 0, 0, 1];
  const inCamera = transformPoint(multiply(cameraFromObject, grown), point);
  const { intrinsics, nearMeters, farMeters } = frame.camera;
  const seen = projectPoint(intrinsics, inCamera);
  return seen && seen.depth >= nearMeters && seen.depth <= farMeters ? seen : null;
}

function placeFault(
  check: Check,
  instance: InstanceAnnotation,
  { x, y, v, point }: KeypointAnnotation,
): string | null {
  const { width, height } = check.frame.buffers;
  const seen = point && projectAgain(check, instance, point);
  if (v === 0) {
    if (x !== 0 || y !== 0) return `expected x = y = 0 where v is 0, found ${x}, ${y}`;
    const margin = TOLERANCE_PIXELS;
    const inside =
      seen !== null &&
      seen.x > margin &&
      seen.x < width - margin &&
      seen.y > margin &&
      seen.y < height - margin;
    return inside ? `expected v above 0, as it is in the image at ${seen.x}, ${seen.y}` : null;
  }
  if (!(x >= 0 && x < width && y >= 0 && y < height)) {
    return `expected a place inside ${width}×${height}, found ${x}, ${y}`;
  }
  if (seen === null) return 'expected v = 0, as its point is not in the image';
  const off = Math.max(Math.abs(seen.x - x), Math.abs(seen.y - y));
  return off <= TOLERANCE_PIXELS
    ? null
    : `expected ${seen.x}, ${seen.y}, where its point is projected, found ${x}, ${y}`;
}

function sightFault(
  check: Check,
  instance: InstanceAnnotation,
  { x, y, v, point }: KeypointAnnotation,
): string | null {
  const seen = point && projectAgain(check, instance, point);
  if (v === 0 || seen === null) return null;
  const { width, depth, instanceId } = check.frame.buffers;
  const pixel = Math.floor(y) * width + Math.floor(x);
  const surface = depth[pixel] ?? 0;
  const slack = check.options.source === 'files' ? FILE_TOLERANCE_METERS : 1e-9;
  const limit = seen.depth - keypointTolerance(seen.depth);
  const before = `${surface} m at its pixel, and the point at ${seen.depth} m`;
  if (v === 1) {
    // A file of 16 bits holds 0 beyond its range, where a point that is farther still may be hidden.
    const unknown = surface === 0 && check.options.source === 'files';
    const hidden = unknown || (surface > 0 && surface < limit + slack);
    return hidden ? null : `expected something before it where v is 1, found ${before}`;
  }
  const shown =
    surface === 0 || surface >= limit - slack || instanceId[pixel] === instance.instanceId;
  return shown ? null : `expected nothing before it where v is 2, found ${before}`;
}
