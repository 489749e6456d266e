import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { lathe } from '../lib/lathe.ts';
import { ellipseSection, sweep } from '../lib/loft.ts';
import { plastic } from '../lib/materials.ts';
import { splineProfile, type ProfileRow } from '../lib/profile.ts';
import { deformed, smoothPath } from '../lib/solid.ts';
import { leafBlade } from './leaf-blade.ts';
import { paintSkin, type SkinColors } from './fruit-skins.ts';

interface OrchardVariant {
  /** Radius and height of the unit profile, bottom first. */
  rows: readonly ProfileRow[];
  /** Largest radius, mm. */
  radius: number;
  /** Lobes around the axis and their depth. */
  lobes: readonly [count: number, depth: number];
  lean: number;
  skin: SkinColors;
  poles: { low: string; high: string };
  stem: { length: number; bend: number };
  leaf: boolean;
  roughness: number;
}

const APPLE_ROWS: readonly ProfileRow[] = [
  [0, 0.22],
  [0.12, 0.14],
  [0.34, 0.02],
  [0.55, 0.04],
  [0.86, 0.36],
  [0.99, 0.8],
  [1, 1.12],
  [0.88, 1.52],
  [0.62, 1.76],
  [0.38, 1.78],
  [0.17, 1.66],
  [0.06, 1.5],
  [0, 1.44],
];
const TALL_APPLE_ROWS: readonly ProfileRow[] = [
  [0, 0.2],
  [0.1, 0.12],
  [0.28, 0.01],
  [0.42, 0.03],
  [0.66, 0.36],
  [0.9, 0.95],
  [1, 1.4],
  [0.93, 1.74],
  [0.66, 1.98],
  [0.38, 1.99],
  [0.17, 1.87],
  [0.06, 1.72],
  [0, 1.66],
];
const PEAR_ROWS: readonly ProfileRow[] = [
  [0, 0.12],
  [0.12, 0.07],
  [0.3, 0.01],
  [0.48, 0.05],
  [0.82, 0.34],
  [1, 0.84],
  [0.94, 1.28],
  [0.68, 1.78],
  [0.47, 2.18],
  [0.38, 2.5],
  [0.27, 2.68],
  [0.12, 2.74],
  [0.05, 2.68],
  [0, 2.66],
];
const ROUND_PEAR_ROWS: readonly ProfileRow[] = [
  [0, 0.12],
  [0.12, 0.07],
  [0.3, 0.01],
  [0.5, 0.05],
  [0.85, 0.38],
  [1, 0.9],
  [0.93, 1.34],
  [0.7, 1.72],
  [0.48, 2.0],
  [0.35, 2.16],
  [0.18, 2.22],
  [0.06, 2.16],
  [0, 2.13],
];

const APPLES: readonly OrchardVariant[] = [
  {
    rows: APPLE_ROWS,
    radius: 39,
    lobes: [5, 0.028],
    lean: 0.03,
    skin: { ground: '#e3b443', blush: '#a81420', freckle: '#f3d9a0', cover: 0.78, streak: 3.2 },
    poles: { low: '#8d7a35', high: '#a99a3e' },
    stem: { length: 20, bend: 6 },
    leaf: false,
    roughness: 0.3,
  },
  {
    rows: APPLE_ROWS,
    radius: 37,
    lobes: [5, 0.02],
    lean: -0.04,
    skin: { ground: '#8fb832', blush: '#a9c948', freckle: '#e4edb0', cover: 0.5, streak: 1.4 },
    poles: { low: '#7c7a35', high: '#8a9a38' },
    stem: { length: 17, bend: -5 },
    leaf: true,
    roughness: 0.26,
  },
  {
    rows: TALL_APPLE_ROWS,
    radius: 35,
    lobes: [5, 0.045],
    lean: 0.02,
    skin: { ground: '#e8cf6a', blush: '#d5452f', freckle: '#f7e6ae', cover: 0.42, streak: 4 },
    poles: { low: '#a58f45', high: '#b7a650' },
    stem: { length: 21, bend: 4 },
    leaf: false,
    roughness: 0.32,
  },
];

