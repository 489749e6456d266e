import { checkAmodal } from './check-amodal.ts';
import { checkBoxes3d } from './check-boxes3d.ts';
import { checkDepth, checkLengths } from './check-buffers.ts';
import { checkColor } from './check-color.ts';
import { checkKeypoints } from './check-keypoints.ts';
import { checkIds, checkMasks } from './check-masks.ts';
import { checkParts } from './check-parts.ts';
import { checkNormals } from './check-normals.ts';
import { checkPoses } from './check-poses.ts';
import { checkSurfaces } from './check-surfaces.ts';
import { attempt, contradiction } from './frame-under-test.ts';
import type { Check, FrameUnderTest, VerifyOptions } from './frame-under-test.ts';

/**
 * Refuses a frame that contradicts itself (labels.md §9): what passes may be written.
 *
 * Checked are lengths, a colour image of more than one colour, depth, ids, boxes, areas and masks
 * (recomputed another way than they were made), rigid poses, boxes in space and their corners, normals, and
 * that every visible pixel lies within its object's bounds.
 * @throws RenderError `blank` or `internal`, where there is no image to speak of.
 * @throws AnnotationError at the first contradiction, unless they are collected.
 */
export function verifyFrame(frame: FrameUnderTest, options: VerifyOptions): void {
  const check = { frame, options };
  if (!attempt(check, () => checkLengths(check))) return;
  const { absent = [] } = options;
  if (!absent.includes('color')) attempt(check, () => checkColor(check));
  const depth = !absent.includes('depth') && attempt(check, () => checkDepth(check));
  const camera = attempt(check, () => checkIntrinsics(check));
  const ids = attempt(check, () => checkIds(check)) && attempt(check, () => checkMasks(check));
  attempt(check, () => checkAmodal(check));
  if (ids) attempt(check, () => checkParts(check));
  const poses = checkPoses(check);
  if (depth && camera && ids && poses) checkSurfaces(check);
  if (!camera) return;
  if (poses) checkBoxes3d(check);
  if (depth || absent.includes('depth')) attempt(check, () => checkNormals(check));
  checkKeypoints(check);
}

/**
 * Fx and fy can be divided by, cx and cy are numbers.
 * @throws AnnotationError
 */
export function checkIntrinsics(check: Check): void {
  const { fx, fy, cx, cy } = check.frame.camera.intrinsics;
  if (fx > 0 && fy > 0 && [fx, fy, cx, cy].every(Number.isFinite)) return;
  const expected = 'expected fx, fy above 0 and finite cx, cy';
  throw contradiction(check, `camera: ${expected}, found ${[fx, fy, cx, cy].join(', ')}.`);
}
