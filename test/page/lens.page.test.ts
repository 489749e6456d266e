import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers, Silhouette } from '#shared/annotate/annotations';
import type { Intrinsics, Vec2 } from '#shared/core/geometry';
import { projectPoint, unprojectPoint } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { castWithBvh, type CastFrame } from '../makers/cast-with-bvh.ts';
import { makeFramePlan, type MadeShape } from '../makers/make-frame-plan.ts';
import { makeInstance } from '../makers/make-labelled-frame.ts';
import { makeOracleModels, type OracleModel } from '../makers/make-oracle-models.ts';
import { makeOracleScene, serveModels } from '../makers/make-oracle-scene.ts';
import { castAlone, compareWithCast } from './support/compare-cast.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import { BACKENDS, openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';
import { linearFromByte, pixelAt } from './support/read-color.ts';

/** Barrel, pincushion with a tangential part, a fisheye, and a rational one with a thin prism. */
const COEFFICIENTS = {
  barrel: [-0.25, 0.06, 0, 0, 0],
  pincushion: [0.15, 0.02, 0.003, -0.002, 0],
  fisheye: [-0.02, 0.004, 0.001, 0],
  rational: [0.3, -0.15, 0.001, 0.001, 0.02, 0.5, -0.1, 0, 0.004, 0, -0.003, 0],
} as const;
type Name = keyof typeof COEFFICIENTS;

const bend = (intrinsics: Intrinsics, name: Name): Intrinsics => ({
  ...intrinsics,
  // A fisheye of the same focal length would see more than the scene holds.
  ...(name === 'fisheye' && { fx: intrinsics.fx * 1.1, fy: intrinsics.fy * 1.1 }),
  distortion: {
    model: name === 'fisheye' ? 'kannala-brandt' : 'brown-conrady',
    coefficients: COEFFICIENTS[name],
  },
});

const crowds = new Map<Name, Readonly<{ plan: FramePlan; cast: CastFrame }>>();

/** A crowd of shapes and models through a lens, and what each pixel's own ray meets in it. */
function crowdThrough(name: Name, models: readonly OracleModel[]) {
  const known = crowds.get(name);
  if (known) return known;
  const { plans, meshes } = makeOracleScene(2, models);
  const camera = { ...plans[0].camera, intrinsics: bend(plans[0].camera.intrinsics, name) };
  const plan = { ...plans[0], camera };
  const made = { plan, cast: castWithBvh(meshes, camera, plan.size) };
  crowds.set(name, made);
  return made;
}

const SIDE = 128;
const LENS: Intrinsics = { fx: 90, fy: 90, cx: 62, cy: 66 };

/** Bright shapes before black, without noise. */
function makeView(shapes: readonly MadeShape[], name: Name): FramePlan {
  const plan = makeFramePlan({
    size: { width: SIDE, height: SIDE },
    intrinsics: bend(LENS, name),
    shapes,
  });
  return {
    ...withMaterials(
      plan,
      shapes.map(() => makePaint([1, 1, 1])),
    ),
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
    sensor: { ...plan.sensor, exposure: 0.5 },
    render: { ...plan.render, subframes: 16 },
  };
}

const lightAt = (buffers: GBuffers, x: number, y: number): number =>
  linearFromByte(pixelAt(buffers, x, y)[1]);

