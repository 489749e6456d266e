/** Rows of crops too far away to be counted, as the field has them around those that are placed. */
import { Color, Group, Matrix4, type BufferGeometry, type Object3D } from 'three';
import { foliage, instanced, named, numbers, painted, surfaceOf } from './shapes.ts';

/** Metres from row to row. */
const ROW_PITCH = 0.6;

/** A crop as it is drawn in rows far away: m and radians. */
type FarCrop = Readonly<{
  name: string;
  color: string;
  apart: number;
  leaves: number;
  length: number;
  width: number;
  /** Lean of the innermost and the outermost leaf, and how far tips bend over. */
  lean: readonly [number, number];
  bend: number;
  /** Height of the stem that leaves grow from. */
  stem: number;
}>;

export const FAR_CROPS: readonly FarCrop[] = [
  {
    name: 'rows-beet',
    color: '#4b8338',
    apart: 0.3,
    leaves: 7,
    length: 0.21,
    width: 0.11,
    lean: [0.1, 1],
    bend: 0.5,
    stem: 0,
  },
  {
    name: 'rows-cabbage',
    color: '#7aa582',
    apart: 0.36,
    leaves: 7,
    length: 0.2,
    width: 0.19,
    lean: [0.1, 1.25],
    bend: -0.6,
    stem: 0,
  },
  {
    name: 'rows-maize',
    color: '#5d9334',
    apart: 0.26,
    leaves: 7,
    length: 0.3,
    width: 0.08,
    lean: [0.1, 0.45],
    bend: 1.3,
    stem: 0.34,
  },
];

/** Metres of row in one copy. */
const ROW_PIECE = 8;

/** A piece of a row: leaves of two steps each, dark at the foot. */
function rowPiece(crop: FarCrop): BufferGeometry {
  const random = numbers(crop.leaves * 31 + crop.stem * 100);
  const positions: number[] = [];
  const indices: number[] = [];
  const plants = Math.floor(ROW_PIECE / crop.apart);
  for (let plant = 0; plant < plants; plant++) {
    const z = (plant + 0.5) * (ROW_PIECE / plants) - ROW_PIECE / 2 + (random() - 0.5) * 0.05;
    const [x, size, first] = [(random() - 0.5) * 0.05, 0.85 + 0.2 * random(), random() * 6.28];
    for (let leaf = 0; leaf < crop.leaves; leaf++) {
      const outward = (leaf + 0.5) / crop.leaves;
      const turn = first + leaf * 2.39996;
      const lean = crop.lean[0] + (crop.lean[1] - crop.lean[0]) * outward;
      const start = positions.length / 3;
      for (const t of [0, 0.5, 1]) {
        const angle = lean + (crop.bend * t) / 2;
        const [up, out] = [
          t * crop.length * size * Math.cos(angle),
          t * crop.length * size * Math.sin(angle),
        ];
        const half = (crop.width / 2) * size * (t === 1 ? 0.1 : 0.3 + Math.sin(Math.PI * t) * 0.75);
        const foot = crop.stem * (1 - outward) * size;
        for (const side of [-1, 1])
          positions.push(
            x + out * Math.sin(turn) + side * half * Math.cos(turn),
            foot + up,
            z + out * Math.cos(turn) - side * half * Math.sin(turn),
          );
      }
      for (const k of [0, 2])
        indices.push(
          start + k,
          start + k + 1,
          start + k + 3,
          start + k,
          start + k + 3,
          start + k + 2,
        );
    }
  }
  const [color, tall] = [new Color(crop.color), crop.stem + crop.length * 0.8];
  return painted(surfaceOf(positions, indices), ({ y }) =>
    color.clone().multiplyScalar(0.35 + 0.65 * Math.min(1, Math.max(0, y / tall))),
  );
}

/** Columns of ridges, each of so many pieces from `front` towards −Z. */
type Part = Readonly<{
  name: string;
  columns: readonly [from: number, to: number];
  pieces: number;
  front: number;
}>;

/** Beyond the near soil, and beside it. A part has its own room, which what is placed keeps clear of. */
const PARTS: readonly Part[] = [
  { name: 'beyond', columns: [-5, 5], pieces: 3, front: -5.35 },
  { name: 'beside', columns: [6, 19], pieces: 5, front: 8 },
];

/** Rows of one crop, which are shown and hidden together. */
export function farRows(crop: FarCrop): Object3D {
  const piece = rowPiece(crop);
  const random = numbers(crop.leaves);
  const parts = PARTS.map(({ name, columns: [from, to], pieces, front }) => {
    const places: Matrix4[] = [];
    for (let column = from; column <= to; column++)
      for (let i = 0; i < pieces; i++)
        places.push(
          new Matrix4()
            .makeTranslation(column * ROW_PITCH, 0, front - ROW_PIECE * (i + 0.5))
            .multiply(new Matrix4().makeRotationY(random() < 0.5 ? 0 : Math.PI)),
        );
    return named(new Group(), `${crop.name}-${name}`, {
      category: 'crop-rows',
      castShadow: false,
    }).add(
      named(instanced(piece, foliage.clone(), places), `${crop.name}-${name}-leaves`, {
        castShadow: false,
      }),
    );
  });
  return named(new Group(), crop.name, { castShadow: false }).add(...parts);
}
