import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { blob } from '../lib/blob.ts';
import { leafSheet, OUTLINES } from '../lib/leaf-sheet.ts';
import { plastic } from '../lib/materials.ts';
import { randomFrom } from '../lib/noise.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { leafyParts, type LeafyPlant } from './crops.ts';

/** Flowers on stalks above the leaves; mm. */
interface Flowers {
  count: number;
  height: number;
  /** From the middle to the tip of a petal. */
  radius: number;
  petals: number;
  color: string;
  heart: string;
  /** Lean of the petals from upright, radians. */
  open: number;
}

type Weed = Readonly<{ plant: LeafyPlant; flowers?: Flowers }>;

const WEEDS: readonly Weed[] = [
  {
    plant: {
      leaf: { dark: '#456b45', light: '#7f9d6c', rib: '#c4ceb0', veins: 9, roughness: 0.8 },
      outline: OUTLINES.toothed,
      count: 14,
      length: 210,
      width: 100,
      lean: [0.5, 1.3],
      bend: [0.2, 0.3],
      fold: 0.35,
      steps: 10,
      stem: 90,
    },
  },
  {
    plant: {
      leaf: { dark: '#4a6e26', light: '#86a043', rib: '#a5705c', veins: 8, roughness: 0.6 },
      outline: OUTLINES.lance,
      count: 9,
      length: 240,
      width: 82,
      lean: [0.25, 1.15],
      bend: [0.3, 0.7],
      fold: 0.25,
      wave: 9,
      stem: 0,
    },
  },
  {
    plant: {
      leaf: { dark: '#55763e', light: '#88a365', rib: '#a9bd86', veins: 9, roughness: 0.8 },
      outline: OUTLINES.toothed,
      count: 11,
      length: 150,
      width: 60,
      lean: [0.5, 1.3],
      bend: [0.1, 0.4],
      fold: 0.2,
      steps: 10,
      stem: 0,
    },
    flowers: {
      count: 3,
      height: 330,
      radius: 38,
      petals: 5,
      color: '#c8261b',
      heart: '#201a1c',
      open: 0.75,
    },
  },
  {
    plant: {
      leaf: { dark: '#54802e', light: '#8fb356', rib: '#9dbb6a', veins: 9, roughness: 0.8 },
      outline: OUTLINES.toothed,
      count: 16,
      length: 130,
      width: 26,
      lean: [0.15, 1.2],
      bend: [0.1, 0.5],
      fold: 0.2,
      steps: 5,
      stem: 120,
    },
    flowers: {
      count: 6,
      height: 230,
      radius: 19,
      petals: 9,
      color: '#f1efe6',
      heart: '#dba91d',
      open: 1.4,
    },
  },
  {
    plant: {
      leaf: { dark: '#5b7c2c', light: '#a3b95a', rib: '#b4c574', veins: 0, roughness: 0.7 },
      outline: OUTLINES.sword,
      count: 26,
      length: 260,
      width: 11,
      lean: [0.05, 0.7],
      bend: [0.2, 1.2],
      fold: 0.4,
      steps: 5,
      stem: 0,
    },
  },
];

type Bouquet = Readonly<Record<'stalks' | 'petals' | 'hearts', BufferGeometry>>;

function bouquet(flowers: Flowers, seed: string): Bouquet {
  const random = randomFrom(`${seed} flowers`);
  const grown = Array.from({ length: flowers.count }, (_, i) => {
    const turn = (i / flowers.count) * 2 * Math.PI + random() * 0.8;
    const reach = flowers.height * (0.12 + 0.3 * random());
    const top = flowers.height * (0.75 + 0.35 * random());
    return { x: reach * Math.sin(turn), y: top, z: reach * Math.cos(turn) };
  });
  const petals = grown.flatMap(({ x, y, z }) =>
    Array.from({ length: flowers.petals }, (_, k) =>
      leafSheet({
        length: flowers.radius,
        width: (flowers.radius * 5.2) / flowers.petals,
        outline: (t) => Math.sin(Math.PI * (0.12 + 0.8 * t)) ** 0.6,
        lean: flowers.open,
        bend: -0.3,
        fold: 0.15,
        steps: 2,
      })
        .rotateY((k / flowers.petals) * 2 * Math.PI)
        .translate(x, y, z),
    ),
  );
  const r = flowers.radius * 0.34;
  const hearts = grown.map(({ x, y, z }) =>
    blob({
      seed,
      radii: [r, r * 0.7, r],
      at: [x, y + r * 0.4, z],
      rough: 0,
      bumps: 1,
      detail: 0,
    }),
  );
  return {
    stalks: merged(grown.map(({ x, y, z }) => rod([0, 20, 0], [x, y, z], [3.5, 2.5]))),
    petals: merged(petals),
    hearts: merged(hearts),
  };
}

async function buildWeed({ plant, flowers }: Weed, id: string): Promise<Part[]> {
  const parts = await leafyParts(plant, id);
  if (!flowers) return parts;
  const { stalks, petals, hearts } = bouquet(flowers, id);
  return [
    ...parts,
    { name: 'stalks', geometry: stalks, material: plastic('stalk', plant.leaf.light, 0.8) },
    {
      name: 'petals',
      geometry: petals,
      material: { ...plastic('petal', flowers.color, 0.7), doubleSided: true },
    },
    { name: 'hearts', geometry: hearts, material: plastic('flower heart', flowers.heart, 0.9) },
  ];
}

/** Weeds: a thistle, a dock, a poppy, a mayweed and a tuft of grass. */
export const weedRecipes = leanRecipesOf('weed', WEEDS, buildWeed);
