import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { GBuffers } from '#shared/annotate/annotations';
import type { Intrinsics } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { pixelRays } from '#shared/core/pixel-rays';
import { rayAt } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { castWithBvh, type CastFrame } from '../makers/cast-with-bvh.ts';
import { makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { makeOracleModels, type OracleModel } from '../makers/make-oracle-models.ts';
import { makeOracleScene, serveModels } from '../makers/make-oracle-scene.ts';
import { castAlone, compareWithCast } from './support/compare-cast.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import {
  BACKENDS,
  openTestPool,
  renderPlan,
  requireOpen,
  SHADING_BACKENDS,
} from './support/open-test-pool.ts';
import { linearFromByte } from './support/read-color.ts';

const FISHEYE_SIZE = { width: 200, height: 160 };
const GLOBE_SIZE = { width: 256, height: 128 };

/** 200° across the width, which a circle cuts off at the corners; and all there is. */
const LENSES = {
  fisheye: {
    size: FISHEYE_SIZE,
    intrinsics: {
      fx: 56,
      fy: 56,
      cx: 100,
      cy: 80,
      distortion: {
        model: 'kannala-brandt',
        coefficients: [0.01, -0.002, 0, 0],
        wide: true,
        imageCircleDegrees: 200,
      },
    },
  },
  globe: {
    size: GLOBE_SIZE,
    intrinsics: {
      fx: 256 / (2 * Math.PI),
      fy: 128 / Math.PI,
      cx: 128,
      cy: 64,
      distortion: { model: 'equirectangular', coefficients: [], wide: true },
    },
  },
} as const satisfies Record<string, { size: FramePlan['size']; intrinsics: Intrinsics }>;
type Name = keyof typeof LENSES;

const crowds = new Map<Name, Readonly<{ plan: FramePlan; cast: CastFrame }>>();

/** From within a crowd of shapes and models, and what each pixel's own ray meets in it. */
function crowdAround(name: Name, models: readonly OracleModel[]) {
  const known = crowds.get(name);
  if (known) return known;
  const { plans, meshes } = makeOracleScene(2, models);
  const { size, intrinsics } = LENSES[name];
  const worldFromCamera = worldFromLookAt([0.1, 1.15, -4.6], [0.6, 1.3, -8], 7);
  const camera = { ...plans[0].camera, intrinsics, worldFromCamera };
  const plan = { ...plans[0], camera, size };
  const made = { plan, cast: castWithBvh(meshes, camera, size) };
  crowds.set(name, made);
  return made;
}

/** Around the camera: in front, at the edge of two faces, behind across the seam, and overhead. */
const SHAPES: readonly MadeShape[] = [
  { shape: { kind: 'box', size: [0.5, 0.4, 0.3], bevelMeters: 0 }, position: [0.2, -0.3, -2] },
  { shape: { kind: 'sphere', radius: 0.3, segments: 96 }, position: [1.5, 0.1, -1.5] },
  { shape: { kind: 'box', size: [0.9, 0.6, 0.3], bevelMeters: 0 }, position: [0, 0.2, 2] },
  { shape: { kind: 'box', size: [0.8, 0.2, 0.5], bevelMeters: 0 }, position: [-0.4, 1.3, 0.1] },
];

/** Bright shapes around the camera, before a grey ground or a black one, without noise. */
function makeView(name: Name, background: number): FramePlan {
  const { size, intrinsics } = LENSES[name];
  const made = makeFramePlan({ size, intrinsics, shapes: SHAPES });
  const painted = withMaterials(
    made,
    SHAPES.map(() => makePaint([1, 1, 1])),
  );
  return {
    ...painted,
    instances: SHAPES.map((_, i) => makeInstance(i + 1)),
    labels: { ...made.labels, normals: true, silhouettes: { guardBand: 0.1 } },
    environment: {
      ...made.environment,
      background: { kind: 'color', color: [background, background, background] },
    },
    sensor: { ...made.sensor, exposure: 0.5 },
    render: { ...made.render, subframes: 16, ambientOcclusion: null },
  };
}

