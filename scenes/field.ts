/**
 * A field of ridges between a track and a hedge, a meadow behind a fence, a barn and hills to the horizon. Rows
 * run along z. Crops stand on the ridges of `soil` (level tops 0.6 m apart, x from −3 to 3, z from −5 to 4), and
 * rows too far to count on both sides of it: show one of `rows-beet`, `rows-cabbage` and `rows-maize`. Machines
 * and crates belong on the `track`, beasts, bales and trees on the `meadow`. A camera belongs over `soil` and looks
 * to −Z.
 */
import { BoxGeometry, Group, Matrix4, Mesh, type BufferGeometry, type Object3D } from 'three';
import { defineScene } from 'diorama/scene';
import { barn } from './field/barn.ts';
import { FAR_CROPS, farRows } from './field/far-rows.ts';
import { grassOver } from './field/grass.ts';
import { hedgeAndTrees } from './field/hedge-and-trees.ts';
import { instanced, material, named, slab, surfaceOf, type Rect } from './field/shapes.ts';

/** Metres. */
const RIDGE = { pitch: 0.6, top: 0.3, depth: 0.09 };
const FIELD = { left: -3.3, right: 11.7, back: -29.5, front: 8 };
const NEAR = { left: -3.3, right: 3.3, back: -5, front: 4 };
const TRACK = { left: -7.6, right: -4.1, back: -60, front: 14 };
const FENCE = { x: -8.5, front: 10, posts: 22, apart: 2.6 };
const MEADOW = { left: -42, right: -7.9, back: -46, front: 14 };
const LAND = { half: 230, inner: 62, cells: 64 };

const soil = material('#6b5138', 1);
const grass = material('#6f8a45', 1);
const gravel = material('#8d8168', 1);
const timber = material('#8a7458', 0.9);

/** Heights across ridges from −x to +x, each ridge about a multiple of the pitch: [x, y]. */
function profile(left: number, right: number): [number, number][] {
  const { pitch, top, depth } = RIDGE;
  const points: [number, number][] = [];
  for (let k = Math.round(left / pitch + 0.5); k * pitch < right; k++) {
    const x = k * pitch;
    points.push([x - pitch / 2, -depth], [x - top / 2 - 0.05, -0.025], [x - top / 2, 0]);
    points.push([x + top / 2, 0], [x + top / 2 + 0.05, -0.025]);
  }
  return [...points, [right, -depth]];
}

/** A patch of ridges, drawn along z. */
function ridges(patch: Rect): BufferGeometry {
  const points = profile(patch.left, patch.right);
  const positions: number[] = [];
  const indices: number[] = [];
  for (const [x, y] of points) positions.push(x, y, patch.back, x, y, patch.front);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [2 * i, 2 * i + 1, 2 * i + 2, 2 * i + 3];
    indices.push(a, b, d, a, d, c);
  }
  return surfaceOf(positions, indices);
}

/** Soil near the camera, where things are placed, and beyond: one labelled ground. */
function field(): Object3D {
  const beyond: Rect[] = [
    { ...NEAR, back: FIELD.back, front: NEAR.back },
    { ...NEAR, back: NEAR.front, front: FIELD.front },
    { ...FIELD, left: NEAR.right },
  ];
  return named(new Group(), 'ground', { category: 'soil', castShadow: false }).add(
    named(new Mesh(ridges(NEAR), soil), 'soil', { surface: true, castShadow: false }),
    ...beyond.map((patch, i) =>
      named(new Mesh(ridges(patch), soil), `soil-beyond-${i + 1}`, { castShadow: false }),
    ),
  );
}

/** The track, with grass between its ruts, and a verge to the field. */
function track(): Object3D[] {
  const { left, right, back, front } = TRACK;
  const middle = (left + right) / 2;
  const between = { left: middle - 0.35, right: middle + 0.35, back: -40, front: 8 };
  const verge = { left: right, right: FIELD.left - 0.15, back: -40, front: 8 };
  return [
    named(new Group(), 'way', { category: 'track', castShadow: false }).add(
      named(new Mesh(slab(TRACK, -0.05), gravel), 'track', { surface: true, castShadow: false }),
      named(new Mesh(slab(between, -0.045), grass), 'track-turf', { castShadow: false }),
      grassOver('track-grass', [{ strip: between, y: -0.05, tall: 0.14, tufts: 60, piece: 8 }]),
    ),
    named(new Group(), 'verge', { category: 'grass', castShadow: false }).add(
      named(
        new Mesh(slab({ left: right, right: FIELD.left, back, front }, -0.11), grass),
        'verge-turf',
        {
          castShadow: false,
        },
      ),
      grassOver('verge-grass', [{ strip: verge, y: -0.11, tall: 0.26, tufts: 130, piece: 8 }]),
    ),
  ];
}

