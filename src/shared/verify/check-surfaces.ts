import type { InstanceAnnotation } from '../annotate/annotations.ts';
import { pixelRays } from '../core/pixel-rays.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction, pixelAt } from './frame-under-test.ts';
import {
  acceptEverything,
  findOutside,
  limitsTable,
  type Outside,
  scaledBounds,
} from './object-limits.ts';

/** How far a lifted pixel may lie outside its object's bounds: metres, and share of its depth. */
const TOLERANCE_METERS = 1e-3;
const TOLERANCE_SHARE = 1e-3;

/**
 * Every visible pixel, lifted by its depth and the intrinsics into its object's frame, lies within the
 * object's bounds, grown by 1 mm and 0.1 % of its depth (labels.md §9), and by half of what the depth was
 * rounded to. Instances without bounds, as
 * those that deform must be, are not judged. Outside of an image circle there is nothing. Poses must have been checked.
 * @throws AnnotationError
 */
export function checkSurfaces(check: Check): void {
  const { buffers, camera, annotations } = check.frame;
  const { width, height, instanceId, depth } = buffers;
  const rays = pixelRays(camera.intrinsics, { width, height });
  // Half a step of depth moves a point by that along its ray, which is longer than its depth.
  const halfStep = (check.options.depthStepMeters ?? 0) / 2;
  const table = limitsTable(
    annotations.instances.map((one) => ({ ...one, sensorFromObject: one.cameraFromObject })),
  );
  const point = new Float64Array(4);
  for (let v = 0, at = 0; v < height; v++) {
    for (let u = 0; u < width; u++, at++) {
      const id = instanceId[at] ?? 0;
      const z = depth[at] ?? 0;
      const rayX = rays.x(u, v);
      if (Number.isNaN(rayX) && (id !== 0 || z !== 0)) reportBesideLens(check, at);
      if (id === 0 || z === 0) continue;
      const rounding = halfStep * rays.length(u, v);
      const slack = TOLERANCE_METERS + TOLERANCE_SHARE * z + rounding;
      point[0] = rayX * z;
      point[1] = rays.y(u, v) * z;
      point[2] = rays.z(u, v) * z;
      point[3] = slack;
      const found = findOutside(table, id, point);
      if (found === null) continue;
      reportOutside(check, at, found);
      acceptEverything(table, id);
    }
  }
}

function reportBesideLens(check: Check, index: number): void {
  const { instanceId, depth } = check.frame.buffers;
  attempt(check, () => {
    const found = `instance ${instanceId[index]} at ${depth[index]} m`;
    throw contradiction(
      check,
      `${pixelAt(check, index)}: expected nothing where the lens shows nothing, found ${found}.`,
    );
  });
}

/** In a function of its own: a closure in the loop above would cost an allocation for each pixel. */
function reportOutside(check: Check, index: number, found: Outside): void {
  attempt(check, () => {
    throw outside(check, index, found);
  });
}

function outside(check: Check, index: number, found: Outside): Error {
  const { buffers, annotations } = check.frame;
  const id = buffers.instanceId[index];
  const instance = annotations.instances.find((one: InstanceAnnotation) => one.instanceId === id);
  const limits = instance?.bounds ? scaledBounds(instance.bounds, instance.scale) : null;
  const range = `${limits?.min[found.axis]}..${limits?.max[found.axis]} m`;
  const axis = 'xyz'[found.axis];
  return contradiction(
    check,
    `instance ${id} (${instance?.name}): ${pixelAt(check, index)} at depth ${buffers.depth[index]} m: ` +
      `expected ${axis} within ${range} of the object, found ${found.value} m. ` +
      'Depth, id, pose and bounds do not belong together.',
  );
}
