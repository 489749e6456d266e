import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import { drawOrientation } from '#shared/sampling/place-free';
import { Sampler } from '#shared/sampling/sampler';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample, SceneSample } from '#shared/sampling/scene-sample';
import { depthInside, heightsOf, planOf, SURFACES, turn } from '../../../makers/ground-oracle.ts';
import { makeRunInputs, makeScene, ROOM } from '../../../makers/make-run-inputs.ts';
import { CHI_SQUARE_LIMIT, chiSquare, countsOf, KS_LIMIT, ksStatistic } from './goodness-of-fit.ts';

type Groups = NonNullable<ConfigInput['objects']>;
type Changes = Partial<ConfigInput>;

const SCENE = makeScene();
const scatter = (
  surface: string,
  more: Partial<Groups[string]> = {},
  placement: object = {},
): Groups[string] => ({
  assets: ['crate-2'],
  count: 1,
  placement: { kind: 'scatter', surface, ...placement },
  ...more,
});
const sampleOf = (changes: Changes, frame = 0): SceneSample =>
  sampleScene(makeRunInputs(changes, SCENE), frame);
const firstObjects = (group: Groups[string], frames: number): ObjectSample[] =>
  Array.from({ length: frames }, (_, frame) => sampleOf({ objects: { g: group } }, frame)).flatMap(
    ({ objects }) => objects.slice(0, 1),
  );
const clip = (p: number): number => Math.min(1, Math.max(0, p));

