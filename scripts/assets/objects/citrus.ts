import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { lathe } from '../lib/lathe.ts';
import { loft } from '../lib/loft.ts';
import { plastic } from '../lib/materials.ts';
import { createNoise } from '../lib/noise.ts';
import { splineProfile, type ProfileRow } from '../lib/profile.ts';
import { deformed } from '../lib/solid.ts';
import { paintPeel, paintSkin, type SkinColors } from './fruit-skins.ts';

interface CitrusVariant {
  rows: readonly ProfileRow[];
  /** Largest radius, mm. */
  radius: number;
  skin: SkinColors;
  poles: { low: string; high: string };
  pores: number;
  /** Lies on its side instead of standing on its blossom end. */
  lying: boolean;
}

const ROUND: readonly ProfileRow[] = [
  [0, 0.05],
  [0.06, 0.03],
  [0.2, 0.015],
  [0.5, 0.12],
  [0.82, 0.42],
  [1, 0.95],
  [0.84, 1.5],
  [0.52, 1.8],
  [0.22, 1.92],
  [0.07, 1.9],
  [0, 1.88],
];
const OBLATE: readonly ProfileRow[] = [
  [0, 0.06],
  [0.08, 0.03],
  [0.24, 0.01],
  [0.58, 0.12],
  [0.88, 0.36],
  [1, 0.74],
  [0.87, 1.14],
  [0.52, 1.4],
  [0.22, 1.52],
  [0.1, 1.53],
  [0, 1.44],
];
const LEMON: readonly ProfileRow[] = [
  [0, 0],
  [0.12, 0.02],
  [0.2, 0.12],
  [0.3, 0.26],
  [0.62, 0.52],
  [0.92, 0.98],
  [1, 1.36],
  [0.9, 1.82],
  [0.58, 2.28],
  [0.28, 2.5],
  [0.2, 2.62],
  [0.1, 2.7],
  [0, 2.68],
];
const LIME: readonly ProfileRow[] = [
  [0, 0],
  [0.1, 0.02],
  [0.18, 0.08],
  [0.42, 0.2],
  [0.82, 0.6],
  [1, 1.12],
  [0.84, 1.66],
  [0.44, 2.06],
  [0.2, 2.17],
  [0.08, 2.2],
  [0, 2.19],
];

const ORANGES: readonly CitrusVariant[] = [
  {
    rows: ROUND,
    radius: 39,
    skin: { ground: '#f08a12', blush: '#f39a1d', freckle: '#d9720a', cover: 0.5, streak: 1 },
    poles: { low: '#e8820f', high: '#d88a1c' },
    pores: 36,
    lying: false,
  },
  {
    rows: OBLATE,
    radius: 34,
    skin: { ground: '#f47a0c', blush: '#ee6a08', freckle: '#d65c06', cover: 0.5, streak: 1 },
    poles: { low: '#e26a0a', high: '#d9861c' },
    pores: 32,
    lying: false,
  },
  {
    rows: ROUND,
    radius: 44,
    skin: { ground: '#f4a52a', blush: '#e2571f', freckle: '#cf6a12', cover: 0.4, streak: 1.2 },
    poles: { low: '#ee9320', high: '#cf9a2a' },
    pores: 38,
    lying: false,
  },
];

const LEMONS: readonly CitrusVariant[] = [
  {
    rows: LEMON,
    radius: 28,
    skin: { ground: '#f6d02b', blush: '#f3c61c', freckle: '#dcae12', cover: 0.5, streak: 1 },
    poles: { low: '#dcb824', high: '#b9a52c' },
    pores: 28,
    lying: true,
  },
  {
    rows: LIME,
    radius: 26,
    skin: { ground: '#5f9a24', blush: '#79ae2d', freckle: '#447716', cover: 0.4, streak: 1.2 },
    poles: { low: '#8aa838', high: '#6b7a2c' },
    pores: 28,
    lying: true,
  },
  {
    rows: LEMON,
    radius: 31,
    skin: { ground: '#f2d544', blush: '#d3cd3a', freckle: '#d3b322', cover: 0.36, streak: 1.5 },
    poles: { low: '#c9b534', high: '#94a03a' },
    pores: 26,
    lying: true,
  },
];

/** The green calyx button: a shallow five-pointed star on the stem end. */
function calyx(y: number, size: number): Part {
  const ring = (radius: number, height: number, depth: number): Vector3[] =>
    Array.from({ length: 20 }, (_, i) => {
      const angle = (i / 20) * 2 * Math.PI;
      const r = size * radius * (1 + depth * Math.cos(angle * 5));
      return new Vector3(r * Math.sin(angle), y + size * height, r * Math.cos(angle));
    });
  const geometry = loft([
    ring(3.4, -2, 0.1),
    ring(4.6, 0.5, 0.28),
    ring(4.2, 1.1, 0.28),
    ring(2.4, 1.3, 0.1),
    ring(1.6, 0.6, 0),
  ]);
  return { name: 'calyx', geometry, material: plastic('calyx', '#6f7a35', 0.8) };
}

async function buildCitrus(fruit: CitrusVariant, id: string): Promise<Part[]> {
  const rows = fruit.rows.map(([r, y]) => [r * fruit.radius, y * fruit.radius] as const);
  const noise = createNoise(`${id} shape`);
  const profile = splineProfile(rows, 22);
  const body = deformed(lathe(profile, 32), (p) => {
    const scale = 1 + 0.02 * noise(p.x / 22 + 9, p.y / 22 + 9, p.z / 22 + 9);
    p.x *= scale;
    p.z *= scale;
  });
  const skin = await paintSkin(id, fruit.skin, fruit.poles);
  const peel = await paintPeel(id, fruit.pores);
  const top = rows.at(-1)?.[1] ?? 0;
  const parts: Part[] = [
    {
      name: 'peel',
      geometry: body,
      material: {
        name: 'peel',
        colorMap: skin,
        normalMap: peel,
        normalScale: 0.55,
        metallic: 0,
        roughness: 0.38,
      },
    },
    calyx(top, fruit.lying ? 0.5 : 1),
  ];
  if (fruit.lying) for (const part of parts) part.geometry.rotateZ(-Math.PI / 2).rotateY(0.35);
  return parts;
}

/** Oranges and a mandarin. */
export const orangeRecipes = recipesOf('orange', ORANGES, buildCitrus);

/** Lemons and a lime, lying on their side. */
export const lemonRecipes = recipesOf('lemon', LEMONS, buildCitrus);
