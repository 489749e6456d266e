import { checkAmodal } from './check-amodal.ts';
import { checkDepth, checkLengths } from './check-buffers.ts';
import { checkColor } from './check-color.ts';
import { checkKeypoints } from './check-keypoints.ts';
import { checkMasks } from './check-masks.ts';
import { checkParts } from './check-parts.ts';
import { checkPoses } from './check-poses.ts';
import { checkSurfaces } from './check-surfaces.ts';
import { contradiction } from './frame-under-test.ts';
import type { Check, FrameUnderTest, VerifyOptions } from './frame-under-test.ts';

/**
 * Refuses a frame that contradicts itself (labels.md §9): what passes may be written.
 *
 * Checked are lengths, a colour image of more than one colour, depth, ids, boxes, areas and masks
 * (recomputed another way than they were made), rigid poses, and that every visible pixel lies within
 * its object's bounds.
 * @throws RenderError `blank` or `internal`, where there is no image to speak of.
 * @throws AnnotationError at the first contradiction.
 */
export function verifyFrame(frame: FrameUnderTest, options: VerifyOptions): void {
  const check = { frame, options };
  checkLengths(check);
  checkColor(check);
  checkDepth(check);
  checkIntrinsics(check);
  checkMasks(check);
  checkAmodal(check);
  checkParts(check);
  checkPoses(check);
  checkSurfaces(check);
  checkKeypoints(check);
}

function checkIntrinsics(check: Check): void {
  const { fx, fy, cx, cy } = check.frame.camera.intrinsics;
  if (fx > 0 && fy > 0 && [fx, fy, cx, cy].every(Number.isFinite)) return;
  const expected = 'expected fx, fy above 0 and finite cx, cy';
  throw contradiction(check, `camera: ${expected}, found ${[fx, fy, cx, cy].join(', ')}.`);
}