const PEARS: readonly OrchardVariant[] = [
  {
    rows: PEAR_ROWS,
    radius: 34,
    lobes: [3, 0.012],
    lean: 0.09,
    skin: { ground: '#b7b33a', blush: '#cfa636', freckle: '#7d6a2a', cover: 0.36, streak: 1.3 },
    poles: { low: '#6d5a2a', high: '#94802f' },
    stem: { length: 24, bend: 8 },
    leaf: false,
    roughness: 0.44,
  },
  {
    rows: ROUND_PEAR_ROWS,
    radius: 37,
    lobes: [4, 0.015],
    lean: 0.04,
    skin: { ground: '#c7b13c', blush: '#b0402c', freckle: '#e3cf86', cover: 0.42, streak: 1.8 },
    poles: { low: '#7a5c2c', high: '#9b7c2f' },
    stem: { length: 22, bend: -7 },
    leaf: true,
    roughness: 0.38,
  },
  {
    rows: PEAR_ROWS,
    radius: 31,
    lobes: [3, 0.02],
    lean: -0.07,
    skin: { ground: '#a5772f', blush: '#8a6428', freckle: '#c9a868', cover: 0.5, streak: 1 },
    poles: { low: '#59401d', high: '#6b4c20' },
    stem: { length: 28, bend: 5 },
    leaf: false,
    roughness: 0.58,
  },
];

async function buildOrchardFruit(fruit: OrchardVariant, id: string): Promise<Part[]> {
  const { radius, rows } = fruit;
  const profile = splineProfile(
    rows.map(([r, y]) => [r * radius, y * radius] as const),
    26,
  );
  const height = Math.max(...profile.map((p) => p.y));
  const [count, depth] = fruit.lobes;
  const leanAt = (y: number): number => fruit.lean * radius * (y / height) ** 2;
  const body = deformed(lathe(profile, 32), (p) => {
    const angle = Math.atan2(p.x, p.z);
    const low = 1 - p.y / height;
    const lobe = Math.cos(angle * count);
    const scale = 1 + depth * lobe * (0.35 + low);
    p.x = p.x * scale + leanAt(p.y);
    p.z *= scale * 0.985;
    p.y -=
      p.y < height * 0.3
        ? 0.6 * depth * radius * (lobe + 1) * low * Math.min(1, Math.hypot(p.x, p.z) / radius)
        : 0;
  });
  const top = (rows.at(-1)?.[1] ?? 0) * radius;
  const x = leanAt(top);
  const { length, bend } = fruit.stem;
  const path = smoothPath(
    [
      [x, top - 3, 0],
      [x + bend * 0.1, top + length * 0.35, 0],
      [x + bend * 0.5, top + length * 0.75, 0],
      [x + bend, top + length, 0],
    ],
    10,
  );
  const stem = sweep({
    path,
    planeNormal: new Vector3(0, 0, 1),
    section: (t) => ellipseSection(1.3 + 1.3 * t ** 4, 1.3 + 0.9 * t ** 4, 8),
  });
  const skin = await paintSkin(id, fruit.skin, fruit.poles);
  const parts: Part[] = [
    { name: 'skin', geometry: body, material: plastic('skin', skin, fruit.roughness) },
    { name: 'stem', geometry: stem, material: plastic('stem', '#5b3f22', 0.8) },
  ];
  if (!fruit.leaf) return parts;
  const blade = leafBlade({ length: 46, width: 20, droop: 12 });
  blade
    .rotateZ(0.35)
    .rotateY(0.5)
    .translate(x + bend * 0.3, top + length * 0.55, 0);
  return [...parts, { name: 'leaf', geometry: blade, material: plastic('leaf', '#4c7a2b', 0.5) }];
}

/** Apples standing on their lobes. */
export const appleRecipes = recipesOf('apple', APPLES, buildOrchardFruit);

/** Pears: conference, red blush and russet. */
export const pearRecipes = recipesOf('pear', PEARS, buildOrchardFruit);
