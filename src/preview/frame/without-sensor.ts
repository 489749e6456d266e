import type { FramePlan } from '#shared/plan/frame-plan';

/**
 * The plan of the same picture through an ideal sensor: no lens faults, no blur, no noise, no mosaic, no colour cast,
 * an exposure of no length.
 * Exposure, metered or not, and tone curve stay, for without them there is no picture.
 */
export function withoutSensor(plan: FramePlan): FramePlan {
  const { exposure, meter, toneMapping, noiseKey } = plan.sensor;
  const { focus: _, ...camera } = plan.camera;
  const { shutter: _shutter, raw: _raw, ...still } = plan;
  return {
    ...still,
    camera,
    sensor: {
      exposure,
      ...(meter && { meter }),
      blurSigmaPixels: 0,
      vignetting: 0,
      noise: null,
      whiteBalance: [1, 1, 1],
      toneMapping,
      noiseKey,
    },
  };
}
