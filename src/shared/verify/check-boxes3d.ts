import type { Box3d, InstanceAnnotation } from '../annotate/annotations.ts';
import type { Bounds, Intrinsics, Vec3 } from '../core/geometry.ts';
import { invertAffine, transformPoint } from '../core/matrix.ts';
import { depthOf, isWide, projectRay, unprojectPoint } from '../core/pinhole.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction } from './frame-under-test.ts';

/** How far a corner may lie from its ray, share of its distance to the camera; numbers are doubles. */
const TOLERANCE = 1e-9;

/** The same for rays: float32 matrices, as files and instanced meshes keep them, are rigid to 1e-7 or so. */
const RAY_TOLERANCE = 1e-6;

/**
 * Boxes are those of the bounds under their scale, and each corner on the image is on the ray to that corner
 * in space: the other way than the one that made it, from the camera seen out of the object (labels.md §7).
 * Poses must have been checked.
 * @throws AnnotationError
 */
export function checkBoxes3d(check: Check): void {
  for (const instance of check.frame.annotations.instances) {
    attempt(check, () => {
      const fault = boxFault(instance, check.frame.camera.intrinsics);
      if (fault === null) return;
      const who = `instance ${instance.instanceId} (${instance.name}): box3d`;
      throw contradiction(check, `${who}: ${fault}.`);
    });
  }
}

function boxFault(instance: InstanceAnnotation, intrinsics: Intrinsics): string | null {
  const { bounds, box3d, scale } = instance;
  if (bounds === null || box3d === undefined) {
    return (bounds === null) === (box3d === undefined)
      ? null
      : `expected a box exactly where there are bounds, found ${box3d ? 'a box' : 'bounds'} alone`;
  }
  return (
    sizeFault(box3d, { bounds, scale }) ?? cornerFault(box3d, { bounds, instance, intrinsics })
  );
}

function sizeFault(
  { center, size, corners }: Box3d,
  { bounds, scale }: Readonly<{ bounds: Bounds; scale: Vec3 }>,
): string | null {
  if (corners.length !== 8) return `expected 8 corners, found ${corners.length}`;
  const sides = sidesOf(bounds, scale);
  for (const axis of [0, 1, 2] as const) {
    const [low, high] = [center[axis] - size[axis] / 2, center[axis] + size[axis] / 2];
    const slack = TOLERANCE * (Math.abs(sides.min[axis]) + Math.abs(sides.max[axis]));
    if (Math.abs(low - sides.min[axis]) <= slack && Math.abs(high - sides.max[axis]) <= slack) {
      continue;
    }
    return `expected ${sides.min[axis]}..${sides.max[axis]} m along ${'xyz'[axis]}, found ${low}..${high}`;
  }
  return null;
}

function cornerFault(
  { corners }: Box3d,
  {
    bounds,
    instance,
    intrinsics,
  }: Readonly<{ bounds: Bounds; instance: InstanceAnnotation; intrinsics: Intrinsics }>,
): string | null {
  const { min, max } = sidesOf(bounds, instance.scale);
  const objectFromCamera = invertAffine(instance.cameraFromObject);
  const eye = transformPoint(objectFromCamera, [0, 0, 0]);
  const [right, down, ahead] = [
    minus(transformPoint(objectFromCamera, [1, 0, 0]), eye),
    minus(transformPoint(objectFromCamera, [0, 1, 0]), eye),
    minus(transformPoint(objectFromCamera, [0, 0, 1]), eye),
  ];
  for (const [index, corner] of corners.entries()) {
    const side = (axis: 0 | 1 | 2): number => ((index >> axis) & 1 ? max : min)[axis];
    const toCorner = minus([side(0), side(1), side(2)], eye);
    const z = dot(toCorner, ahead);
    const far = Math.sqrt(dot(toCorner, toCorner));
    // A corner beside the camera may fall on either side of its plane by rounding.
    if (!isWide(intrinsics) && Math.abs(z) <= RAY_TOLERANCE * far) continue;
    const inCamera: Vec3 = [dot(toCorner, right), dot(toCorner, down), z];
    const shown = sideOfLens(intrinsics, inCamera);
    if (shown === 'fold') continue;
    if ((corner === null) !== (shown === 'beyond')) {
      const why = z < 0 ? 'it is behind the camera' : 'the lens does not show it';
      return `corner ${index}: expected ${corner === null ? `a place on the image, since it is ${z} m ahead` : `null, since ${why}`}, found ${JSON.stringify(corner)}`;
    }
    if (corner === null) continue;
    const onRay = unprojectPoint(intrinsics, {
      x: corner[0],
      y: corner[1],
      depth: depthOf(intrinsics, inCamera),
    });
    const off = minus(minus(transformPoint(objectFromCamera, onRay), eye), toCorner);
    if (Math.sqrt(dot(off, off)) <= RAY_TOLERANCE * (far + Math.sqrt(dot(eye, eye)))) continue;
    return `corner ${index}: expected the corner of its pose, found [${corner.join(', ')}], which is ${Math.sqrt(dot(off, off))} m beside it`;
  }
  return null;
}

/** Whether a lens shows a ray; `fold`: it is so near to the end of what it shows that rounding decides. */
function sideOfLens(intrinsics: Intrinsics, [x, y, z]: Vec3): 'shown' | 'beyond' | 'fold' {
  const [inner, outer] = [1 - RAY_TOLERANCE, 1 + RAY_TOLERANCE].map(
    (share) => projectRay(intrinsics, [x * share, y * share, z]) !== null,
  );
  if (inner !== outer) return 'fold';
  return inner === true ? 'shown' : 'beyond';
}

/** Bounds in metres along the object's axes; a negative factor swaps the sides. */
function sidesOf({ min, max }: Bounds, scale: Vec3): Bounds {
  const side = (pick: (...values: number[]) => number, axis: 0 | 1 | 2): number =>
    pick(min[axis] * scale[axis], max[axis] * scale[axis]);
  return {
    min: [side(Math.min, 0), side(Math.min, 1), side(Math.min, 2)],
    max: [side(Math.max, 0), side(Math.max, 1), side(Math.max, 2)],
  };
}

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
