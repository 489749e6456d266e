import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample } from '#shared/sampling/scene-sample';
import {
  cornersOf,
  depthInside,
  distanceBetween,
  heightsOf,
  planOf,
  SURFACES,
  VASE,
} from '../makers/ground-oracle.ts';
import { makeRunInputs, makeScene } from '../makers/make-run-inputs.ts';

const RUNS = { seed: 20260102, numRuns: 60 };
const SCENE = makeScene();
/** Rounding of a few metres. */
const ROUNDING = 1e-9;

type SurfaceName = keyof typeof SURFACES;
type Groups = NonNullable<ConfigInput['objects']>;

const millimetres = (max: number) => fc.integer({ min: 0, max }).map((mm) => mm / 1000);
const surface = fc.constantFrom<SurfaceName>('table', 'stool', 'bench', 'floor');
const scale = { kind: 'uniform', min: 0.5, max: 1.6 } as const;
const sampleOf = (objects: Groups, frame: number) =>
  sampleScene(makeRunInputs({ objects }, SCENE), frame);

const scatterGroup = fc.record({
  surface,
  count: fc.integer({ min: 0, max: 9 }),
  spacingMeters: millimetres(40),
  marginMeters: millimetres(60),
  regionScale: fc.constantFrom(1, 0.8, 0.5),
});
const scatterGroups = fc.array(scatterGroup, { minLength: 1, maxLength: 3 });

describe('scattered objects', () => {
  it('stand on their surface, inside its region, clear of each other and of the scene', () => {
    fc.assert(
      fc.property(scatterGroups, fc.nat(1000), (specs, frame) => {
        const objects: Groups = Object.fromEntries(
          specs.map(({ count, ...placement }, i) => [
            `g${i}`,
            {
              assets: ['*'],
              labelled: false,
              count,
              scale,
              placement: { kind: 'scatter', ...placement },
              whenFull: 'drop',
              attempts: 60,
            },
          ]),
        );
        const sample = sampleOf(objects, frame);
        for (const [index, object] of sample.objects.entries()) {
          const spec = specs[Number(object.group.slice(1))];
          if (!spec) throw new Error('unknown group');
          const { outline, height } = SURFACES[spec.surface];
          expect(Math.abs(heightsOf(object)[0] - height)).toBeLessThan(ROUNDING);
          const plan = planOf(object);
          // The outlines are point symmetric, so that their centre is the mean of their corners.
          const [cx, cz] = [0, 1].map(
            (axis) => outline.reduce((sum, p) => sum + (p[axis] ?? NaN), 0) / outline.length,
          ) as [number, number];
          const region = outline.map(
            ([x, z]) =>
              [cx + (x - cx) * spec.regionScale, cz + (z - cz) * spec.regionScale] as const,
          );
          expect(depthInside(region, plan)).toBeGreaterThan(spec.marginMeters - ROUNDING);
          if (spec.surface === 'table')
            expect(distanceBetween(plan, VASE)).toBeGreaterThan(spec.spacingMeters - ROUNDING);
          for (const earlier of sample.objects.slice(0, index)) {
            if (specs[Number(earlier.group.slice(1))]?.surface !== spec.surface) continue;
            const distance = distanceBetween(plan, planOf(earlier));
            expect(distance).toBeGreaterThan(spec.spacingMeters - ROUNDING);
          }
        }
        const wanted = specs.reduce((sum, { count }) => sum + count, 0);
        expect(sample.objects.length + sample.dropped.length).toBe(wanted);
        const droppedPaths = sample.dropped.map(({ path }) => path);
        for (const [path, rejected] of Object.entries(sample.rejections)) {
          if (droppedPaths.includes(path)) expect(rejected).toBe(60);
          else expect(rejected).toBeLessThan(60);
        }
      }),
      RUNS,
    );
  });
});

