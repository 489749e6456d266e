import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers, RayBuffers } from '#shared/annotate/annotations';
import { measureSweeps } from '#shared/annotate/lidar/measure-sweeps';
import type { LidarSweep } from '#shared/annotate/lidar/sweep';
import { lidarDirections, opticalDirections } from '#shared/core/lidar-rays';
import { multiply } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import { OPTICAL_FROM_LIDAR } from '#shared/plan/lidar-pose';
import { sweepFault } from '#shared/verify/check-lidar';
import { castAlong } from '../makers/cast-with-bvh.ts';
import { intrinsicsOf, makeFramePlan } from '../makers/make-frame-plan.ts';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { makePlanLidar } from '../makers/make-lidar.ts';
import { makeOracleModels, type OracleModel } from '../makers/make-oracle-models.ts';
import { makeOracleScene, serveModels } from '../makers/make-oracle-scene.ts';
import { compareWithCast } from './support/compare-cast.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const FAR = 40;
const ELEVATIONS = Array.from({ length: 32 }, (_, ring) => -52 + ring * 2.55);

/** The lidar of the crowd stands amid it, tilted, and sees all around. */
const CROWD = makePlanLidar({
  elevationsDegrees: ELEVATIONS,
  azimuthOffsetsDegrees: ELEVATIONS.map((_, ring) => ((ring % 4) - 1.5) * 1.5),
  turn: { fromDegrees: 180, toDegrees: -180, columns: 400 },
  farMeters: FAR,
  nearMeters: 0.02,
});

/** A floor and a sphere under a spinning lidar 1.5 m above: x forward is the world's −z. */
const [HEIGHT, RADIUS, AHEAD] = [1.5, 0.8, 5];
const STANDING = makePlanLidar(
  {
    elevationsDegrees: [-30, -20, -16, -5],
    turn: { fromDegrees: 180, toDegrees: -180, columns: 720 },
    farMeters: FAR,
  },
  { worldFromLidar: [0, -1, 0, 0, 0, 0, 1, HEIGHT, -1, 0, 0, 0, 0, 0, 0, 1] },
);

const SIZE = { width: 32, height: 24 };

function standingPlan(): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: intrinsicsOf(SIZE, 50),
    shapes: [
      { shape: { kind: 'plane', size: [60, 60] }, position: [0, 0, 0] },
      { shape: { kind: 'sphere', radius: RADIUS, segments: 256 }, position: [0, HEIGHT, -AHEAD] },
    ],
  });
  const bounds = { min: [-30, -30, -30], max: [30, 30, 30] } as const;
  const instances = [1, 2].map((id) => makeInstance(id, { bounds }));
  return { ...plan, instances, lidars: [STANDING] };
}

const seen = new Map<string, readonly RayBuffers[] | undefined>();

describe.each(BACKENDS)('the rays of a lidar on %s', (backend) => {
  let pool: PagePool | undefined;
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
    pool = await openTestPool(backend, serveModels(models));
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it('meet what a ray caster meets, all around', async () => {
    const { plans, meshes } = makeOracleScene(2, models);
    const worldFromCamera = multiply(plans[0].camera.worldFromCamera, [
      ...[1, 0, 0, 0.3, 0, 1, 0, 0.2, 0, 0, 1, 3.5, 0, 0, 0, 1],
    ]);
    const one = { ...CROWD, worldFromLidar: multiply(worldFromCamera, OPTICAL_FROM_LIDAR) };
    const { lidars } = await render({ ...plans[0], lidars: [one] });
    const [found] = lidars ?? [];
    if (found === undefined) throw new Error('expected what the rays meet');
    const cast = castAlong(
      meshes,
      { worldFromCamera, nearMeters: 0.01, farMeters: FAR },
      opticalDirections(lidarDirections(one.lidar)),
    );
    const { wrong, far, agreed, met } = compareWithCast(
      { ...found, distance: found.range },
      { ...cast, distance: cast.range },
    );
    const turned = agreed.filter(
      (ray) => Math.abs((found.facing[ray] ?? 0) - (cast.facing[ray] ?? 0)) > 1e-3,
    ).length;
    console.info(
      `lidar: ${wrong} ids, ${far} ranges, ${turned} cosines differ; ${met} rays with an id`,
    );
    expect(met).toBeGreaterThan(3000);
    // What is left lies within float32 of an edge, or of a texel's border in a mask with holes.
    expect(wrong).toBeLessThanOrEqual(40);
    expect(far).toBeLessThanOrEqual(40);
    expect(turned).toBeLessThanOrEqual(40);
    seen.set(`crowd ${backend}`, lidars);
  });

  it('give a floor rings of radius h / tan e, a sphere its ranges, and the image nothing new', async () => {
    const plan = standingPlan();
    const { lidars: _, ...without } = plan;
    const { lidars, ...image } = await render(plan);
    expect(image).toEqual(await render(without));
    const buffers = { ...image, lidars };
    const [sweep] = measureSweeps(plan, buffers);
    if (sweep === undefined) throw new Error('expected a sweep');
    expect(sweepFault(sweep.record, sweep.points, STANDING.lidar)).toBeNull();
    expect(sweep.record.instances.map(({ points }) => points > 20)).toEqual([true, true]);
    const [floor, sphere] = farthestFrom(sweep);
    expect(floor).toBeLessThan(2e-5);
    // Its facets lie 60 µm inside at most, and slanted rays meet them later.
    expect(sphere).toBeLessThan(1e-3);
    seen.set(`standing ${backend}`, buffers.lidars);
  });
});

/** How far points of the floor and of the sphere are from where closed forms have them, metres. */
function farthestFrom({ points }: LidarSweep): readonly [number, number] {
  const directions = lidarDirections(STANDING.lidar);
  const farthest: [number, number] = [0, 0];
  for (let i = 0; i < points.count; i++) {
    const ray = (points.rings[i] ?? 0) * 720 + (points.columns[i] ?? 0);
    const [x = NaN, y = NaN, z = NaN] = directions.subarray(ray * 3, ray * 3 + 3);
    // The sphere's middle is ahead, as high as the lidar.
    const along = AHEAD * x;
    const root = Math.sqrt(along * along - AHEAD * AHEAD + RADIUS * RADIUS);
    const elevation =
      ((STANDING.lidar.elevationsDegrees[points.rings[i] ?? 0] ?? 0) * Math.PI) / 180;
    const expected =
      points.instanceIds[i] === 2 ? along - root : HEIGHT / Math.tan(-elevation) / Math.hypot(x, y);
    expect(z).toBeLessThan(0);
    const which = points.instanceIds[i] === 2 ? 1 : 0;
    const error = Math.abs((points.ranges[i] ?? NaN) - expected);
    farthest[which] = Math.max(farthest[which], error);
  }
  return farthest;
}

it('are the same on both renderers: ids to the byte, distances to the rounding of float32', () => {
  for (const which of ['crowd', 'standing']) {
    const [mesa, swift] = BACKENDS.map((backend) => seen.get(`${which} ${backend}`)?.[0]);
    expect(mesa?.instanceId.length).toBeGreaterThan(0);
    expect(swift?.instanceId).toEqual(mesa?.instanceId);
    for (const [ray, range] of (mesa?.range ?? []).entries())
      expect(Math.abs((swift?.range[ray] ?? NaN) - range)).toBeLessThanOrEqual(4e-7 * range);
  }
});
