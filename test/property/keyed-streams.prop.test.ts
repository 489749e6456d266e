import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { SceneDescription } from '#shared/config/scene-description';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { makeRunInputs, makeScene } from '../makers/make-run-inputs.ts';

const RUNS = { seed: 20260103, numRuns: 60 };
const SCENE = makeScene();
const unit = { kind: 'uniform', min: 0, max: 1 } as const;
const angle = { kind: 'uniform', min: 0, max: 360 } as const;

type Part = 'vars' | 'lights' | 'nodes' | 'objects';
type Entry = readonly [part: Part, name: string, value: unknown];

/** Parts that a config may have or not. Object groups stand on surfaces of their own, so that none takes room of another. */
const ENTRIES: readonly Entry[] = [
  ['vars', 'warm', { kind: 'normal', mean: 4500, std: 900, min: 2500, max: 9000 }],
  ['vars', 'wet', { kind: 'chance', probability: 0.5 }],
  ['vars', 'place', [unit, unit, 0]],
  ...Object.entries({
    peaked: { kind: 'triangular', min: 0, mode: 1, max: 4 },
    skewed: { kind: 'beta', alpha: 2, beta: 3 },
    counted: { kind: 'histogram', edges: [0, 1, 3], weights: [1, 2] },
    measured: { kind: 'empirical', values: [3, 1, 2] },
    either: { kind: 'mixture', of: [unit, { kind: 'mixture', of: [angle, 'x'] }] },
    reckoned: { kind: 'expression', of: '1 + sqrt(2) * sin(30)' },
    judged: { kind: 'if', when: '1 < 2', then: unit, else: angle },
    once: { kind: 'permutation', values: { min: 1, max: 2000 } },
    stepped: { kind: 'grid', values: [1, 2, 3], hold: 2 },
    even: { kind: 'sobol', dimension: 1, of: unit },
    covered: { kind: 'sobol', dimension: 2, of: { kind: 'choice', values: ['a', 'b'] } },
    spread: { kind: 'halton', dimension: 1, of: { kind: 'integer', min: 0, max: 9 } },
    around: { kind: 'sphere' },
    above: { kind: 'hemisphere', axis: [1, 2, 3] },
    inside: { kind: 'ball', radius: unit },
    flat: { kind: 'disc' },
  }).map(([name, value]): Entry => ['vars', name, value]),
  ...['key', 'fill', 'rim'].map((name): Entry => [
    'lights',
    name,
    {
      kind: name === 'fill' ? 'point' : 'spot',
      count: { kind: 'integer', min: 0, max: 3 },
      place: { kind: 'shell', radiusMeters: 2, elevationDegrees: 40 },
      intensity: unit,
      color: {
        kind: 'mixture',
        of: [
          { kind: 'temperature', kelvin: { kind: 'uniform', min: 2000, max: 8000 } },
          { kind: 'oklch', lightness: 0.7, chroma: 0.08, hueDegrees: angle },
          { kind: 'permutation', values: ['#112233', '#445566', '#778899'] },
        ],
      },
    },
  ]),
  ['nodes', 'vase', { yawDegrees: angle, material: { probability: 0.5, roughness: unit } }],
  [
    'nodes',
    'globe',
    {
      visible: { kind: 'chance', probability: 0.5 },
      material: {
        texture: {
          kind: 'one-of',
          textures: [
            { kind: 'marble', colors: ['#ffffff', { kind: 'hsv', hueDegrees: angle }] },
            { kind: 'image', image: 'fabrics/*', scaleMeters: { ...unit, min: 0.1 } },
          ],
        },
      },
    },
  ],
  ...(['table', 'bench', 'stool'] as const).map((surface): Entry => [
    'objects',
    `on-${surface}`,
    {
      assets: ['*'],
      labelled: false,
      count: { kind: 'integer', min: 0, max: 5 },
      scale: { kind: 'uniform', min: 0.5, max: 1.2 },
      material: { color: { kind: 'hsv', hueDegrees: angle }, probability: 0.7 },
      placement: { kind: 'scatter', surface },
      whenFull: 'drop',
      attempts: 20,
    },
  ]),
  [
    'objects',
    'piles',
    {
      categories: ['crate', 'post'],
      count: { kind: 'integer', min: 0, max: 2 },
      placement: { kind: 'stack', surface: 'floor', shiftMeters: { ...unit, max: 0.02 } },
      whenFull: 'drop',
    },
  ],
];

