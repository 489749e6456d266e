import type { ShapeSpec } from '../config/scene-schema.ts';
import type { Triangles, Vec3 } from '../core/geometry.ts';
import { cos, sin, TAU } from '../core/portable-math.ts';

/** Of a rounded box: faces of 7 × 7 cells, as the page draws them. */
const ROUND_CELLS = 7;
/** Of the quarter circle of a backdrop, as the page draws it. */
const BEND_SEGMENTS = 24;

/**
 * The triangles of a shape in its node's frame, anticlockwise seen from outside, as the page draws them to
 * within rounding; of a backdrop, the face that shows.
 */
export function shapeTriangles(shape: ShapeSpec): Triangles {
  switch (shape.kind) {
    case 'plane':
      return joinPatches([gridPatch([1, 1], planePoint(shape.size))]);
    case 'box':
      return boxTriangles(shape.size, shape.bevelMeters);
    case 'sphere':
      return joinPatches([
        gridPatch([shape.segments, Math.ceil(shape.segments / 2)], (u, v) =>
          onSphere(shape.radius, u, v),
        ),
      ]);
    case 'cylinder':
      return joinPatches(cylinderPatches(shape));
    case 'backdrop':
      return joinPatches([backdropPatch(shape)]);
  }
}

/** Points of a grid of cells, row after row; the outside is where u × v points. */
type Patch = Readonly<{ points: readonly Vec3[]; cells: readonly [number, number] }>;

function gridPatch(
  [across, along]: readonly [number, number],
  pointAt: (u: number, v: number) => Vec3,
): Patch {
  const points: Vec3[] = [];
  for (let j = 0; j <= along; j++)
    for (let i = 0; i <= across; i++) points.push(pointAt(i / across, j / along));
  return { points, cells: [across, along] };
}

/** Two triangles a cell, cut from (0, 0) to (1, 1); those without area are left out. */
function joinPatches(patches: readonly Patch[]): Triangles {
  const positions: number[] = [];
  const indices: number[] = [];
  for (const { points, cells } of patches) {
    const first = positions.length / 3;
    positions.push(...points.flat());
    const same = (a: number, b: number): boolean =>
      ([0, 1, 2] as const).every((axis) => points[a]?.[axis] === points[b]?.[axis]);
    const add = (a: number, b: number, c: number): void => {
      if (!same(a, b) && !same(b, c) && !same(c, a)) indices.push(first + a, first + b, first + c);
    };
    for (let j = 0; j < cells[1]; j++) {
      for (let i = 0; i < cells[0]; i++) {
        const at = j * (cells[0] + 1) + i;
        const above = at + cells[0] + 1;
        add(at, at + 1, above + 1);
        add(at, above + 1, above);
      }
    }
  }
  return { positions, indices };
}

const planePoint =
  ([width, depth]: readonly [number, number]) =>
  (u: number, v: number): Vec3 => [(u - 0.5) * width, 0, (0.5 - v) * depth];

/** u runs around from +X to +Z's back, v from the south pole up. */
function onSphere(radius: number, u: number, v: number): Vec3 {
  const [around, down] = [(u === 1 ? 0 : u) * TAU, (1 - v) * (TAU / 2)];
  const ring = v === 0 || v === 1 ? 0 : radius * sin(down);
  return [ring * cos(around), radius * cos(down), -ring * sin(around)];
}

function cylinderPatches({
  radius,
  height,
  segments,
}: Extract<ShapeSpec, { kind: 'cylinder' }>): readonly Patch[] {
  const rim = (u: number, r: number, y: number): Vec3 => {
    const angle = (u === 1 ? 0 : u) * TAU;
    return [r * sin(angle), y, r * cos(angle)];
  };
  const half = height / 2;
  return [
    gridPatch([segments, 1], (u, v) => rim(u, radius, (v - 0.5) * height)),
    gridPatch([segments, 1], (u, v) => rim(u, radius * (1 - v), half)),
    gridPatch([segments, 1], (u, v) => rim(u, radius * v, -half)),
  ];
}

/** Each face: its outside, and the way that u and v run along it. */
const FACES = [
  { u: [0, 0, -1], v: [0, 1, 0], out: [1, 0, 0] },
  { u: [0, 0, 1], v: [0, 1, 0], out: [-1, 0, 0] },
  { u: [1, 0, 0], v: [0, 0, -1], out: [0, 1, 0] },
  { u: [1, 0, 0], v: [0, 0, 1], out: [0, -1, 0] },
  { u: [1, 0, 0], v: [0, 1, 0], out: [0, 0, 1] },
  { u: [-1, 0, 0], v: [0, 1, 0], out: [0, 0, -1] },
] as const;

function boxTriangles(size: Vec3, bevel: number): Triangles {
  const radius = Math.min(bevel, size[0] / 2, size[1] / 2, size[2] / 2);
  const cells = radius > 0 ? ROUND_CELLS : 1;
  const pointAt = (face: (typeof FACES)[number], u: number, v: number): Vec3 => {
    const unit = ([0, 1, 2] as const).map(
      (axis) => face.u[axis] * (u - 0.5) + face.v[axis] * (v - 0.5) + face.out[axis] / 2,
    ) as unknown as Vec3;
    return radius > 0 ? roundPoint(unit, size, radius) : scaleTo(unit, size);
  };
  return joinPatches(FACES.map((face) => gridPatch([cells, cells], (u, v) => pointAt(face, u, v))));
}

const scaleTo = ([x, y, z]: Vec3, [w, h, d]: Vec3): Vec3 => [x * w, y * h, z * d];

/** A point of the unit box on the box with round edges: the inner box, and a way of `radius` outwards. */
function roundPoint(unit: Vec3, size: Vec3, radius: number): Vec3 {
  const half = 0.5 / ROUND_CELLS;
  const way = unit.map((value) => value - Math.sign(value) * half);
  const [x = 0, y = 0, z = 0] = way;
  const length = Math.sqrt(x * x + y * y + z * z);
  return unit.map((value, axis) => {
    const inner = (size[axis] ?? NaN) / 2 - radius;
    return inner * Math.sign(value) + ((way[axis] ?? NaN) / length) * radius;
  }) as unknown as Vec3;
}

/** From the front of the floor over the bend to the top of the wall. */
function backdropPatch({
  width,
  height,
  depth,
  bendRadius,
}: Extract<ShapeSpec, { kind: 'backdrop' }>): Patch {
  const back = -depth / 2;
  const bend = Array.from({ length: BEND_SEGMENTS + 1 }, (_, i): readonly [number, number] => {
    const angle = (i * TAU) / (4 * BEND_SEGMENTS);
    return [back + bendRadius * (1 - sin(angle)), bendRadius * (1 - cos(angle))];
  });
  const profile = [[depth / 2, 0] as const, ...bend, [back, height] as const];
  const rows = profile.length - 1;
  return gridPatch([1, rows], (u, v) => {
    const [z, y] = profile[Math.round(v * rows)] ?? [NaN, NaN];
    return [(u - 0.5) * width, y, z];
  });
}