describe('stacks', () => {
  const stack = fc.record({
    surface: fc.constantFrom<SurfaceName>('table', 'bench', 'floor'),
    height: fc.integer({ min: 1, max: 4 }),
    count: fc.integer({ min: 1, max: 3 }),
    shift: millimetres(120),
    twist: fc.integer({ min: 0, max: 90 }),
    marginMeters: millimetres(40),
    spacingMeters: millimetres(30),
  });

  it('rest level on level, carried in the middle, inside the rim and apart from other stacks', () => {
    fc.assert(
      fc.property(stack, fc.nat(1000), ({ height, count, shift, twist, ...spec }, frame) => {
        const sample = sampleOf(
          {
            piles: {
              assets: ['*'],
              labelled: false,
              count,
              scale,
              whenFull: 'drop',
              placement: {
                kind: 'stack',
                height,
                shiftMeters: { kind: 'uniform', min: 0, max: shift },
                twistDegrees: { kind: 'uniform', min: -twist, max: twist },
                ...spec,
              },
            },
          },
          frame,
        );
        const { outline, height: ground } = SURFACES[spec.surface];
        expect(sample.objects.length).toBe(height * (count - sample.dropped.length));
        const piles = Array.from({ length: sample.objects.length / height }, (_, i) =>
          sample.objects.slice(i * height, (i + 1) * height),
        );
        for (const [index, pile] of piles.entries()) {
          const levels = [...pile].sort((a, b) => heightsOf(a)[0] - heightsOf(b)[0]);
          let floor: number = ground;
          let below: ObjectSample | undefined;
          for (const level of levels) {
            const [bottom, top] = heightsOf(level);
            expect(Math.abs(bottom - floor)).toBeLessThan(ROUNDING);
            const plan = planOf(level);
            expect(depthInside(outline, plan)).toBeGreaterThan(spec.marginMeters - ROUNDING);
            if (below) {
              const middle = [0, 1].map((axis) => {
                const along = plan.map((p) => p[axis] ?? NaN);
                return (Math.min(...along) + Math.max(...along)) / 2;
              }) as [number, number];
              expect(depthInside(planOf(below), [middle])).toBeGreaterThan(-ROUNDING);
            }
            [floor, below] = [top, level];
          }
          for (const other of piles.slice(0, index).flat()) {
            for (const level of levels) {
              const [b1, t1] = heightsOf(level);
              const [b2, t2] = heightsOf(other);
              if (t1 <= b2 + 1e-4 || t2 <= b1 + 1e-4) continue;
              const distance = distanceBetween(planOf(level), planOf(other));
              expect(distance).toBeGreaterThan(spec.spacingMeters - ROUNDING);
            }
          }
        }
      }),
      RUNS,
    );
  });
});

describe('floating objects', () => {
  const free = fc.record({
    count: fc.integer({ min: 1, max: 10 }),
    spacingMeters: millimetres(50),
    orientation: fc.constantFrom<'random' | 'upright'>('random', 'upright'),
    named: fc.boolean(),
  });

  it('stay inside their volume and clear of each other and of the scene, on every side', () => {
    // The inner volume reaches through the table top and around the vase.
    const inline = { min: [-0.5, 0.5, -0.5], max: [0.5, 1.2, 0.5] } as const;
    const air = { min: [-0.6, 1.1, -0.6], max: [0.6, 1.9, 0.6] } as const;
    fc.assert(
      fc.property(free, fc.nat(1000), ({ count, named, ...spec }, frame) => {
        const volume = named ? air : inline;
        const inConfig = named ? 'air' : { min: [...inline.min], max: [...inline.max] };
        const sample = sampleOf(
          {
            float: {
              assets: ['*'],
              labelled: false,
              count,
              scale,
              whenFull: 'drop',
              placement: {
                kind: 'free',
                volume: inConfig as 'air',
                ...spec,
              },
            },
          },
          frame,
        );
        const boxes = sample.objects.map((object) => {
          const corners = cornersOf(object);
          const along = (axis: 0 | 1 | 2) => corners.map((corner) => corner[axis]);
          return ([0, 1, 2] as const).map((axis): readonly [number, number] => [
            Math.min(...along(axis)),
            Math.max(...along(axis)),
          ]);
        });
        /** Heights touch within a tenth of a millimetre, as for things that stand on each other. */
        const clear = (a: readonly (readonly [number, number])[], b: typeof a): boolean =>
          a.some(([low, high], axis) => {
            const [from, to] = b[axis] ?? [NaN, NaN];
            const slack = axis === 1 ? 1.001e-4 : ROUNDING;
            return Math.max(from - high, low - to) > spec.spacingMeters - slack;
          });
        const vase = [
          [0.02, 0.18],
          [0.75, 1.05],
          [-0.03, 0.13],
        ] as const;
        for (const [index, box] of boxes.entries()) {
          box.forEach(([low, high], axis) => {
            expect(low).toBeGreaterThan((volume.min[axis] ?? NaN) - ROUNDING);
            expect(high).toBeLessThan((volume.max[axis] ?? NaN) + ROUNDING);
          });
          expect(clear(box, vase)).toBe(true);
          for (const other of boxes.slice(0, index)) expect(clear(box, other)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