/** Everything else of a config varies as well, so that there is something to shift. */
const BASE = {
  camera: {
    pose: {
      kind: 'shell',
      radiusMeters: { ...unit, min: 0.5 },
      elevationDegrees: { ...unit, max: 80 },
    },
    targetJitterMeters: [unit, unit, unit],
    rollDegrees: { kind: 'normal', mean: 0, std: 3 },
    lens: { kind: 'fov', verticalDegrees: { kind: 'uniform', min: 30, max: 70 } },
  },
  environment: { map: '*', rotationDegrees: angle, strength: unit },
  sensor: { exposureStops: unit, noise: { fullWellElectrons: { ...unit, min: 100, max: 9000 } } },
  outputs: { rgb: { format: 'jpeg', quality: { kind: 'integer', min: 60, max: 99 } } },
} as const;

function sampleOf(
  entries: readonly Entry[],
  frame: number,
  scene: SceneDescription = SCENE,
): SceneSample {
  const parts: Record<Part, Record<string, unknown>> = {
    vars: {},
    lights: {},
    nodes: {},
    objects: {},
  };
  for (const [part, name, value] of entries) parts[part][name] = value;
  return sampleScene(makeRunInputs({ ...BASE, ...parts } as Partial<ConfigInput>, scene), frame);
}

const isOf = ([part, name]: Entry, path: string): boolean =>
  path === `${part}.${name}` ||
  path.startsWith(`${part}.${name}.`) ||
  path.startsWith(`${part}.${name}[`);

/** A sample without what an entry contributes, in an order that is not that of the config. */
function without(sample: SceneSample, entries: readonly Entry[]): string {
  const foreign = (path: string): boolean => !entries.some((entry) => isOf(entry, path));
  const sorted = <T>(record: Readonly<Record<string, T>>, prefix = ''): [string, T][] =>
    Object.entries(record)
      .filter(([key]) => foreign(prefix + key))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const byKey = <T>(items: readonly T[], keyOf: (item: T) => string): [string, T][] =>
    sorted(Object.fromEntries(items.map((item) => [keyOf(item), item])));
  return JSON.stringify({
    ...sample,
    vars: sorted(sample.vars, 'vars.'),
    lights: byKey(sample.lights, ({ name }) => `lights.${name}`),
    nodes: byKey(sample.nodes, ({ name }) => `nodes.${name}`),
    objects: byKey(sample.objects, ({ group, slot }) => `objects.${group}[${slot}]`),
    dropped: byKey(sample.dropped, ({ path }) => path),
    draws: sorted(sample.draws),
    rejections: sorted(sample.rejections),
  });
}

const entries = fc.subarray([...ENTRIES]);
const frame = fc.nat(5000);