const renders = new Map<string, GBuffers>();

describe.each(BACKENDS)('labels through a wide lens on %s', (backend) => {
  let pool: PagePool | undefined;
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
    pool = await openTestPool(backend, serveModels(models));
  });
  afterAll(() => pool?.close());

  it.each(Object.keys(LENSES) as Name[])(
    'give every pixel the id and the range of what its own ray meets first: %s',
    async (name) => {
      const { plan, cast } = crowdAround(name, models);
      const labels = await renderPlan(requireOpen(pool), plan);
      const rays = pixelRays(plan.camera.intrinsics, plan.size);
      const { width } = plan.size;
      const { wrong, far, met } = compareWithCast(
        { ...labels, distance: labels.depth },
        { ...cast, distance: cast.depth },
      );
      let [behind, away] = [0, 0];
      for (const [pixel, id] of cast.instanceId.entries()) {
        if (id === 0) continue;
        const [u, v] = [pixel % width, Math.floor(pixel / width)];
        if (rays.z(u, v) < 0) behind++;
        const [x = NaN, y = NaN, z = NaN] = labels.normal?.subarray(pixel * 3) ?? [];
        const facing = x * rays.x(u, v) + y * rays.y(u, v) + z * rays.z(u, v);
        if (!(Math.abs(Math.hypot(x, y, z) - 1) < 1e-5 && facing < 1e-4)) away++;
      }
      console.info(`${name}: ${wrong} ids and ${far} ranges differ of ${met} pixels with an id`);
      expect(met).toBeGreaterThan(10_000);
      expect(behind).toBeGreaterThan(name === 'globe' ? 5000 : 1000);
      expect([wrong, far, away]).toEqual([0, 0, 0]);
      const other = renders.get(name);
      renders.set(name, labels);
      if (other === undefined) return;
      // Back ends agree: in every id, and in numbers but for the order in which they add.
      expect(labels.instanceId).toEqual(other.instanceId);
      expect(greatestShare(labels.depth, other.depth)).toBeLessThan(1e-6);
      expect(greatestShare(labels.normal ?? [], other.normal ?? [])).toBeLessThan(1e-6);
    },
  );

  it.each(Object.keys(LENSES) as Name[])(
    'give each object alone what rays meet of it, a sphere its closed form: %s',
    async (name) => {
      const plan = makeView(name, 0);
      const labels = await renderPlan(requireOpen(pool), plan);
      expect(differencesOfSphere(plan, labels)).toBe(0);
      const { silhouettes = [] } = labels;
      const seen = SHAPES.flatMap((_, i) => {
        const { cast, band } = castAlone(plan, i + 1);
        const count = cast.instanceId.reduce((sum, id) => sum + (id > 0 ? 1 : 0), 0);
        return count > 0 ? [{ id: i + 1, cast, band, count }] : [];
      });
      expect(silhouettes.map(({ instanceId }) => instanceId)).toEqual(seen.map(({ id }) => id));
      expect(seen.length).toBe(name === 'globe' ? 4 : 3);
      for (const [i, { instanceId, tile, mask, clipped }] of silhouettes.entries()) {
        const { cast, band, count } = seen[i] ?? { cast: null, band: [0, 0, 0], count: NaN };
        const [left, top, width] = band;
        let agreed = 0;
        for (const [at, inside] of mask.entries()) {
          const u = tile[0] - left + (at % tile[2]);
          const v = tile[1] - top + Math.floor(at / tile[2]);
          if (inside === 1 && (cast?.instanceId[v * width + u] ?? 0) > 0) agreed++;
        }
        expect(mask.reduce((sum, inside) => sum + inside, 0)).toBe(count);
        expect(agreed).toBe(count);
        // What hangs overhead goes on beyond the guard band of the fisheye; a globe has nothing beyond.
        expect(clipped).toBe(name === 'fisheye' && instanceId === 4);
      }
    },
  );
});

