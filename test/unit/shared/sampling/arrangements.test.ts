import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import { SamplingError } from '#shared/core/errors';
import type { Vec2 } from '#shared/core/geometry';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample, SceneSample } from '#shared/sampling/scene-sample';
import { cornersOf, distanceBetween, planOf, turn } from '../../../makers/ground-oracle.ts';
import { makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Groups = NonNullable<ConfigInput['objects']>;
type Group = Groups[string];

const SCENE = makeScene();
const sampleOf = (objects: Groups, frame = 0): SceneSample =>
  sampleScene(makeRunInputs({ objects }, SCENE), frame);
const groupOf = (placement: Group['placement'], more: Partial<Group> = {}): Group => ({
  assets: ['crate-2'],
  count: 4,
  placement,
  ...more,
});
const at = ({ position: [x, , z] }: ObjectSample): Vec2 => [x, z];
const front = ({ orientation }: ObjectSample): Vec2 => {
  const [x, , z] = turn(orientation, [0, 0, 1]);
  return [x, z];
};
const DEGREE = Math.PI / 180;

function expectNear(found: readonly Vec2[], expected: readonly Vec2[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, [x, z]] of expected.entries()) {
    expect(found[i]?.[0]).toBeCloseTo(x, 9);
    expect(found[i]?.[1]).toBeCloseTo(z, 9);
  }
}

describe('a grid', () => {
  const grid = {
    kind: 'grid',
    surface: 'bench',
    rows: 2,
    columns: 3,
    rowPitchMeters: 0.2,
    columnPitchMeters: 0.3,
  } as const;

  it('has its places row by row about the middle of the surface, at (−2, 0)', () => {
    const { objects } = sampleOf({ g: groupOf(grid, { count: 6 }) });
    expectNear(objects.map(at), [
      [-2.3, -0.1],
      [-2, -0.1],
      [-1.7, -0.1],
      [-2.3, 0.1],
      [-2, 0.1],
      [-1.7, 0.1],
    ]);
    for (const { position, orientation } of objects) {
      expect(position[1]).toBeCloseTo(0.53, 12);
      expect(orientation).toEqual([1, 0, 0, 0]);
    }
  });

  it('turns with its surface, and by its own turn: 25° and 65° make a right angle', () => {
    const turned = { ...grid, surface: 'table', rows: 1, turnDegrees: 65 };
    const { objects } = sampleOf({
      g: groupOf({ ...turned, columnPitchMeters: 0.2, centerMeters: [-0.5, 0] }, { count: 3 }),
    });
    const [cx, cz] = [-0.5 * Math.cos(25 * DEGREE), 0.5 * Math.sin(25 * DEGREE)];
    expectNear(objects.map(at), [
      [cx, cz + 0.2],
      [cx, cz],
      [cx, cz - 0.2],
    ]);
    for (const object of objects) expectNear([front(object)], [[1, 0]]);
  });

  it('has each place once in a random order, which differs from frame to frame', () => {
    const group = groupOf({ ...grid, order: 'random' }, { count: 6 });
    const orders = Array.from({ length: 20 }, (_, frame) =>
      sampleOf({ g: group }, frame).objects.map((object) =>
        at(object)
          .map((value) => value.toFixed(6))
          .join(),
      ),
    );
    for (const order of orders) expect(new Set(order).size).toBe(6);
    expect(new Set(orders.map((order) => order.join(' '))).size).toBeGreaterThan(15);
  });

  it('says that all places are taken', () => {
    const group = groupOf({ ...grid, rows: 1, columns: 2 }, { count: 3 });
    expect(() => sampleOf({ g: group })).toThrow(
      /objects\.g\[2\]: no room for crate-2: the grid has 2 places, all taken/,
    );
    const { objects, dropped } = sampleOf({ g: { ...group, whenFull: 'drop' } });
    expect([objects.length, dropped.map(({ path }) => path)]).toEqual([2, ['objects.g[2]']]);
  });

  it('leaves each object within its jitter of its place, and clear of the others', () => {
    const jitterMeters = { kind: 'uniform', min: -0.1, max: 0.1 } as const;
    const group = groupOf({ ...grid, jitterMeters }, { count: 6, whenFull: 'drop' });
    let moved = 0;
    for (let frame = 0; frame < 40; frame++) {
      const { objects } = sampleOf({ g: group }, frame);
      for (const [i, object] of objects.entries()) {
        const [x, z] = at(object);
        expect(Math.abs(z)).toBeLessThanOrEqual(0.2 + 1e-12);
        if (Math.abs(Math.abs(z) - 0.1) > 0.01) moved++;
        expect(Math.abs(x + 2)).toBeLessThanOrEqual(0.4 + 1e-12);
        for (const other of objects.slice(i + 1))
          expect(distanceBetween(planOf(object), planOf(other))).toBeGreaterThan(0.0019);
      }
    }
    expect(moved).toBeGreaterThan(100);
  });

  it('draws its jitter for each object alone: another jitter leaves other draws as they were', () => {
    const scatter: Group = {
      assets: ['crate-1'],
      count: 2,
      placement: { kind: 'scatter', surface: 'floor' },
    };
    const first = sampleOf({ g: groupOf(grid), s: scatter });
    const jitterMeters = { kind: 'uniform', min: 0, max: 0.01 } as const;
    const second = sampleOf({ g: groupOf({ ...grid, jitterMeters }), s: scatter });
    const scattered = ({ objects }: SceneSample) => objects.filter(({ group }) => group === 's');
    expect(scattered(second)).toEqual(scattered(first));
    expect(second.objects[0]?.position).not.toEqual(first.objects[0]?.position);
  });
});

