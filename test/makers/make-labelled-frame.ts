import type { GBuffers } from '#shared/annotate/annotations';
import type { Mat4 } from '#shared/core/geometry';
import type { FramePlan, PlanInstance } from '#shared/plan/frame-plan';
import { makeIds } from './make-mask.ts';

/** A plan beside the pixels that a page would send for it. */
export type LabelledFrame = Readonly<{ plan: FramePlan; buffers: GBuffers }>;

/** Row-major translation. */
export function translation(x: number, y: number, z: number): Mat4 {
  return [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
}

/** An instance 2 m in front of a camera at the origin, 4 m wide and high, 2 m deep. */
export function makeInstance(
  instanceId: number,
  changes: Partial<PlanInstance> = {},
): PlanInstance {
  return {
    instanceId,
    categoryId: 1,
    category: 'crate',
    name: `crates[${instanceId - 1}]`,
    assetId: 'builtin/crate',
    worldFromObject: translation(0, 0, 2),
    scale: [1, 1, 1],
    bounds: { min: [-2, -2, -1], max: [2, 2, 1] },
    ...changes,
  };
}

/** A plan whose camera stands at the origin, looks down +z, and has a focal length of one image width. */
export function makeFramePlan(changes: Partial<FramePlan> = {}): FramePlan {
  const size = changes.size ?? { width: 4, height: 3 };
  return {
    protocol: 1,
    frame: 17,
    size,
    camera: {
      worldFromCamera: translation(0, 0, 0),
      intrinsics: { fx: size.width, fy: size.width, cx: size.width / 2, cy: size.height / 2 },
      nearMeters: 0.1,
      farMeters: 100,
    },
    stage: null,
    nodes: [],
    lights: [],
    lightCapacity: { directional: 0, point: 0, spot: 0 },
    environment: {
      map: null,
      format: null,
      rotationRadians: 0,
      strength: 1,
      background: { kind: 'color', color: [0, 0, 0] },
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
      noiseKey: 0,
    },
    render: { samples: 0, subframes: 1, shadowMapPixels: 128, ambientOcclusion: null },
    labels: { opaqueFrom: 0.5, normals: false, silhouettes: null },
    ...changes,
  };
}

/**
 * A frame from a drawing of its ids: instances 1..n of {@link makeInstance}, their pixels at 2 m and
 * background at 3 m, and a colour image in which every pixel differs from the next.
 */
export function makeLabelledFrame(
  drawing: string,
  count: number,
  changes: Partial<FramePlan> = {},
): LabelledFrame {
  const { ids, size } = makeIds(drawing);
  const instances = Array.from({ length: count }, (_, i) => makeInstance(i + 1));
  const color = new Uint8Array(ids.length * 4);
  for (let i = 0; i < ids.length; i++)
    color.set([i % 251, (i * 7) % 253, (ids[i] ?? 0) * 40, 255], i * 4);
  const depth = Float32Array.from(ids, (id) => (id === 0 ? 3 : 2));
  return {
    plan: makeFramePlan({ size, instances, ...changes }),
    buffers: { ...size, color, instanceId: ids, depth },
  };
}
