import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { LinearRgb } from '#shared/core/geometry';
import type { FramePlan, PlanMaterial } from '#shared/plan/frame-plan';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makePattern, withMaterials } from './support/made-plans.ts';
import {
  SHADING_BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
} from './support/open-test-pool.ts';
import { greatestError, pixelAt } from './support/read-color.ts';

const SIZE = { width: 48, height: 48 };

/** A red ball with a highlight, which a roughness makes large or small. */
function makeBall(roughness: number | undefined, map: number | undefined): FramePlan {
  const color: LinearRgb = [0.5, 0.05, 0.05];
  const { texture } = makePattern({ kind: 'gradient', colors: [color, color] });
  if (texture === undefined) throw new Error('a pattern is a texture');
  const source =
    map === undefined || texture.source.kind === 'images'
      ? texture.source
      : { ...texture.source, roughness: [map, map] as const };
  const material: PlanMaterial = { texture: { ...texture, source }, roughness, metalness: 0 };
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 30),
    shapes: [{ shape: { kind: 'sphere', radius: 0.45, segments: 64 }, position: [0, 0, -2] }],
  });
  return withMaterials(
    {
      ...plan,
      environment: { ...plan.environment, strength: 0.2 },
      lights: [
        {
          kind: 'directional',
          ...{ position: [1, 1, 1], target: [0, 0, -2], color: [1, 1, 1], intensity: 0.5 },
          ...{ castShadow: false, sizeMeters: 0, coneRadians: 0.5, penumbra: 0 },
        },
      ],
      lightCapacity: { directional: 1, point: 0, spot: 0 },
    },
    [material],
  );
}

describe.each(SHADING_BACKENDS)('roughness beside a roughness map on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it('is a factor on it: 0.5 × 0.8 looks like 0.4', async () => {
    const factor = await render(makeBall(0.5, 0.8));
    const plain = await render(makeBall(0.4, undefined));
    expect(greatestError(factor, (x, y) => pixelAt(plain, x, y))).toBeLessThanOrEqual(1);
    const whole = await render(makeBall(undefined, 0.8));
    expect(greatestError(whole, (x, y) => pixelAt(plain, x, y))).toBeGreaterThan(10);
  });

  it('absent, the map has the say alone', async () => {
    const map = await render(makeBall(undefined, 0.6));
    const plain = await render(makeBall(0.6, undefined));
    expect(greatestError(map, (x, y) => pixelAt(plain, x, y))).toBeLessThanOrEqual(1);
  });
});