function meadow(): Object3D {
  const { right, front } = MEADOW;
  const near = { left: -14, right, back: -16, front: 8 };
  const far = { left: -32, right, back: -44, front: -16 };
  return named(new Group(), 'pasture', { category: 'grass', castShadow: false }).add(
    named(new Mesh(slab(MEADOW, -0.06), grass), 'meadow', { surface: true, castShadow: false }),
    grassOver('meadow-grass', [
      { strip: near, y: -0.06, tall: 0.22, tufts: 420, piece: 6 },
      { strip: far, y: -0.06, tall: 0.3, tufts: 500, piece: 7 },
      {
        strip: { left: -8.8, right, back: -40, front },
        y: -0.06,
        tall: 0.36,
        tufts: 110,
        piece: 9,
      },
    ]),
  );
}

/** Height of the land, m: level within, hills beyond. */
function landHeight(x: number, z: number): number {
  const away = Math.max(Math.abs(x), Math.abs(z)) - LAND.inner;
  const rise = Math.min(1, Math.max(0, away) / 90) ** 2;
  const hills =
    10 +
    8 * Math.sin(x * 0.021 + 1.3) * Math.cos(z * 0.017 - 0.4) +
    4 * Math.sin(x * 0.047 - z * 0.031) +
    1.6 * Math.sin(x * 0.11 + z * 0.09 + 2);
  return -0.16 + rise * hills;
}

/** Level land, and hills behind it, which are no more than background: their room is that of the whole field. */
function land(): Object3D[] {
  const { half, inner, cells } = LAND;
  const level = { left: -inner, right: inner, back: -inner, front: inner };
  const strips = [
    { left: -half, right: half, back: -half, front: -inner },
    { left: -half, right: -inner, back: -inner, front: inner },
    { left: inner, right: half, back: -inner, front: inner },
  ];
  return [
    named(new Mesh(slab(level, landHeight(0, 0)), grass), 'land', {
      category: 'grass',
      castShadow: false,
    }),
    ...strips.map((strip, i) =>
      named(new Mesh(terrain(strip, cells), grass), `hills-${i + 1}`, { castShadow: false }),
    ),
  ];
}

function terrain({ left, right, back, front }: Rect, cells: number): BufferGeometry {
  const positions: number[] = [];
  const indices: number[] = [];
  const columns = Math.ceil((cells * (right - left)) / (2 * LAND.half));
  const rows = Math.ceil((cells * (front - back)) / (2 * LAND.half));
  for (let j = 0; j <= rows; j++)
    for (let i = 0; i <= columns; i++) {
      const [x, z] = [left + ((right - left) * i) / columns, back + ((front - back) * j) / rows];
      positions.push(x, landHeight(x, z), z);
    }
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const a = j * (columns + 1) + i;
      const c = a + columns + 1;
      indices.push(a, c, c + 1, a, c + 1, a + 1);
    }
  return surfaceOf(positions, indices);
}

/** Posts and rails beside the track, one labelled thing. */
function fence(): Object3D {
  const { x, front, posts, apart } = FENCE;
  const length = (posts - 1) * apart;
  const post = instanced(
    new BoxGeometry(0.12, 1.35, 0.12),
    timber,
    Array.from({ length: posts }, (_, i) =>
      new Matrix4().makeTranslation(x, 0.55, front - i * apart),
    ),
  );
  const rails = [0.4, 0.76, 1.1].map((y, i) => {
    const rail = new Mesh(new BoxGeometry(0.035, 0.11, length + 0.4), timber);
    rail.position.set(x + 0.075, y, front - length / 2);
    return named(rail, `fence-rail-${i + 1}`);
  });
  return named(new Group(), 'fence', { category: 'fence' }).add(
    named(post, 'fence-posts'),
    ...rails,
  );
}

export const scene = defineScene({
  name: 'field',
  build: () =>
    named(new Group(), 'farm', { castShadow: false }).add(
      ...land(),
      field(),
      ...track(),
      meadow(),
      fence(),
      ...FAR_CROPS.map(farRows),
      ...hedgeAndTrees(),
      barn(),
    ),
  cameras: [{ name: 'over-the-rows', position: [0, 1.7, 3.5], target: [-1, 0.3, -4] }],
});
