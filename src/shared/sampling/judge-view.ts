import type { CameraSees } from '../config/camera-sees-schema.ts';
import type { Size } from '../core/geometry.ts';
import { worldFromLookAt } from '../core/look-at.ts';
import { invertAffine, transformPoint } from '../core/matrix.ts';
import { projectPoint } from '../core/pinhole.ts';
import type { CameraSample } from './scene-sample.ts';
import { contains, distanceTo, hides, middleOfThing, type Thing } from './visible-things.ts';

/** How a view compares with what it must have. */
export type Verdict = Readonly<{ good: boolean; seen: number; clearanceMeters: number }>;

/**
 * Judges a view before anything is rendered, by the bounds of things: what surrounds the camera or the
 * middle that is looked at hides nothing.
 */
export function judgeView(
  camera: CameraSample,
  sees: CameraSees,
  { things, image }: Readonly<{ things: readonly Thing[]; image: Size }>,
): Verdict {
  const { position, target } = camera;
  const solid = things.filter((thing) => !(thing.hollow && contains(thing, position)));
  const clearanceMeters = solid.reduce(
    (least, thing) => Math.min(least, distanceTo(thing, position)),
    Infinity,
  );
  if (clearanceMeters < sees.clearanceMeters) return { good: false, seen: 0, clearanceMeters };
  const cameraFromWorld = invertAffine(worldFromLookAt(position, target, camera.rollDegrees));
  const before = solid.filter((thing) => !contains(thing, position));
  const isSeen = (thing: Thing): boolean => {
    const middle = middleOfThing(thing);
    const at = projectPoint(camera.intrinsics, transformPoint(cameraFromWorld, middle));
    if (!at || at.depth < camera.nearMeters || at.depth > camera.farMeters) return false;
    if (at.x < 0 || at.y < 0 || at.x >= image.width || at.y >= image.height) return false;
    return !before.some(
      (other) => other !== thing && !contains(other, middle) && hides(other, position, middle),
    );
  };
  const seen = things.filter((thing) => thing.labelled && isSeen(thing)).length;
  return { good: seen >= sees.objects, seen, clearanceMeters };
}