describe.each(BACKENDS)('a lens that bends on %s', (backend) => {
  let pool: PagePool | undefined;
  let models: readonly OracleModel[] = [];
  beforeAll(async () => {
    models = await makeOracleModels();
    pool = await openTestPool(backend, serveModels(models));
  });
  afterAll(() => pool?.close());
  const render = (plan: FramePlan): Promise<GBuffers> => renderPlan(requireOpen(pool), plan);

  it.each(Object.keys(COEFFICIENTS) as Name[])(
    'gives every pixel what its own ray meets first: %s',
    async (name) => {
      const { plan, cast } = crowdThrough(name, models);
      const labels = await render(plan);
      const { wrong, far, met } = compareWithCast(
        { ...labels, distance: labels.depth },
        { ...cast, distance: cast.depth },
      );
      console.info(`${name}: ${wrong} ids and ${far} depths differ of ${met} pixels with an id`);
      expect(met).toBeGreaterThan(10_000);
      // What is left lies within float32 of an edge, or of a texel's border in a mask with holes.
      expect(wrong).toBeLessThanOrEqual(40);
      expect(far).toBeLessThanOrEqual(40);
    },
  );

  it('gives each object alone what rays meet of it, on the guard band too', async () => {
    const shapes: readonly MadeShape[] = [
      { shape: { kind: 'sphere', radius: 0.3, segments: 24 }, position: [-0.75, 0.7, -1.2] },
      { shape: { kind: 'box', size: [0.8, 0.2, 0.3], bevelMeters: 0 }, position: [0.7, 0, -1] },
      { shape: { kind: 'box', size: [0.3, 0.3, 0.3], bevelMeters: 0 }, position: [0, -0.1, -0.7] },
    ];
    const made = makeView(shapes, 'barrel');
    const plan: FramePlan = {
      ...made,
      instances: shapes.map((_, i) => makeInstance(i + 1)),
      labels: { ...made.labels, silhouettes: { guardBand: 0.25 } },
    };
    const found = await render(plan);
    expect(found.silhouettes?.map(({ instanceId }) => instanceId)).toEqual([1, 2, 3]);
    for (const silhouette of found.silhouettes ?? []) {
      const { wrong, inside } = differencesAlone(plan, silhouette);
      expect(inside).toBeGreaterThan(200);
      expect(wrong).toBeLessThanOrEqual(4);
    }
    // The sphere reaches out of the image, and none of them out of the guard band.
    const { instances } = annotateFrame(plan, found, { minPixels: 1, minVisibility: 0 });
    expect(instances.map(({ amodal }) => (amodal?.truncation ?? 0) > 0)).toEqual([
      true,
      true,
      false,
    ]);
    expect(found.silhouettes?.some(({ clipped }) => clipped)).toBe(false);
  });

  it.each(['barrel', 'pincushion', 'fisheye'] as const)(
    'has colour where labels are, in the corners and in the middle: %s',
    async (name) => {
      // Squares of 9 pixels or so, turned, so that no edge runs along the pixels.
      const shapes = [-0.52, 0, 0.5].flatMap((y) =>
        [-0.5, 0, 0.52].map((x): MadeShape => ({
          shape: { kind: 'box', size: [0.1, 0.1, 0.001], bevelMeters: 0 },
          position: [x, y, -1],
          orientation: [Math.cos(0.25), 0, 0, Math.sin(0.25)],
        })),
      );
      const found = await render(makeView(shapes, name));
      for (const [i] of shapes.entries()) {
        const [label, light] = [centreOfLabel(found, i + 1), centreOfLight(found, i + 1)];
        expect(label.sum).toBeGreaterThan(30);
        expect(Math.hypot(label.x - light.x, label.y - light.y)).toBeLessThan(0.2);
        const [x = NaN, y = NaN] = shapes[i]?.position ?? [];
        const outline = middleOfOutline(bend(LENS, name), [x, y]);
        expect(Math.hypot(light.x - outline[0], light.y - outline[1])).toBeLessThan(0.1);
      }
    },
  );

  it('bends a straight bar into the curve that its edges have by the model', async () => {
    const plan = makeView(
      [
        {
          shape: { kind: 'box', size: [4, 0.06, 0.001], bevelMeters: 0 },
          position: [0, 0.45, -1],
        },
      ],
      'barrel',
    );
    const found = await render(plan);
    const lens = plan.camera.intrinsics;
    for (let u = 2; u < SIDE - 2; u += 3) {
      let [sum, moment] = [0, 0];
      for (let v = 0; v < SIDE; v++) {
        const light = lightAt(found, u, v);
        sum += light;
        moment += light * (v + 0.5);
      }
      const [above, below] = [0.48, 0.42].map((y) => heightOfLine(lens, -y, u + 0.5));
      expect(Math.abs(moment / sum - ((above ?? NaN) + (below ?? NaN)) / 2)).toBeLessThan(0.1);
    }
  });

  it('darkens by the angle of the ray that is bent, and keeps an even field even', async () => {
    const plan = makeView([{ ...FAR_BALL }], 'barrel');
    const even = await render({
      ...plan,
      environment: { ...plan.environment, background: { kind: 'color', color: [0.5, 0.5, 0.5] } },
      sensor: { ...plan.sensor, exposure: 1, vignetting: 1 },
    });
    for (const [x, y] of [
      [0, 0],
      [127, 0],
      [20, 100],
      [62, 66],
      [127, 127],
    ] as const) {
      const [rayX, rayY] = unprojectPoint(plan.camera.intrinsics, {
        x: x + 0.5,
        y: y + 0.5,
        depth: 1,
      });
      const expected = 0.5 / (1 + rayX * rayX + rayY * rayY) ** 2;
      expect(Math.abs(lightAt(even, x, y) - expected)).toBeLessThan(0.004);
    }
  });
});

