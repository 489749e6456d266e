import type { BufferGeometry } from 'three';
import { leanRecipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { blob } from '../lib/blob.ts';
import { plastic } from '../lib/materials.ts';
import { createNoise, randomFrom } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb } from '../lib/pixel-textures.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';

interface TreeVariant {
  height: number;
  /** Height of the lowest leaves, and radius of the crown, mm. */
  clear: number;
  crown: number;
  habit: 'round' | 'tall' | 'cone';
  leaf: readonly [string, string];
  bark: string;
}

const TREES: readonly TreeVariant[] = [
  {
    height: 6200,
    clear: 2100,
    crown: 2000,
    habit: 'round',
    leaf: ['#3e6b2c', '#7fa04a'],
    bark: '#5f4a37',
  },
  {
    height: 7600,
    clear: 2000,
    crown: 1350,
    habit: 'tall',
    leaf: ['#4c7a31', '#94ab52'],
    bark: '#8b8574',
  },
  {
    height: 6800,
    clear: 700,
    crown: 1700,
    habit: 'cone',
    leaf: ['#23472e', '#4c7249'],
    bark: '#4d3a2b',
  },
  {
    height: 4600,
    clear: 1700,
    crown: 1500,
    habit: 'round',
    leaf: ['#7c6a24', '#c29a3a'],
    bark: '#4f3d2f',
  },
];

async function foliage(id: string, [dark, light]: TreeVariant['leaf']): Promise<MaterialSpec> {
  const noise = createNoise(`${id} leaves`);
  const colorMap = await paintTexture(
    { name: `${id} leaves`, width: 128, height: 128, quality: 70 },
    (u, v) => {
      const fine = noise(u * 60, v * 60, 1) + 0.6 * noise(u * 120, v * 120, 7);
      return mixRgb(rgb(dark), rgb(light), 0.45 + 0.55 * fine);
    },
  );
  return { name: 'leaves', colorMap, metallic: 0, roughness: 0.85 };
}

function crown(tree: TreeVariant, id: string): BufferGeometry[] {
  const { height, clear, crown: r, habit } = tree;
  const random = randomFrom(id);
  if (habit === 'cone') {
    const tiers = 4;
    return Array.from({ length: tiers }, (_, i) => {
      const share = i / tiers;
      const wide = r * (1 - share * 0.8);
      const tall = ((height - clear) / tiers) * 0.95;
      const y = clear + (height - clear) * (share + 0.5 / tiers);
      return blob({
        seed: `${id} ${i}`,
        radii: [wide, tall, wide],
        at: [0, y, 0],
        rough: 0.24,
        bumps: 3.2,
        detail: 2,
        creaseDegrees: 180,
      });
    });
  }
  const middle = (height + clear) / 2;
  const half = (height - clear) / 2;
  const lumps = habit === 'tall' ? 5 : 6;
  return Array.from({ length: lumps }, (_, i) => {
    const turn = i * 2.39996;
    const out = i === 0 ? 0 : r * 0.5;
    const lift = habit === 'tall' ? (i / (lumps - 1) - 0.5) * 1.15 : (random() - 0.5) * 0.9;
    const size = (i === 0 ? 0.78 : 0.52 + 0.14 * random()) * r;
    return blob({
      seed: `${id} ${i}`,
      radii: [size, i === 0 ? half * 0.9 : Math.min(size, half * 0.7), size],
      at: [out * Math.sin(turn), middle + lift * half, out * Math.cos(turn)],
      rough: 0.34,
      bumps: 2.6,
      detail: 2,
      creaseDegrees: 180,
    });
  });
}

async function buildTree(tree: TreeVariant, id: string): Promise<Part[]> {
  const { clear, height, crown: r } = tree;
  const thick = height * 0.022;
  const branches = [0, 1, 2].map((i) => {
    const turn = i * 2.1 + 0.4;
    return rod(
      [0, clear * 0.8, 0],
      [r * 0.45 * Math.sin(turn), clear + r * 0.55, r * 0.45 * Math.cos(turn)],
      [thick * 0.55, thick * 0.25],
    );
  });
  const trunk = [
    rod([0, 0, 0], [0, 260, 0], [thick * 1.6, thick]),
    rod([0, 240, 0], [0, clear + 600, 0], [thick, thick * 0.7]),
  ];
  return [
    {
      name: 'trunk',
      geometry: merged([...trunk, ...(tree.habit === 'cone' ? [] : branches)]),
      material: plastic('bark', tree.bark, 0.95),
    },
    { name: 'crown', geometry: merged(crown(tree, id)), material: await foliage(id, tree.leaf) },
  ];
}

/** Street and field trees: round, columnar, a conifer, one in autumn. */
export const treeRecipes = leanRecipesOf('tree', TREES, buildTree);
