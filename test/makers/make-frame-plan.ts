import type { ShapeSpec } from '#shared/config/scene-schema';
import { compose } from '#shared/core/matrix';
import type { Intrinsics, Mat4, Quat, Size, Vec3 } from '#shared/core/geometry';
import type { FramePlan, PlanNode } from '#shared/plan/frame-plan';

/** One shape of a made plan; the first is instance 1, and so on, unless `instanceId` says otherwise. */
export type MadeShape = Readonly<{
  shape: ShapeSpec;
  position?: Vec3;
  orientation?: Quat;
  scale?: Vec3;
  instanceId?: number;
}>;

export type MadePlan = Readonly<{
  size: Size;
  intrinsics: Intrinsics;
  shapes: readonly MadeShape[];
  /** Row-major, OpenCV axes; absent: at the origin, looking along −Z of the world. */
  worldFromCamera?: Mat4;
  nearMeters?: number;
  farMeters?: number;
}>;

/** A camera at the origin that looks along −Z with Y up, in OpenCV's axes. */
export const CAMERA_AT_ORIGIN: Mat4 = [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1];

/** Intrinsics of a vertical field of view, principal point at the centre or moved by `offset` pixels. */
export function intrinsicsOf(
  { width, height }: Size,
  verticalDegrees: number,
  offset: readonly [number, number] = [0, 0],
): Intrinsics {
  const focal = height / 2 / Math.tan((verticalDegrees * Math.PI) / 360);
  return { fx: focal, fy: focal, cx: width / 2 + offset[0], cy: height / 2 + offset[1] };
}

/** A plan of shapes under an even sky, without lights, noise or anti-aliasing. */
export function makeFramePlan(made: MadePlan): FramePlan {
  const nodes = made.shapes.map((each, index): PlanNode => ({
    kind: 'shape',
    name: `shape-${index}`,
    shape: each.shape,
    worldFromNode: compose(
      each.position ?? [0, 0, 0],
      each.orientation ?? [1, 0, 0, 0],
      each.scale ?? [1, 1, 1],
    ),
    instanceId: each.instanceId ?? index + 1,
    castShadow: true,
    receiveShadow: true,
  }));
  return {
    protocol: 1,
    frame: 0,
    size: made.size,
    camera: {
      worldFromCamera: made.worldFromCamera ?? CAMERA_AT_ORIGIN,
      intrinsics: made.intrinsics,
      nearMeters: made.nearMeters ?? 0.02,
      farMeters: made.farMeters ?? 100,
    },
    stage: null,
    nodes,
    lights: [],
    lightCapacity: { directional: 0, point: 0, spot: 0 },
    environment: {
      map: null,
      format: null,
      rotationRadians: 0,
      strength: 1,
      background: { kind: 'color', color: [0.2, 0.3, 0.4] },
    },
    instances: [],
    shadowBounds: { center: [0, 0, 0], radius: 1 },
    sensor: {
      exposure: 1,
      blurSigmaPixels: 0,
      vignetting: 0,
      noise: null,
      whiteBalance: [1, 1, 1],
      toneMapping: 'none',
      noiseKey: 1,
    },
    render: { samples: 0, subframes: 1, shadowMapPixels: 256, ambientOcclusion: null },
    labels: { opaqueFrom: 0.5, normals: false, silhouettes: null },
  };
}
