import type { BufferGeometry } from 'three';
import { leanRecipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { card, plastic } from '../lib/materials.ts';
import { roundedBox } from '../lib/rounded-box.ts';
import { pillow, rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { paintWeave } from '../lib/weave.ts';

/** An upholstered seat for one or more; lengths in mm. */
interface SeatVariant {
  width: number;
  depth: number;
  seats: number;
  arm: { width: number; height: number; radius: number };
  back: { height: number; thickness: number; lean: number };
  legs: { height: number; kind: 'taper' | 'block'; color: string };
  cloth: string;
  /** Colour of loose cushions, one at each end. */
  loose?: string;
}

const SOFAS: readonly SeatVariant[] = [
  {
    width: 2120,
    depth: 900,
    seats: 3,
    arm: { width: 190, height: 600, radius: 55 },
    back: { height: 810, thickness: 190, lean: 0.12 },
    legs: { height: 120, kind: 'taper', color: '#6b4a2f' },
    cloth: '#b9b3a8',
    loose: '#b5794a',
  },
  {
    width: 1560,
    depth: 820,
    seats: 2,
    arm: { width: 110, height: 560, radius: 40 },
    back: { height: 780, thickness: 160, lean: 0.16 },
    legs: { height: 170, kind: 'taper', color: '#c19a6b' },
    cloth: '#aebbb4',
    loose: '#d8c37a',
  },
  {
    width: 2340,
    depth: 960,
    seats: 3,
    arm: { width: 250, height: 520, radius: 70 },
    back: { height: 700, thickness: 230, lean: 0.08 },
    legs: { height: 50, kind: 'block', color: '#26282b' },
    cloth: '#c4bdb2',
  },
];

const ARMCHAIRS: readonly SeatVariant[] = [
  {
    width: 820,
    depth: 840,
    seats: 1,
    arm: { width: 120, height: 590, radius: 40 },
    back: { height: 860, thickness: 160, lean: 0.2 },
    legs: { height: 170, kind: 'taper', color: '#8a6242' },
    cloth: '#bdb09c',
  },
  {
    width: 760,
    depth: 780,
    seats: 1,
    arm: { width: 90, height: 610, radius: 38 },
    back: { height: 960, thickness: 130, lean: 0.18 },
    legs: { height: 190, kind: 'taper', color: '#3a2a20' },
    cloth: '#b3bcc4',
    loose: '#8c4f4a',
  },
  {
    width: 900,
    depth: 880,
    seats: 1,
    arm: { width: 180, height: 560, radius: 70 },
    back: { height: 740, thickness: 200, lean: 0.1 },
    legs: { height: 50, kind: 'block', color: '#26282b' },
    cloth: '#c7c2ba',
  },
];

function legs({ width, depth, legs: leg }: SeatVariant): BufferGeometry {
  const [x, z] = [width / 2 - 90, depth / 2 - 90];
  const corners = [-1, 1].flatMap((sx) => [-1, 1].map((sz) => [sx, sz] as const));
  return merged(
    corners.map(([sx, sz]) =>
      leg.kind === 'taper'
        ? rod([sx * (x + 22), 0, sz * (z + 22)], [sx * x, leg.height + 8, sz * z], [13, 25])
        : bevelBox([80, leg.height + 8, 80], 4).translate(sx * x, (leg.height + 8) / 2, sz * z),
    ),
  );
}

/** Frame, arms and back, before cushions lie on it. */
function upholstery(seat: SeatVariant): BufferGeometry[] {
  const { width, depth, arm, back, legs: leg } = seat;
  const low = leg.height;
  const inner = width - 2 * arm.width;
  const base = roundedBox({
    width: inner + 40,
    height: 170,
    depth: depth - 40,
    radius: 20,
    steps: 1,
  });
  const side = (s: number): BufferGeometry =>
    roundedBox({
      width: arm.width,
      height: arm.height - low,
      depth: depth - 6,
      radius: arm.radius,
      steps: 1,
    }).translate(s * (width / 2 - arm.width / 2), low + (arm.height - low) / 2, 3);
  const tall = back.height - low;
  const rear = roundedBox({
    width: inner + 60,
    height: tall,
    depth: back.thickness,
    radius: Math.min(50, back.thickness * 0.3),
    steps: 1,
  })
    .translate(0, tall / 2, back.thickness / 2)
    .rotateX(-back.lean * 0.5)
    .translate(0, low, -depth / 2 + tall * back.lean * 0.5);
  return [base.translate(0, low + 85, 10), side(-1), side(1), rear];
}

function cushions(seat: SeatVariant): BufferGeometry[] {
  const { width, depth, seats, arm, back, legs: leg } = seat;
  const room = (width - 2 * arm.width) / seats;
  const front = depth - back.thickness - 20;
  const top = leg.height + 160;
  return Array.from({ length: seats }, (_, i) => {
    const x = (i - (seats - 1) / 2) * room;
    const bottom = pillow({ size: [room - 4, 170, front], thin: 'y', square: 0.16, flat: 0.34 });
    const tall = Math.min(470, back.height - top - 60);
    const rest = pillow({ size: [room - 8, tall, 190], thin: 'z', square: 0.22, flat: 0.5 })
      .rotateX(-back.lean - 0.08)
      .translate(x, top + 130 + tall / 2, -depth / 2 + back.thickness + 110);
    return merged([bottom.translate(x, top + 75, depth / 2 - front / 2 - 4), rest]);
  });
}

function looseCushions({ width, depth, arm, back, legs: leg }: SeatVariant): BufferGeometry {
  const at = (width - 2 * arm.width) / 2 - 200;
  const sides = width > 1000 ? [-1, 1] : [0];
  return merged(
    sides.map((s) =>
      pillow({ size: [420, 420, 150], thin: 'z', square: 0.45, flat: 0.8 })
        .rotateX(-back.lean - 0.28)
        .rotateY(-s * 0.35)
        .translate(s * at, leg.height + 445, -depth / 2 + back.thickness + 260),
    ),
  );
}

async function buildSeat(seat: SeatVariant, id: string): Promise<Part[]> {
  const cloth: MaterialSpec = card('cloth', await paintWeave(`${id} cloth`, seat.cloth), 0.95);
  const parts: Part[] = [
    { name: 'frame', geometry: merged(upholstery(seat)), material: cloth },
    { name: 'cushions', geometry: merged(cushions(seat)), material: cloth },
    { name: 'legs', geometry: legs(seat), material: plastic('leg', seat.legs.color, 0.5) },
  ];
  if (!seat.loose) return parts;
  const accent = card('loose cloth', await paintWeave(`${id} loose`, seat.loose, 16), 0.95);
  return [...parts, { name: 'loose-cushions', geometry: looseCushions(seat), material: accent }];
}

/** Sofas for two and three; they face +Z. */
export const sofaRecipes = leanRecipesOf('sofa', SOFAS, buildSeat);
/** Armchairs; they face +Z. */
export const armchairRecipes = leanRecipesOf('armchair', ARMCHAIRS, buildSeat);

interface PoufVariant {
  size: readonly [number, number, number];
  square: number;
  cloth: string;
}

const POUFS: readonly PoufVariant[] = [
  { size: [520, 400, 520], square: 1, cloth: '#b8a184' },
  { size: [620, 380, 460], square: 0.35, cloth: '#a9b5b8' },
];

/** Poufs, round and square. */
export const poufRecipes = leanRecipesOf(
  'pouf',
  POUFS,
  async ({ size, square, cloth }, id): Promise<Part[]> => [
    {
      name: 'pouf',
      geometry: pillow({ size, thin: 'y', square, flat: 0.38, columns: 24, rows: 12 }),
      material: card('cloth', await paintWeave(`${id} cloth`, cloth, 14), 0.95),
    },
  ],
);
