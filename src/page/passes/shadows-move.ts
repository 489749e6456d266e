import type { FramePlan } from '#shared/plan/frame-plan';

/** Whether a sub-frame has other shadow maps than the one before: what casts them moves, or a light has an extent. */
export function shadowsMove({
  render,
  shutter,
  lights,
}: Pick<FramePlan, 'render' | 'shutter' | 'lights'>): boolean {
  if (render.subframes === 1) return false;
  if (shutter !== undefined) return true;
  return lights.some(
    ({ castShadow, sizeMeters, rectangleMeters }) =>
      castShadow && (sizeMeters > 0 || rectangleMeters !== undefined),
  );
}
