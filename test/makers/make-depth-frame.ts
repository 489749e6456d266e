import type { GBuffers } from '#shared/annotate/annotations';
import type { Intrinsics, Size } from '#shared/core/geometry';
import type { DepthSensorSample } from '#shared/sampling/depth-sensor-sample';
import type { FramePlan } from '#shared/plan/frame-plan';
import { makeFramePlan } from './make-labelled-frame.ts';

export const SENSORS = {
  structuredLight: {
    kind: 'structured-light',
    nearMeters: 0.1,
    farMeters: 60,
    dropout: 0,
    baselineMeters: 0.075,
    side: 'right',
    disparityStepPixels: 0,
    lateral: { pixels: 0, grazingPixels: 0 },
    maxIncidenceDegrees: 90,
    edges: { radiusPixels: 0, stepShare: 0.05, probability: 0 },
    shadow: false,
    axial: { constantMeters: 0.0012, quadraticPerMeter: 0.0019, fromMeters: 0.4, grazing: 0.0001 },
  },
  stereo: {
    kind: 'stereo',
    nearMeters: 0.1,
    farMeters: 60,
    dropout: 0,
    baselineMeters: 0.05,
    side: 'right',
    disparityStepPixels: 0,
    disparitySigmaPixels: 0.1,
    lateral: { pixels: 0, grazingPixels: 0 },
    maxIncidenceDegrees: 90,
    edges: { radiusPixels: 0, stepShare: 0.05, probability: 0 },
    shadow: false,
  },
  timeOfFlight: {
    kind: 'time-of-flight',
    nearMeters: 0.1,
    farMeters: 60,
    dropout: 0,
    modulationMegahertz: 80,
    wraps: false,
    signalElectrons: 100_000,
    ambientElectrons: 10_000,
    contrast: 0.7,
    leastElectrons: 0,
    mixingSigmaPixels: 0,
    reflectance: { from: 0.5, to: 0.5 },
  },
} as const satisfies Readonly<Record<string, DepthSensorSample>>;

/** The geometry of a frame: planar depth and unit normal (camera axes) of each pixel. */
export type MadeDepth = Size &
  Readonly<{
    intrinsics: Intrinsics;
    depthOf: (x: number, y: number) => number;
    normal?: readonly [number, number, number];
  }>;

/** A frame whose depth sensor sees what `made` says. */
export function makeDepthFrame(
  { width, height, intrinsics, depthOf, normal = [0, 0, -1] }: MadeDepth,
  sensor: DepthSensorSample,
  noiseKey = 12345,
): Readonly<{ plan: FramePlan; buffers: GBuffers }> {
  const pixels = width * height;
  const depth = Float32Array.from({ length: pixels }, (_, i) =>
    depthOf(i % width, Math.floor(i / width)),
  );
  const plan = makeFramePlan({
    size: { width, height },
    camera: { ...makeFramePlan().camera, intrinsics },
    depthSensor: { sensor, noiseKey, surfaceKey: 77 },
  });
  const buffers = {
    width,
    height,
    color: new Uint8Array(pixels * 4),
    instanceId: new Uint16Array(pixels),
    depth,
    normal: Float32Array.from({ length: pixels * 3 }, (_, i) =>
      depth[Math.floor(i / 3)] === 0 ? 0 : (normal[i % 3] ?? NaN),
    ),
  };
  return { plan, buffers };
}
