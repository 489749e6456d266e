import { beforeAll, describe, expect, it } from 'vitest';
import type { Hull, Quat, Vec3 } from '#shared/core/geometry';
import type { FixedBody, LooseBody, RestingBody } from '#shared/physics/bodies';
import { DropSimulation } from '#shared/physics/drop-simulation';
import { loadPhysics } from '#shared/physics/engine';

beforeAll(() => loadPhysics());

const boxAt = ([x, y, z]: Vec3, [w, h, d]: Vec3): Hull =>
  [-w / 2, w / 2].flatMap((a) =>
    [-h / 2, h / 2].flatMap((b) => [-d / 2, d / 2].map((c): Vec3 => [x + a, y + b, z + c])),
  );

/** 240 points on a sphere, evenly; the facets between them lie less than 2 % of the radius below it. */
const ball = (radius: number): Hull =>
  Array.from({ length: 240 }, (_, i): Vec3 => {
    const y = 1 - (2 * i + 1) / 240;
    const r = Math.sqrt(1 - y * y);
    return [radius * r * Math.cos(2.4 * i), radius * y, radius * r * Math.sin(2.4 * i)];
  });

/** 42 × 32 cm and 13 cm high inside; its floor is at height 0. */
const CRATE: readonly FixedBody[] = [
  [boxAt([0, -0.01, 0], [0.44, 0.02, 0.34])],
  [boxAt([0, 0.07, 0.166], [0.444, 0.14, 0.012])],
  [boxAt([0, 0.07, -0.166], [0.444, 0.14, 0.012])],
  [boxAt([0.216, 0.07, 0], [0.012, 0.14, 0.344])],
  [boxAt([-0.216, 0.07, 0], [0.012, 0.14, 0.344])],
].map((hulls, i) => ({ name: `board ${i}`, hulls, friction: 0.6 }));

type Kind = Readonly<{ radius: number; size?: never }> | Readonly<{ size: Vec3; radius?: never }>;

const hullOf = (kind: Kind): Hull =>
  kind.radius === undefined ? boxAt([0, 0, 0], kind.size) : ball(kind.radius);
const bodyOf = (kind: Kind, pose: Pick<LooseBody, 'position' | 'orientation'>): LooseBody => ({
  ...pose,
  hulls: [hullOf(kind)],
  densityKgPerCubicMeter: 800,
  friction: 0.5,
  restitution: 0.05,
});

const mixed = (count: number): readonly Kind[] =>
  Array.from({ length: count }, (_, i): Kind => {
    if (i % 2 === 0) return { radius: 0.025 + 0.0025 * (i % 7) };
    return { size: [0.04 + 0.004 * (i % 5), 0.03 + 0.004 * (i % 4), 0.05] };
  });

/** Rows of the rotation: what takes a point of the world into the body's directions. */
function axesOf([w, x, y, z]: Quat): readonly Vec3[] {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)],
    [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)],
    [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)],
  ];
}
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

type Lying = Readonly<{ kind: Kind; pose: RestingBody }>;

/** How far two bodies overlap, by closed forms; balls count as round, which claims more than their facets. */
function overlapOf({ kind: a, pose: at }: Lying, { kind: b, pose: bt }: Lying): number {
  const between = minus(bt.position, at.position);
  if (a.radius !== undefined && b.radius !== undefined)
    return a.radius + b.radius - Math.sqrt(dot(between, between));
  if (a.radius === undefined && b.radius !== undefined)
    return overlapOf({ kind: b, pose: bt }, { kind: a, pose: at });
  if (a.radius !== undefined && b.size !== undefined) {
    const local = axesOf(bt.orientation).map((axis) => -dot(axis, between));
    const outside = local.map((value, i) => Math.max(0, Math.abs(value) - (b.size[i] ?? 0) / 2));
    return a.radius - Math.hypot(...outside);
  }
  const [ea, eb] = [axesOf(at.orientation), axesOf(bt.orientation)];
  const crossed = ea.flatMap((u) =>
    eb.map((v): Vec3 => [
      u[1] * v[2] - u[2] * v[1],
      u[2] * v[0] - u[0] * v[2],
      u[0] * v[1] - u[1] * v[0],
    ]),
  );
  const reach = (size: Vec3, axes: readonly Vec3[], n: Vec3): number =>
    axes.reduce((sum, axis, i) => sum + (Math.abs(dot(axis, n)) * (size[i] ?? 0)) / 2, 0);
  let least = Infinity;
  for (const axis of [...ea, ...eb, ...crossed]) {
    const length = Math.hypot(...axis);
    if (length < 1e-6) continue;
    const n: Vec3 = [axis[0] / length, axis[1] / length, axis[2] / length];
    const gap = Math.abs(dot(between, n));
    least = Math.min(least, reach(a.size ?? n, ea, n) + reach(b.size ?? n, eb, n) - gap);
  }
  return least;
}