/** Where the middle of the picture of a turned square is: of the area that its outline encloses. */
function middleOfOutline(lens: Intrinsics, [x, y]: Vec2): Vec2 {
  const half = 0.05;
  const corners = [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ] as const;
  const outline = corners.flatMap(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % 4] ?? [ax, ay];
    return Array.from({ length: 16 }, (_, k) => {
      const [px, py] = [ax + ((bx - ax) * k) / 16, ay + ((by - ay) * k) / 16];
      const [turnedX, turnedY] = [
        px * Math.cos(0.5) - py * Math.sin(0.5),
        px * Math.sin(0.5) + py * Math.cos(0.5),
      ];
      const place = projectPoint(lens, [x + turnedX, -(y + turnedY), 0.9995]);
      return [place?.x ?? NaN, place?.y ?? NaN] as const;
    });
  });
  let [area, sumX, sumY] = [0, 0, 0];
  for (const [i, [ax, ay]] of outline.entries()) {
    const [bx, by] = outline[(i + 1) % outline.length] ?? [ax, ay];
    const cross = ax * by - bx * ay;
    [area, sumX, sumY] = [area + cross, sumX + (ax + bx) * cross, sumY + (ay + by) * cross];
  }
  return [sumX / (3 * area), sumY / (3 * area)];
}

const FAR_BALL: MadeShape = {
  shape: { kind: 'sphere', radius: 0.1, segments: 8 },
  position: [0, 0, 5],
};

/** The row in which the line y of the plane at distance 1 is seen at a column, by bisection. */
function heightOfLine(lens: Intrinsics, y: number, column: number): number {
  let [low, high] = [-3, 3];
  for (let i = 0; i < 60; i++) {
    const x = (low + high) / 2;
    const place = projectPoint(lens, [x, y, 1]);
    if ((place?.x ?? (x < 0 ? -Infinity : Infinity)) < column) low = x;
    else high = x;
  }
  return projectPoint(lens, [low, y, 1])?.y ?? NaN;
}

type Centre = Readonly<{ x: number; y: number; sum: number }>;

function centreOf(buffers: GBuffers, weight: (x: number, y: number) => number): Centre {
  let [x, y, sum] = [0, 0, 0];
  for (let v = 0; v < buffers.height; v++)
    for (let u = 0; u < buffers.width; u++) {
      const w = weight(u, v);
      [x, y, sum] = [x + w * (u + 0.5), y + w * (v + 0.5), sum + w];
    }
  return { x: x / sum, y: y / sum, sum };
}

const isOf = ({ instanceId, width }: GBuffers, id: number, [x, y]: Vec2): boolean =>
  instanceId[y * width + x] === id;

const centreOfLabel = (buffers: GBuffers, id: number): Centre =>
  centreOf(buffers, (x, y) => (isOf(buffers, id, [x, y]) ? 1 : 0));

/** The light at an instance and the pixels around it. */
function centreOfLight(buffers: GBuffers, id: number): Centre {
  const near = (x: number, y: number): boolean => {
    for (let v = y - 2; v <= y + 2; v++)
      for (let u = x - 2; u <= x + 2; u++)
        if (u >= 0 && v >= 0 && u < SIDE && v < SIDE && isOf(buffers, id, [u, v])) return true;
    return false;
  };
  return centreOf(buffers, (x, y) => (near(x, y) ? lightAt(buffers, x, y) : 0));
}

/** Pixels of the guard band in which an instance alone is not what rays meet of it. */
function differencesAlone(
  plan: FramePlan,
  { instanceId, tile, mask }: Silhouette,
): Readonly<{ wrong: number; inside: number }> {
  const { cast, band } = castAlone(plan, instanceId);
  const [x, y, width] = band;
  let [wrong, inside] = [0, 0];
  for (const [at, id] of cast.instanceId.entries()) {
    const [column, row] = [(at % width) + x - tile[0], Math.floor(at / width) + y - tile[1]];
    const inTile = column >= 0 && row >= 0 && column < tile[2] && row < tile[3];
    const found = inTile ? mask[row * tile[2] + column] : 0;
    inside += id > 0 ? 1 : 0;
    if (found !== (id > 0 ? 1 : 0)) wrong++;
  }
  return { wrong, inside };
}