it('a line is about its middle', () => {
  const placement = { kind: 'line', surface: 'bench', pitchMeters: 0.2, yawDegrees: 90 } as const;
  const { objects } = sampleOf({ g: groupOf(placement) });
  expectNear(objects.map(at), [[-2.3, 0], [-2.1, 0], [-1.9, 0], [-1.7, 0]]); // prettier-ignore
  for (const object of objects) expectNear([front(object)], [[1, 0]]);
});

describe('a ring', () => {
  const ring = {
    kind: 'ring' as const,
    surface: 'floor',
    centerMeters: [0, 2] as [number, number],
    radiusMeters: 0.5,
  };

  it('is even, begins towards +Z, and faces its middle', () => {
    const { objects } = sampleOf({ g: groupOf(ring) });
    expectNear(objects.map(at), [[0, 2.5], [0.5, 2], [0, 1.5], [-0.5, 2]]); // prettier-ignore
    expectNear(objects.map(front), [[0, -1], [-1, 0], [0, 1], [1, 0]]); // prettier-ignore
  });

  it('has objects at both ends of an arc, and may face outwards', () => {
    const placement = { ...ring, arcDegrees: 180, facing: 'outward' as const };
    const { objects } = sampleOf({ g: groupOf(placement, { count: 3 }) });
    expectNear(objects.map(at), [[0, 2.5], [0.5, 2], [0, 1.5]]); // prettier-ignore
    expectNear(objects.map(front), [[0, 1], [1, 0], [0, -1]]); // prettier-ignore
  });

  it('is refused where its places do not fit', () => {
    expect(() => sampleOf({ g: groupOf({ ...ring, radiusMeters: 0.05 }) })).toThrow(SamplingError);
  });
});

