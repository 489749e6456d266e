import type { LinearRgb, Vec3 } from '#shared/core/geometry';
import type { FramePlan, PlanLight } from '#shared/plan/frame-plan';
import { worldFromLookAt } from '#shared/core/look-at';
import { intrinsicsOf, makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makePaint, makePattern, withMaterials } from '../page/support/made-plans.ts';

const SIZE = { width: 96, height: 72 };

/** A bevelled box, a ball and a can on a slab. */
const SHAPES: readonly MadeShape[] = [
  {
    shape: { kind: 'box', size: [4, 0.1, 4], bevelMeters: 0 },
    position: [0, -0.05, 0],
    instanceId: 0,
  },
  {
    shape: { kind: 'box', size: [0.5, 0.4, 0.4], bevelMeters: 0.03 },
    position: [-0.5, 0.2, 0],
    orientation: [0.9689124217106447, 0, 0.24740395925452294, 0],
  },
  { shape: { kind: 'sphere', radius: 0.25, segments: 32 }, position: [0.15, 0.25, -0.2] },
  {
    shape: { kind: 'cylinder', radius: 0.15, height: 0.5, segments: 24 },
    position: [0.65, 0.25, 0.15],
  },
];

const GREYS: LinearRgb = [0.5, 0.5, 0.5];
const PAINTS: readonly LinearRgb[] = [[0.35, 0.35, 0.35], [0.6, 0.2, 0.1], GREYS, [0.1, 0.25, 0.6]];

function makeScene(): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 40),
    worldFromCamera: worldFromLookAt([0.3, 1.2, 2.2], [0, 0.2, 0], 4),
    shapes: SHAPES.map((shape, i) => ({ instanceId: i, ...shape })),
  });
  const instances = plan.nodes.flatMap((node) => {
    if (node.instanceId === 0 || node.kind !== 'shape') return [];
    return [
      {
        instanceId: node.instanceId,
        categoryId: node.instanceId,
        category: node.shape.kind,
        name: node.name,
        assetId: null,
        worldFromObject: node.worldFromNode,
        scale: [1, 1, 1] as const,
        bounds: null,
      },
    ];
  });
  return withMaterials(
    { ...plan, instances, shadowBounds: { center: [0, 0.25, 0], radius: 1.2 } },
    PAINTS.map(makePaint),
  );
}

type LightPlace = Readonly<{ kind: PlanLight['kind']; position: Vec3; intensity: number }>;

function withLights(plan: FramePlan, lights: readonly LightPlace[]): FramePlan {
  const capacity = { directional: 0, point: 0, spot: 0 };
  for (const { kind } of lights) capacity[kind]++;
  return {
    ...plan,
    lightCapacity: capacity,
    lights: lights.map((light) => ({
      ...light,
      target: [0, 0.2, 0],
      color: [1, 0.9, 0.8],
      castShadow: true,
      sizeMeters: 0.1,
      coneRadians: 0.5,
      penumbra: 0.4,
    })),
    environment: { ...plan.environment, strength: 0.5 },
  };
}

const checks = makePattern({
  kind: 'checks',
  colors: [
    [0.7, 0.7, 0.7],
    [0.1, 0.1, 0.15],
  ],
});
const stripes = makePattern({
  kind: 'stripes',
  colors: [
    [0.8, 0.7, 0.2],
    [0.2, 0.3, 0.1],
    [0.5, 0.1, 0.1],
  ],
});
const gradient = makePattern({
  kind: 'gradient',
  colors: [
    [0.05, 0.1, 0.4],
    [0.7, 0.8, 0.9],
  ],
});

/** Plans of small images, by name. Only what is simple and settled: shapes, plain patterns, lights. */
export const SCENARIOS: Readonly<Record<string, FramePlan>> = {
  sun: withLights(makeScene(), [{ kind: 'directional', position: [1, 2, 1.5], intensity: 1 }]),
  patterns: withMaterials(makeScene(), [checks, stripes, gradient, checks]),
  lamps: {
    ...withLights(makeScene(), [
      { kind: 'point', position: [-0.8, 1.2, 0.8], intensity: 0.6 },
      { kind: 'spot', position: [1, 1.5, 0.5], intensity: 1.2 },
    ]),
    render: { samples: 0, subframes: 4, shadowMapPixels: 256, ambientOcclusion: null },
  },
  camera: {
    ...makeScene(),
    render: {
      samples: 4,
      subframes: 1,
      shadowMapPixels: 256,
      ambientOcclusion: { radiusMeters: 0.15, strength: 1 },
    },
    sensor: {
      exposure: 1.4,
      blurSigmaPixels: 0.6,
      vignetting: 0.5,
      noise: { fullWellElectrons: 3000, readElectrons: 4 },
      whiteBalance: [1.1, 1, 0.85],
      toneMapping: 'agx',
      noiseKey: 20_260_101,
    },
  },
};
