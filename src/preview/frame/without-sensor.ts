import type { FramePlan } from '#shared/plan/frame-plan';

/**
 * The plan of the same picture through an ideal sensor: no blur, no vignetting, no noise, no colour cast.
 * Exposure and tone curve stay, for without them there is no picture.
 */
export function withoutSensor(plan: FramePlan): FramePlan {
  return {
    ...plan,
    sensor: {
      ...plan.sensor,
      blurSigmaPixels: 0,
      vignetting: 0,
      noise: null,
      whiteBalance: [1, 1, 1],
    },
  };
}