describe('a shelf', () => {
  const shelf = { kind: 'shelf' as const, surfaces: ['bench'], gapMeters: 0.02 };

  it('is filled from −x to +x along its front edge, a gap apart', () => {
    const { objects } = sampleOf({ g: groupOf(shelf) });
    // Crates of 12 cm from the bench's left edge at −2.6 and its front at 0.25, a margin of 1 cm within.
    const z = 0.25 - 0.01 - 0.06;
    expectNear(
      objects.map(at),
      [0, 1, 2, 3].map((i): Vec2 => [-2.6 + 0.01 + 0.06 + 0.14 * i, z]),
    );
  });

  it('goes on with the next row, then on the next surface', () => {
    const placement = { ...shelf, surfaces: ['bench', 'stool'], rows: 2, rowGapMeters: 0.03 };
    const group = groupOf(placement, { count: 18, attempts: 2000 });
    const { objects } = sampleOf({ g: group });
    // 1.18 m hold eight crates of 12 cm with seven gaps of 2 cm.
    const front0 = 0.25 - 0.01 - 0.06;
    expectNear([at(objects[7] ?? objectsMissing())], [[-2.53 + 0.14 * 7, front0]]);
    expectNear([at(objects[8] ?? objectsMissing())], [[-2.53, front0 - 0.15]]);
    expect(objects[16]?.position[1]).toBeCloseTo(0.45 + 0.03, 12);
  });

  it('stands clear of what is there already, and holds touching goods where the gap is 0', () => {
    const inTheWay: Group = {
      assets: ['crate-1'],
      count: 1,
      placement: { kind: 'line', surface: 'bench', pitchMeters: 1, centerMeters: [-0.3, 0.15] },
    };
    const { objects } = sampleOf({ way: inTheWay, g: groupOf({ ...shelf, gapMeters: 0 }) });
    const plans = objects.map(planOf);
    for (const [i, plan] of plans.entries())
      for (const other of plans.slice(i + 1))
        expect(distanceBetween(plan, other)).toBeGreaterThan(-1e-9);
    const xs = objects.slice(1).map(({ position }) => position[0]);
    expect((xs[1] ?? NaN) - (xs[0] ?? NaN)).toBeGreaterThanOrEqual(0.12 - 1e-9);
    expect(xs.some((x, i) => Math.abs(x - (xs[i - 1] ?? NaN) - 0.12) < 1e-9)).toBe(true);
  });

  it('leaves room for what is smaller where something finds none', () => {
    const group = groupOf(shelf, { assets: ['crate-1'], scale: 6, whenFull: 'drop', count: 1 });
    const { objects, dropped } = sampleOf({ big: group, g: groupOf(shelf) });
    expect(dropped.map(({ path }) => path)).toEqual(['objects.big[0]']);
    expect(objects).toHaveLength(4);
  });
});

describe('a Poisson-disc scatter', () => {
  it('keeps origins at least the separation apart, and fills the surface', () => {
    const placement = { kind: 'scatter', surface: 'floor', separationMeters: 0.8 } as const;
    const group = groupOf(placement, { count: 200, whenFull: 'drop', attempts: 400 });
    const { objects } = sampleOf({ g: group });
    const points = objects.map(at);
    for (const [i, [x, z]] of points.entries())
      for (const [ox, oz] of points.slice(i + 1))
        expect(Math.hypot(ox - x, oz - z)).toBeGreaterThanOrEqual(0.8);
    // Random sequential addition jams at 0.547 of the plane covered by discs of the separation
    // (Feder, 1980); 400 tries for each come near it. The room for origins is 7.86² or less.
    const covered = (points.length * Math.PI * 0.4 * 0.4) / (8 * 8);
    expect(covered).toBeGreaterThan(0.4);
    expect(covered).toBeLessThan(0.62);
  });

  it('is the plain scatter where the separation is 0', () => {
    const plain = sampleOf({ g: groupOf({ kind: 'scatter', surface: 'floor' }) });
    const zero = sampleOf({
      g: groupOf({ kind: 'scatter', surface: 'floor', separationMeters: 0 }),
    });
    expect(zero.objects).toEqual(plain.objects);
  });
});

