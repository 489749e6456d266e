import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { FramePlan } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePaint, makePattern, withMaterials } from './support/made-plans.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

/** A box and a ball on a floor, so that there are shadows, contacts and edges to make colour of. */
function makePlan(): FramePlan {
  const size = { width: 64, height: 48 };
  return makeFramePlan({
    size,
    intrinsics: intrinsicsOf(size, 45),
    shapes: [
      { shape: { kind: 'box', size: [4, 0.1, 4], bevelMeters: 0 }, position: [0, -0.5, -2.5] },
      {
        shape: { kind: 'box', size: [0.5, 0.5, 0.5], bevelMeters: 0.02 },
        position: [-0.4, -0.2, -2],
      },
      { shape: { kind: 'sphere', radius: 0.25, segments: 24 }, position: [0.3, -0.2, -2] },
    ],
  });
}

/** Each changes how colour is made, and nothing else. */
const CHANGES: Readonly<Record<string, (plan: FramePlan) => FramePlan>> = {
  noise: (plan) => withSensor(plan, { noise: { fullWellElectrons: 100, readElectrons: 20 } }),
  exposure: (plan) => withSensor(plan, { exposure: 3 }),
  blur: (plan) => withSensor(plan, { blurSigmaPixels: 2 }),
  vignetting: (plan) => withSensor(plan, { vignetting: 1 }),
  'white balance': (plan) => withSensor(plan, { whiteBalance: [2, 1, 0.5] }),
  'tone mapping': (plan) => withSensor(plan, { toneMapping: 'agx' }),
  multisampling: (plan) => withRender(plan, { samples: 4 }),
  'sub-frames': (plan) => withRender(plan, { subframes: 4 }),
  'ambient occlusion': (plan) =>
    withRender(plan, { ambientOcclusion: { radiusMeters: 0.3, strength: 1 } }),
  background: (plan) => ({
    ...plan,
    environment: {
      ...plan.environment,
      strength: 0.5,
      background: { kind: 'environment', blur: 0 },
    },
  }),
  lights: (plan) => ({
    ...plan,
    lightCapacity: { directional: 1, point: 1, spot: 1 },
    lights: (['directional', 'point', 'spot'] as const).map((kind, i) => ({
      kind,
      position: [i - 1, 1, 0] as const,
      target: [0, 0, -2] as const,
      color: [1, 0.8, 0.6] as const,
      intensity: 1,
      castShadow: true,
      sizeMeters: 0.1,
      coneRadians: 0.5,
      penumbra: 0.5,
    })),
  }),
  materials: (plan) => {
    const noise = {
      kind: 'noise',
      colors: [
        [0.1, 0.2, 0.3],
        [0.9, 0.8, 0.7],
      ],
    } as const;
    return withMaterials(plan, [makePattern(noise), makePaint([0.3, 0.3, 0.3]), null]);
  },
};

function withSensor(plan: FramePlan, sensor: Partial<FramePlan['sensor']>): FramePlan {
  return { ...plan, sensor: { ...plan.sensor, ...sensor } };
}

function withRender(plan: FramePlan, render: Partial<FramePlan['render']>): FramePlan {
  return { ...plan, render: { ...plan.render, ...render } };
}

describe.each(BACKENDS)('labels on %s do not depend on colour', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  it.each(Object.keys(CHANGES))('%s', async (name) => {
    const plan = makePlan();
    const changed = CHANGES[name]?.(plan) ?? plan;
    const before = await renderPlan(requireOpen(pool), plan);
    const after = await renderPlan(requireOpen(pool), changed);
    expect([...after.instanceId]).toEqual([...before.instanceId]);
    expect([...after.depth]).toEqual([...before.depth]);
    expect(Buffer.compare(after.color, before.color)).not.toBe(0);
  });
});