/** Lets bodies fall, one after another, at the places of a coarse lattice, from above what lies there. */
function fill(kinds: readonly Kind[]): Readonly<{ outcomes: string[]; resting: RestingBody[] }> {
  const simulation = new DropSimulation(CRATE);
  try {
    const outcomes = kinds.map((kind, i) => {
      const top = simulation
        .resting()
        .reduce((high, { position }) => Math.max(high, position[1]), 0);
      const position: Vec3 = [0.1 * ((i % 3) - 1), top + 0.09, 0.08 * ((i % 5) / 2 - 1)];
      const orientation: Quat = [Math.cos(i), Math.sin(i), 0, 0];
      return simulation.drop(bodyOf(kind, { position, orientation }), 3);
    });
    return { outcomes, resting: [...simulation.resting()] };
  } finally {
    simulation.free();
  }
}

describe('fifty mixed bodies that fall into a crate', () => {
  const kinds = mixed(50);
  let filled: ReturnType<typeof fill>;
  beforeAll(() => {
    filled = fill(kinds);
  }, 240_000);

  it('all come to rest, in few steps', () => {
    expect(filled.outcomes.filter((outcome) => outcome !== 'rest')).toEqual([]);
  });

  it('overlap nowhere by more than 1 mm', () => {
    const { resting } = filled;
    let touching = 0;
    for (const [i, a] of kinds.entries()) {
      for (const [j, b] of kinds.entries()) {
        const [at, bt] = [resting[i], resting[j]];
        if (j <= i || !at || !bt) continue;
        const overlap = overlapOf({ kind: a, pose: at }, { kind: b, pose: bt });
        // Balls count as round here: their facets lie up to 2 % of a radius, 0.8 mm each, within.
        const round = 0.02 * ((a.radius ?? 0) + (b.radius ?? 0));
        expect(overlap, `${i} and ${j}`).toBeLessThan(1e-3 + round);
        if (overlap > -1e-3) touching++;
      }
    }
    expect(touching).toBeGreaterThan(50);
  });

  it('are in the crate, on its floor or on each other', () => {
    for (const { position } of filled.resting) {
      expect(Math.abs(position[0])).toBeLessThan(0.21);
      expect(Math.abs(position[2])).toBeLessThan(0.16);
      expect(position[1]).toBeGreaterThan(0.01);
      expect(position[1]).toBeLessThan(0.35);
    }
  });

  it('lie stably: each that is let go again among the others stays within 2 mm', () => {
    const { resting } = filled;
    const inWorld = (kind: Kind, { position, orientation }: RestingBody): Hull => {
      const axes = axesOf(orientation);
      return hullOf(kind).map(([x, y, z]): Vec3 => {
        const turned = [0, 1, 2].map(
          (k) => x * (axes[0]?.[k] ?? NaN) + y * (axes[1]?.[k] ?? NaN) + z * (axes[2]?.[k] ?? NaN),
        );
        return [
          position[0] + (turned[0] ?? NaN),
          position[1] + (turned[1] ?? NaN),
          position[2] + (turned[2] ?? NaN),
        ];
      });
    };
    for (const index of [0, 7, 18, 29, 40, 49]) {
      const others = kinds.flatMap((kind, j): FixedBody[] => {
        const pose = resting[j];
        return j === index || !pose
          ? []
          : [{ name: `body ${j}`, hulls: [inWorld(kind, pose)], friction: 0.5 }];
      });
      const simulation = new DropSimulation([...CRATE, ...others]);
      const [kind, pose] = [kinds[index], resting[index]];
      if (!kind || !pose) throw new Error(`no body ${index}`);
      const { position, orientation } = pose;
      expect(simulation.drop(bodyOf(kind, { position, orientation }), 3)).toBe('rest');
      const [after] = simulation.resting();
      simulation.free();
      expect(Math.hypot(...minus(after?.position ?? [NaN, NaN, NaN], position))).toBeLessThan(2e-3);
    }
  });
});

it('a ball comes to rest on a floor at its radius, less what its facets lack', () => {
  const simulation = new DropSimulation(CRATE);
  const body = bodyOf({ radius: 0.04 }, { position: [0, 0.2, 0], orientation: [1, 0, 0, 0] });
  expect(simulation.drop(body, 4)).toBe('rest');
  const height = simulation.resting()[0]?.position[1];
  simulation.free();
  expect(height).toBeLessThan(0.04 + 1e-4);
  expect(height).toBeGreaterThan(0.04 * 0.98 - 1e-4);
});