describe('what is placed by something else', () => {
  const tables: Group = {
    assets: ['crate-1'],
    count: 2,
    scale: 3,
    placement: {
      kind: 'line',
      surface: 'floor',
      pitchMeters: 2,
      centerMeters: [0, 2.5],
      yawDegrees: 90,
    },
  };
  // Of 0.2 × 0.14 × 3, turned by 90°: 0.42 m along x and 0.6 m along z, about (−1, 2.5) and (1, 2.5).

  it('stands beside it at the distance, on the side and with the turn that are stated', () => {
    const chairs = groupOf(
      { kind: 'beside', of: 'tables', surface: 'floor', distanceMeters: 0.1, azimuthDegrees: 0 },
      { count: 2 },
    );
    const { objects } = sampleOf({ tables, chairs });
    const seats = objects.filter(({ group }) => group === 'chairs');
    // The front of a table points to +x: the chair's middle is 0.21 + 0.1 + 0.06 from the table's.
    expectNear(seats.map(at), [[-0.63, 2.5], [1.37, 2.5]]); // prettier-ignore
    expectNear(seats.map(front), [[-1, 0], [-1, 0]]); // prettier-ignore
    for (const [i, seat] of seats.entries()) {
      const table = objects[i] ?? objectsMissing();
      expect(distanceBetween(planOf(seat), planOf(table))).toBeCloseTo(0.1, 9);
    }
  });

  it('is shifted across, and turned alike', () => {
    const chairs = groupOf(
      {
        kind: 'beside',
        of: 'tables',
        surface: 'floor',
        azimuthDegrees: 90,
        shiftMeters: 0.1,
        distanceMeters: 0.2,
      },
      { count: 1 },
    );
    const { objects } = sampleOf({ tables, chairs });
    // Its +X points to −z; across that, by 0.1 m.
    const seat = objects[2] ?? objectsMissing();
    expect(at(seat)[1]).toBeCloseTo(2.5 - 0.3 - 0.2 - 0.06, 9);
    expect(Math.abs(at(seat)[0] + 1)).toBeCloseTo(0.1, 9);
    expectNear([front(seat)], [[0, 1]]);
  });

  it('finds the sides that are free, one after another', () => {
    const azimuthDegrees = { kind: 'choice', values: [0, 90, 180, 270] } as const;
    const chairs = groupOf(
      { kind: 'beside', of: 'tables', surface: 'floor', azimuthDegrees },
      { count: 8 },
    );
    for (let frame = 0; frame < 10; frame++) {
      const { objects } = sampleOf({ tables, chairs }, frame);
      const plans = objects.map(planOf);
      for (const [i, plan] of plans.entries())
        for (const other of plans.slice(i + 1))
          expect(distanceBetween(plan, other)).toBeGreaterThan(0.0049);
    }
  });

  it('stands on its top, within its rim', () => {
    const cups = groupOf(
      { kind: 'on', of: 'tables', marginMeters: 0.02 },
      { count: 4, scale: 0.5 },
    );
    const { objects } = sampleOf({ tables, cups });
    for (const cup of objects.slice(2)) {
      const corners = cornersOf(cup);
      expect(Math.min(...corners.map(([, y]) => y))).toBeCloseTo(0.3, 12);
      for (const [x, , z] of corners) {
        expect(Math.abs(Math.abs(x) - 1)).toBeLessThanOrEqual(0.21 - 0.02 + 1e-9);
        expect(Math.abs(z - 2.5)).toBeLessThanOrEqual(0.3 - 0.02 + 1e-9);
      }
    }
  });

  it('stands in it, above its floor', () => {
    const goods = groupOf({ kind: 'inside', of: 'tables', floorMeters: 0.02 }, { count: 2 });
    const { objects } = sampleOf({ tables, goods });
    for (const [i, good] of objects.slice(2).entries()) {
      const corners = cornersOf(good);
      expect(Math.min(...corners.map(([, y]) => y))).toBeCloseTo(0.02, 12);
      for (const [x] of corners) expect(Math.abs(x - (i === 0 ? -1 : 1))).toBeLessThan(0.2);
    }
  });

  it('faces a node of the scene from wherever it stands', () => {
    const lookers = groupOf({ kind: 'facing', of: 'vase', surface: 'floor' });
    for (const object of sampleOf({ lookers }).objects) {
      const [x, z] = at(object);
      const [dx, dz] = [0.1 - x, 0.05 - z];
      const length = Math.hypot(dx, dz);
      expectNear([front(object)], [[dx / length, dz / length]]);
    }
  });

  it('is left out, with the reason, where there is nothing of the name in the frame', () => {
    const none = { ...tables, count: 0 };
    const cups = groupOf({ kind: 'on', of: 'tables' }, { count: 1, whenFull: 'drop' });
    expect(sampleOf({ tables: none, cups }).dropped).toEqual([
      {
        path: 'objects.cups[0]',
        reason: 'no room for crate-2: the group "tables" has no objects in this frame',
      },
    ]);
  });
});

function objectsMissing(): never {
  throw new Error('expected an object');
}