/** Pixels that show the sphere where its closed form does not, or the other way about. */
function differencesOfSphere({ camera, size }: FramePlan, { instanceId }: GBuffers): number {
  const rays = pixelRays(camera.intrinsics, size);
  // Its place in the camera's frame: y and z turn over.
  const [x, y, z] = [1.5, -0.1, 1.5];
  const distance = Math.hypot(x, y, z);
  const radius = Math.asin(0.3 / distance);
  let different = 0;
  for (const [pixel, id] of instanceId.entries()) {
    const [u, v] = [pixel % size.width, Math.floor(pixel / size.width)];
    const cosine = (rays.x(u, v) * x + rays.y(u, v) * y + rays.z(u, v) * z) / distance;
    const angle = Math.acos(Math.min(1, cosine));
    // Facets of 96 segments lie 0.06 % within the sphere.
    const isClear = Math.abs(angle / radius - 1) > 0.002;
    if (isClear && (id === 2) !== angle < radius) different++;
  }
  return different;
}

/** By how much numbers differ, as a share of the larger of one and the first. */
function greatestShare(values: ArrayLike<number>, others: ArrayLike<number>): number {
  let greatest = values.length === others.length ? 0 : Infinity;
  for (let i = 0; i < values.length; i++) {
    const [value, other] = [values[i] ?? NaN, others[i] ?? NaN];
    greatest = Math.max(greatest, Math.abs(value - other) / Math.max(1, Math.abs(value)));
  }
  return greatest;
}

describe.each(SHADING_BACKENDS)('colour through a wide lens on %s', (backend) => {
  let pool: PagePool | undefined;
  beforeAll(async () => {
    pool = await openTestPool(backend);
  });
  afterAll(() => pool?.close());

  it.each(Object.keys(LENSES) as Name[])('is where labels are: %s', async (name) => {
    const found = await renderPlan(requireOpen(pool), makeView(name, 0));
    const { width } = found;
    for (const id of name === 'globe' ? [1, 2, 4] : [1, 2]) {
      let [x, y, sum, lightX, lightY, light] = [0, 0, 0, 0, 0, 0];
      for (const [pixel, instanceId] of found.instanceId.entries()) {
        if (instanceId !== id) continue;
        const [u, v] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
        [x, y, sum] = [x + u, y + v, sum + 1];
      }
      const [middleX, middleY] = [x / sum, y / sum];
      for (const [pixel] of found.instanceId.entries()) {
        const [u, v] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
        const isNear = found.instanceId[pixel] === id || touches(found, pixel, id);
        const weight = isNear ? linearFromByte(found.color[pixel * 4 + 1] ?? 0) : 0;
        [lightX, lightY, light] = [lightX + weight * u, lightY + weight * v, light + weight];
      }
      expect(sum).toBeGreaterThan(80);
      expect(Math.hypot(lightX / light - middleX, lightY / light - middleY)).toBeLessThan(0.5);
    }
  });

  it.each(Object.keys(LENSES) as Name[])(
    'keeps an even field even over all faces, and is black where the lens shows nothing: %s',
    async (name) => {
      const plan = makeView(name, 0.5);
      const found = await renderPlan(requireOpen(pool), {
        ...plan,
        nodes: plan.nodes.slice(0, 1),
        sensor: { ...plan.sensor, exposure: 1 },
      });
      const { width } = found;
      const values = new Set<number>();
      for (const [pixel, id] of found.instanceId.entries()) {
        const value = found.color[pixel * 4 + 1] ?? NaN;
        const [u, v] = [pixel % width, Math.floor(pixel / width)];
        if (rayAt(plan.camera.intrinsics, u + 0.5, v + 0.5) === null) expect(value).toBe(0);
        else if (id === 0 && !touches(found, pixel, 1)) values.add(value);
      }
      expect(values.size).toBe(1);
    },
  );
});

/** Whether one of a pixel's neighbours, two pixels away at most, is of an instance. */
function touches({ instanceId, width, height }: GBuffers, pixel: number, id: number): boolean {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++)
    for (let u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++)
      if (instanceId[v * width + u] === id) return true;
  return false;
}
