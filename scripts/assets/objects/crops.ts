import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { blob } from '../lib/blob.ts';
import { leafSheet, OUTLINES } from '../lib/leaf-sheet.ts';
import { plastic } from '../lib/materials.ts';
import { randomFrom } from '../lib/noise.ts';
import { leafMaterial, type LeafColors } from '../lib/paint-leaf.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';

/** The angle from leaf to leaf of a rosette. */
const GOLDEN = 2.39996;

/** A plant of leaves about a stem; lengths in mm, angles in radians. */
export interface LeafyPlant {
  leaf: LeafColors;
  outline: (t: number) => number;
  count: number;
  length: number;
  width: number;
  /** Lean of the innermost and the outermost leaf. */
  lean: readonly [number, number];
  bend: readonly [number, number];
  fold: number;
  wave?: number;
  steps?: number;
  /** Height that leaves leave the stem at; 0 for a rosette on the ground. */
  stem: number;
  /** Leaves stand in two rows, as those of maize do, and not all about. */
  twoRows?: boolean;
  heart?: Readonly<{ radius: number; color: string }>;
}

const beet = { dark: '#2f6a2b', light: '#6aa548', rib: '#c3cf8d', veins: 7, roughness: 0.5 };
const cabbage = { dark: '#4c8060', light: '#93bd93', rib: '#d3e2c8', veins: 6, roughness: 0.6 };
const maize = { dark: '#3f7a26', light: '#83b545', rib: '#b6cf78', veins: 0, roughness: 0.55 };

const BEET: LeafyPlant = {
  leaf: beet,
  outline: OUTLINES.stalked,
  count: 15,
  length: 230,
  width: 112,
  lean: [0.05, 0.8],
  bend: [0.25, 0.8],
  fold: 0.25,
  wave: 8,
  steps: 8,
  stem: 0,
};

const CABBAGE: LeafyPlant = {
  leaf: cabbage,
  outline: OUTLINES.broad,
  count: 19,
  length: 200,
  width: 190,
  lean: [0.1, 1.35],
  bend: [-0.55, -0.75],
  fold: 0.28,
  wave: 10,
  steps: 5,
  stem: 0,
  heart: { radius: 62, color: '#a9c69c' },
};

const MAIZE: LeafyPlant = {
  leaf: maize,
  outline: OUTLINES.sword,
  count: 9,
  length: 335,
  width: 80,
  lean: [0.08, 0.42],
  bend: [0.6, 2.2],
  fold: 0.3,
  wave: 6,
  steps: 7,
  stem: 330,
  twoRows: true,
};

const CROPS: readonly LeafyPlant[] = [
  BEET,
  { ...BEET, count: 9, length: 140, width: 72 },
  CABBAGE,
  { ...CABBAGE, count: 12, length: 140, width: 130, heart: { radius: 36, color: '#a9c69c' } },
  MAIZE,
  { ...MAIZE, count: 7, length: 290, width: 62, stem: 140 },
];

/** The leaves of a plant, innermost first. */
export function leavesOf(plant: LeafyPlant, seed: string): BufferGeometry[] {
  const random = randomFrom(seed);
  const between = ([a, b]: readonly [number, number], t: number): number => a + (b - a) * t;
  return Array.from({ length: plant.count }, (_, i) => {
    const outward = (i + 0.5) / plant.count;
    const turn = plant.twoRows ? i * Math.PI + (random() - 0.5) * 0.7 : i * GOLDEN;
    const size =
      (plant.stem > 0 ? 1 - 0.35 * Math.abs(outward - 0.5) : 0.65 + 0.35 * outward) *
      (0.88 + 0.24 * random());
    return leafSheet({
      length: plant.length * size,
      width: plant.width * size,
      outline: plant.outline,
      lean: between(plant.lean, outward) + (random() - 0.5) * 0.2,
      bend: between(plant.bend, outward) * (0.85 + 0.3 * random()),
      fold: plant.fold,
      ...(plant.wave !== undefined && { wave: plant.wave }),
      ...(plant.steps !== undefined && { steps: plant.steps }),
    })
      .translate(0, 0, 4)
      .rotateY(turn + (random() - 0.5) * 0.4)
      .translate(0, plant.stem * (1 - outward), 0);
  });
}

/** Leaves, stem and heart of a plant. */
export async function leafyParts(plant: LeafyPlant, id: string): Promise<Part[]> {
  const { stem, heart } = plant;
  const leaves = merged(leavesOf(plant, id));
  const parts: Part[] = [
    { name: 'leaves', geometry: leaves, material: await leafMaterial(id, plant.leaf) },
  ];
  if (stem > 0)
    parts.push({
      name: 'stem',
      geometry: rod([0, 0, 0], [0, stem, 0], [stem * 0.03 + 5, 6]),
      material: plastic('stem', plant.leaf.light, 0.7),
    });
  if (heart) {
    const { radius: r, color } = heart;
    const radii = [r, r * 0.92, r] as const;
    const at = [0, r * 0.95, 0] as const;
    parts.push({
      name: 'heart',
      geometry: blob({ seed: id, radii, at, rough: 0.08, bumps: 2, detail: 2 }),
      material: plastic('heart', color, 0.6),
    });
  }
  return parts;
}

/** Crops in rows: sugar beets, cabbages and maize, each well grown and young. */
export const cropRecipes = leanRecipesOf('crop', CROPS, leafyParts);