describe('keyed streams', () => {
  it('leave every other value as it was when anything is added or removed', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...ENTRIES), frame, (others, entry, at) => {
        const rest = others.filter((other) => other !== entry);
        const index = at % (rest.length + 1);
        const more = [...rest.slice(0, index), entry, ...rest.slice(index)];
        expect(without(sampleOf(more, at), [entry])).toBe(without(sampleOf(rest, at), [entry]));
      }),
      RUNS,
    );
  });

  it('leave every value as it was when parts change places', () => {
    const shuffled = entries.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, frame, ([some, other], at) => {
        expect(without(sampleOf(other, at), [])).toBe(without(sampleOf(some, at), []));
      }),
      RUNS,
    );
  });

  it('leave every other value as it was when the nodes of the scene change places or one is added', () => {
    const extra = makeScene().nodes.find(({ name }) => name === 'globe');
    if (!extra) throw new Error('no globe');
    const added = {
      ...extra,
      name: 'moon',
      surface: false,
      worldFromNode: extra.worldFromNode.map((v, i) => (i === 7 ? 9 : v)),
    };
    fc.assert(
      fc.property(
        entries,
        fc.shuffledSubarray([...SCENE.nodes, added], { minLength: SCENE.nodes.length + 1 }),
        frame,
        (some, nodes, at) => {
          const moon: Entry = ['nodes', 'moon', {}];
          const changed = sampleOf(some, at, { ...SCENE, nodes });
          expect(without(changed, [moon])).toBe(without(sampleOf(some, at), [moon]));
        },
      ),
      RUNS,
    );
  });

  it('give equal JSON for equal inputs, and frame k alone what it is in a sequence', () => {
    fc.assert(
      fc.property(
        entries,
        fc.uniqueArray(fc.nat(50), { minLength: 2, maxLength: 5 }),
        (some, frames) => {
          const inSequence = frames.map((at) => JSON.stringify(sampleOf(some, at)));
          const alone = [...frames].reverse().map((at) => JSON.stringify(sampleOf(some, at)));
          expect(alone.reverse()).toEqual(inSequence);
          expect(new Set(inSequence).size).toBe(frames.length);
        },
      ),
      RUNS,
    );
  });

  it('depend on the seed, however it is written', () => {
    const of = (seed: string | number): string =>
      JSON.stringify(
        sampleScene(makeRunInputs({ ...BASE, seed } as unknown as Partial<ConfigInput>, SCENE), 3)
          .draws,
      );
    expect(of(7)).toBe(of('7'));
    expect(of(7)).not.toBe(of(8));
  });
});

describe('groups that share a surface', () => {
  const crowd = (name: string, count: number): Entry => [
    'objects',
    name,
    {
      assets: ['*'],
      labelled: false,
      count,
      scale: { kind: 'uniform', min: 0.6, max: 1.4 },
      material: { color: { kind: 'hsv', hueDegrees: angle } },
      placement: { kind: 'scatter', surface: 'bench' },
      whenFull: 'drop',
      attempts: 25,
    },
  ];

  it('leave those before them untouched', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(12), frame, (first, second, at) => {
        const later = crowd('later', second);
        const alone = sampleOf([crowd('early', first)], at);
        expect(without(sampleOf([crowd('early', first), later], at), [later])).toBe(
          without(alone, [later]),
        );
      }),
      RUNS,
    );
  });

  it('take room from those after them, and nothing else: each tries the same places in the same order', () => {
    let pushed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), frame, (count, at) => {
        const [early, late] = [crowd('early', 9), crowd('late', count)];
        const alone = sampleOf([late], at);
        const crowded = sampleOf([early, late], at);
        // Whatever does not hang on room is equal: what was drawn, how large, in which colour.
        const drawsOf = ({ draws }: SceneSample) =>
          Object.entries(draws).filter(
            ([path]) =>
              isOf(late, path) && !path.endsWith('.yawDegrees') && !path.includes('.material'),
          );
        expect(drawsOf(crowded)).toEqual(drawsOf(alone));
        // Slots count what was placed; the paths of drops say which were not.
        const placedAs = (sample: SceneSample) => {
          const dropped = new Set(sample.dropped.map(({ path }) => path));
          const paths = Array.from({ length: count }, (_, i) => `objects.late[${i}]`).filter(
            (path) => !dropped.has(path),
          );
          const objects = sample.objects.filter(({ group }) => group === 'late');
          return new Map(paths.map((path, i) => [path, objects[i]]));
        };
        const [before, after] = [placedAs(alone), placedAs(crowded)];
        let undisturbed = true;
        for (let i = 0; i < count; i++) {
          const path = `objects.late[${i}]`;
          const [a, b] = [before.get(path), after.get(path)];
          if (a && b) {
            expect([b.assetId, b.scale, b.material]).toEqual([a.assetId, a.scale, a.material]);
          }
          const tries = [alone, crowded].map((sample) => sample.rejections[path] ?? 0) as [
            number,
            number,
          ];
          // As long as every object so far took its first choice of places, more room cannot be needed.
          if (undisturbed) expect(tries[1]).toBeGreaterThanOrEqual(tries[0]);
          if (undisturbed && tries[0] === tries[1] && a && b)
            expect(b.position).toEqual(a.position);
          if (tries[0] !== tries[1]) {
            undisturbed = false;
            pushed++;
          }
        }
      }),
      RUNS,
    );
    expect(pushed).toBeGreaterThan(20);
  });
});
