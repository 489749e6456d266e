import { isWide } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';

const VGA_PIXELS = 640 * 480;
/** Pictures of VGA size that even a busy machine without a graphics card draws in two minutes, at 5 s each. */
const PICTURES_WITHIN_BASE = 24;
/** A wide picture is drawn in faces of a cube. */
const CUBE_FACES = 6;

/**
 * Longest time of a frame, in milliseconds: `baseMs`, and in proportion more where it takes more than 24 pictures of
 * 640 × 480, since sub-frames and pixels are drawn one after the other.
 */
export function frameTimeoutMs(
  { size, render, camera }: Pick<FramePlan, 'size' | 'render' | 'camera'>,
  baseMs: number,
): number {
  const faces = isWide(camera.intrinsics) ? CUBE_FACES : 1;
  const pictures = (size.width * size.height * render.subframes * faces) / VGA_PIXELS;
  return Math.ceil(baseMs * Math.max(1, pictures / PICTURES_WITHIN_BASE));
}