describe('where objects come to stand', () => {
  const FRAMES = 1000;

  it('is uniform over the places that fit (Kolmogorov–Smirnov, 0.1 %)', () => {
    const placed = firstObjects(
      scatter('bench', {}, { yawDegrees: 0, marginMeters: 0.04 }),
      FRAMES,
    );
    // The crate's middle keeps its half width, 0.06, and the margin from the rim of 1.2 × 0.5 at (−2, 0).
    const across = placed.map(({ position }) => position[0]);
    const along = placed.map(({ position }) => position[2]);
    expect(ksStatistic(across, (x) => clip((x + 2.5) / 1))).toBeLessThan(KS_LIMIT);
    expect(ksStatistic(along, (z) => clip((z + 0.15) / 0.3))).toBeLessThan(KS_LIMIT);
    const both = placed.map(({ position: [x, , z] }) => Number(x > -2) * 2 + Number(z > 0));
    expect(
      chiSquare(countsOf(both, [0, 1, 2, 3]), new Array<number>(4).fill(FRAMES / 4)),
    ).toBeLessThan(CHI_SQUARE_LIMIT[3] ?? NaN);
  });

  it('is turned by the yaw that is drawn, about the vertical alone', () => {
    const placed = firstObjects(scatter('floor'), FRAMES);
    const yaws = placed.map(({ orientation: [w, x, y, z] }) => {
      expect([x, z]).toEqual([0, 0]);
      expect(w * w + y * y).toBeCloseTo(1, 12);
      return (((Math.atan2(y, w) * 360) / Math.PI + 720) % 360) / 360;
    });
    expect(ksStatistic(yaws, clip)).toBeLessThan(KS_LIMIT);
  });

  it('is turned as its rotation says where it states one, in the air and where a fall begins', () => {
    const rotation = { kind: 'constant', value: [0, 0.6, 0, 0.8] } as const;
    const volume = { min: [-5, 10, -5], max: [5, 20, 5] } as const;
    const placed = firstObjects(
      { assets: ['crate-2'], count: 1, placement: { kind: 'free', volume, rotation } } as never,
      3,
    );
    expect(placed.map(({ orientation }) => orientation)).toEqual(
      new Array(3).fill([0, 0.6, 0, 0.8]),
    );
    const spec = { orientation: 'random', rotation: [90, 0, 0] } as const;
    const sampler = new Sampler('s', 0);
    const found = drawOrientation({ sampler }, spec as never, { path: 'p', attempt: 0 });
    expect(found[1]).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('is turned in every way alike where it floats freely', () => {
    const placed = firstObjects(
      {
        assets: ['crate-2'],
        count: 1,
        placement: { kind: 'free', volume: { min: [-50, 10, -50], max: [50, 110, 50] } },
      },
      FRAMES,
    );
    for (const axis of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const) {
      // By Archimedes, each coordinate of a uniform direction is uniform over −1..1.
      const heights = placed.map(({ orientation }) => turn(orientation, axis)[1]);
      expect(ksStatistic(heights, (y) => clip((y + 1) / 2))).toBeLessThan(KS_LIMIT);
    }
    // Angle of a uniform rotation (Miles, 1965): density (1 − cos θ) / π.
    const angles = placed.map(({ orientation: [w] }) => 2 * Math.acos(Math.min(1, Math.abs(w))));
    expect(ksStatistic(angles, (a) => (a - Math.sin(a)) / Math.PI)).toBeLessThan(KS_LIMIT);
    // Trace of a uniform rotation, 4w² − 1: mean 0 and variance 1; 3.3 deviations are 0.1 %.
    const traces = placed.map(({ orientation: [w] }) => 4 * w * w - 1);
    const mean = traces.reduce((a, b) => a + b, 0) / traces.length;
    expect(Math.abs(mean)).toBeLessThan(3.3 / Math.sqrt(traces.length));
    const across = placed.map(({ position }) => position[0]);
    expect(ksStatistic(across, (x) => clip((x + 50) / 100))).toBeLessThan(KS_LIMIT);
  });

  it('follows a surface that the config moves and turns', () => {
    const nodes: Changes['nodes'] = {
      bench: { offsetMeters: [1, 0.2, 2.5], yawDegrees: 90 },
    };
    const objects: Groups = { g: scatter('bench', { count: 3 }, { marginMeters: 0.02 }) };
    const sample = sampleOf({ nodes, objects });
    // A quarter turn about the bench's middle, now at (−1, 2.5), swaps its sides.
    const outline = [
      [-1.25, 1.9],
      [-0.75, 1.9],
      [-0.75, 3.1],
      [-1.25, 3.1],
    ] as const;
    for (const object of sample.objects) {
      expect(heightsOf(object)[0]).toBeCloseTo(0.7, 9);
      expect(depthInside(outline, planOf(object))).toBeGreaterThan(0.02 - 1e-9);
    }
    expect(sample.objects).toHaveLength(3);
  });

  it('is free of what the config hides', () => {
    const plans = (visible: boolean): number => {
      const samples = Array.from({ length: 40 }, (_, frame) =>
        sampleOf({ nodes: { vase: { visible } }, objects: { g: scatter('table') } }, frame),
      );
      // The vase takes x 0.02..0.18, z −0.03..0.13.
      return samples.filter(({ objects }) =>
        objects.some(({ position: [x, , z] }) => Math.hypot(x - 0.1, z - 0.05) < 0.1),
      ).length;
    };
    expect(plans(true)).toBe(0);
    expect(plans(false)).toBeGreaterThan(0);
  });
});

describe('what is placed', () => {
  const groups = (group: Partial<Groups[string]>): Groups => ({
    g: { count: 1, placement: { kind: 'scatter', surface: 'floor' }, ...group },
  });
  const drawnIds = (objects: Groups, frames: number): string[] =>
    Array.from({ length: frames }, (_, frame) => sampleOf({ objects }, frame)).flatMap((sample) =>
      sample.objects.map(({ assetId }) => assetId),
    );

  it('balances categories whatever their sizes, then models by weight (chi-square, 0.1 %)', () => {
    const ids = drawnIds(
      groups({ categories: ['post', 'crate', 'wedge'], weights: { wedge: 2, 'crate-1': 3 } }),
      1600,
    );
    // Categories 1 : 1 : 2; crates 3 : 1.
    const counts = countsOf(ids, ['post-1', 'crate-1', 'crate-2', 'wedge-1']);
    expect(chiSquare(counts, [400, 300, 100, 800])).toBeLessThan(CHI_SQUARE_LIMIT[3] ?? NaN);
  });

  it('draws from patterns alike, whatever the category, and never at weight 0', () => {
    const ids = drawnIds(groups({ assets: ['*'], labelled: false, weights: { rod: 0 } }), 800);
    const counts = countsOf(ids, ['post-1', 'crate-1', 'crate-2', 'wedge-1']);
    expect(counts.reduce((a, b) => a + b)).toBe(800);
    expect(chiSquare(counts, [200, 200, 200, 200])).toBeLessThan(CHI_SQUARE_LIMIT[3] ?? NaN);
  });

  it('must match categories and assets alike where both are given', () => {
    const both = groups({ categories: ['crate'], assets: ['*-1'] });
    expect(new Set(drawnIds(both, 20))).toEqual(new Set(['crate-1']));
    const none = groups({ categories: ['crate'], assets: ['rod'] });
    expect(() => sampleOf({ objects: none })).toThrow(
      'objects.g: no model matches its categories and assets',
    );
  });

  it('carries its category unless it is a distractor, slots from 0, and its material', () => {
    const material = { color: { kind: 'hsv', hueDegrees: { kind: 'uniform', min: 0, max: 360 } } };
    const { objects } = sampleOf({
      objects: {
        a: scatter('floor', { assets: ['post-1'], count: 2, material: material as never }),
        b: scatter('floor', { assets: ['post-1'], labelled: false }),
      },
    });
    expect(objects.map(({ group, slot, category }) => [group, slot, category])).toEqual([
      ['a', 0, 'post'],
      ['a', 1, 'post'],
      ['b', 0, null],
    ]);
    expect(objects[0]?.material?.color).not.toEqual(objects[1]?.material?.color);
    expect(objects[2]?.material).toBeUndefined();
  });

  it('refuses a scale that is not above 0', () => {
    expect(() => sampleOf({ objects: groups({ assets: ['rod'], scale: 0 }) })).toThrow(
      new SamplingError('objects.g[0].scale: expected a scale above 0, drew 0'),
    );
  });

  it('is counted by its distribution (chi-square, 0.1 %)', () => {
    const count = { kind: 'integer', min: 0, max: 3 } as const;
    const counts = Array.from({ length: 800 }, (_, frame) =>
      sampleOf({ objects: groups({ assets: ['rod'], labelled: false, count }) }, frame),
    ).map(({ objects }) => objects.length);
    expect(chiSquare(countsOf(counts, [0, 1, 2, 3]), [200, 200, 200, 200])).toBeLessThan(
      CHI_SQUARE_LIMIT[3] ?? NaN,
    );
  });
});

describe('what finds no room', () => {
  const tooMany = (more: Partial<Groups[string]>): Groups => ({
    few: scatter('floor'),
    many: scatter('stool', { count: 30, scale: 1.5, attempts: 12, ...more }),
  });

  it('is an error that names the place and the remedy', () => {
    const act = () => sampleOf({ objects: tooMany({}) });
    expect(act).toThrow(SamplingError);
    expect(act).toThrow(
      /^objects\.many\[\d+\]: no room for crate-2 ×1\.50 after 12 attempts\. Lower its count or spacing, enlarge the surface or volume, or set whenFull: drop\.$/,
    );
  });

  it('is left out and listed with whenFull: drop, after exactly as many attempts as allowed', () => {
    const { objects, dropped, rejections } = sampleOf({ objects: tooMany({ whenFull: 'drop' }) });
    expect(dropped.length).toBeGreaterThan(15);
    expect(objects.length + dropped.length).toBe(31);
    for (const { path, reason } of dropped) {
      expect(path).toMatch(/^objects\.many\[\d+\]$/);
      expect(reason).toBe('no room for crate-2 ×1.50 after 12 attempts');
      expect(rejections[path]).toBe(12);
    }
    expect(objects.map(({ slot }) => slot)).toEqual([
      0,
      ...Array.from({ length: objects.length - 1 }, (_, i) => i),
    ]);
  });

  it('leaves out stacks whole, and names all of their levels', () => {
    const objects: Groups = {
      pile: {
        assets: ['crate-1'],
        count: 2,
        scale: 4,
        attempts: 3,
        whenFull: 'drop',
        placement: { kind: 'stack', surface: 'stool', height: 2 },
      },
    };
    const sample = sampleOf({ objects });
    expect(sample.objects).toEqual([]);
    expect(sample.dropped).toEqual(
      [0, 1].map((i) => ({
        path: `objects.pile[${i}]`,
        reason: 'no room for crate-1 ×4.00, crate-1 ×4.00 after 3 attempts',
      })),
    );
  });

  it('is counted, too, where an object does not fit into its volume at all', () => {
    const free = (volume: unknown): Groups => ({
      f: {
        assets: ['crate-1'],
        count: 1,
        attempts: 7,
        whenFull: 'drop',
        placement: { kind: 'free', volume: volume as 'air' },
      },
    });
    const small = sampleOf({ objects: free({ min: [0, 2, 0], max: [0.05, 2.05, 0.05] }) });
    expect(small.rejections).toEqual({ 'objects.f[0]': 7 });
    expect(() => sampleOf({ objects: free({ min: [0, 2, 0], max: [1, 1, 1] }) })).toThrow(
      'objects.f[0].volume: expected min below max on every axis, drew min [0, 2, 0] and max [1, 1, 1]',
    );
    expect(() => sampleOf({ objects: free('attic') })).toThrow(
      'objects.f[0]: the scene has no volume "attic"',
    );
  });
});

describe('surfaces that cannot carry', () => {
  const on = (surface: string): Groups => ({ g: scatter(surface) });
  it.each<[Changes, string]>([
    [
      { objects: on('shelf') },
      'surface "shelf" does not exist. Surfaces of the scene: table, stool',
    ],
    [{ objects: on('vase') }, 'surface "vase" does not exist'],
    [{ objects: on('globe') }, 'surface "globe" has no flat top'],
    [
      { objects: on('bench'), nodes: { bench: { visible: false } } },
      'surface "bench" is hidden in this frame',
    ],
  ])('%j', (changes, message) => {
    expect(() => sampleOf(changes)).toThrow(`objects.g[0]: ${message}`);
  });

  it('refuses one that is tilted, and takes the floor of a backdrop at its height', () => {
    const node = (text: string) =>
      makeScene(ROOM.replace('nodes:\n', `nodes:\n  - { name: extra, surface: true, ${text} }\n`));
    const tilted = node('shape: { kind: plane, size: [1, 1] }, rotationDegrees: [0, 0, 5]');
    const objects = on('extra');
    expect(() => sampleScene(makeRunInputs({ objects }, tilted), 0)).toThrow(
      'is tilted; objects can only stand on level surfaces',
    );
    const sweep = node(
      'shape: { kind: backdrop, width: 2, height: 1, depth: 2, bendRadius: 0.5 }, position: [0, 5, 0]',
    );
    const { objects: placed } = sampleScene(
      makeRunInputs({ objects: { g: scatter('extra', { count: 8 }) } }, sweep),
      0,
    );
    expect(placed).toHaveLength(8);
    for (const object of placed) {
      expect(heightsOf(object)[0]).toBeCloseTo(5, 9);
      // The floor ends where the bend begins, half a metre before the wall at z = −1.
      expect(planOf(object).every(([x, z]) => Math.abs(x) < 1 && z > -0.5 && z < 1)).toBe(true);
    }
  });

  it('keeps a cylinder of few sides to what it is: the six-sided stool', () => {
    const placed = firstObjects(scatter('stool', {}, { marginMeters: 0, spacingMeters: 0 }), 300);
    const depths = placed.map((object) => depthInside(SURFACES.stool.outline, planOf(object)));
    expect(Math.min(...depths)).toBeGreaterThanOrEqual(-1e-9);
    // And to no less: some come close to the rim.
    expect(Math.min(...depths)).toBeLessThan(0.005);
  });
});
