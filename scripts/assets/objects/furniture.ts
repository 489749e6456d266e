import { Vector3, type BufferGeometry } from 'three';
import { recipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { loft } from '../lib/loft.ts';
import { card, metal } from '../lib/materials.ts';
import { createNoise, fractal } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb, smoothstep } from '../lib/pixel-textures.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { planarUv, roundedBox } from '../lib/rounded-box.ts';
import { merged } from '../lib/solid.ts';
import { paintWood, type WoodSpec } from '../lib/wood.ts';

interface RectangularTable {
  shape: 'rectangular';
  /** Width (x), depth (z) and height, mm. */
  size: readonly [number, number, number];
  wood: WoodSpec;
  roughness: number;
}

interface RoundTable {
  shape: 'round';
  radius: number;
  height: number;
  top: 'marble' | WoodSpec;
  roughness: number;
}

type TableVariant = RectangularTable | RoundTable;

const OAK: WoodSpec = { light: '#d6ac73', dark: '#97683a', planks: 5, rings: 4 };
const WALNUT: WoodSpec = { light: '#8a5a38', dark: '#472a18', planks: 4, rings: 5 };
const BIRCH: WoodSpec = { light: '#ead6b2', dark: '#c8a678', planks: 6, rings: 3 };

const VARIANTS: readonly TableVariant[] = [
  { shape: 'rectangular', size: [1400, 800, 740], wood: OAK, roughness: 0.5 },
  { shape: 'rectangular', size: [1100, 600, 450], wood: WALNUT, roughness: 0.36 },
  { shape: 'round', radius: 450, height: 730, top: 'marble', roughness: 0.16 },
  { shape: 'round', radius: 550, height: 745, top: BIRCH, roughness: 0.46 },
];

const TOP_RIGHT = new Vector3(1, 0, 0);
const TOP_UP = new Vector3(0, 0, -1);

/** Projects the wood onto a box or leg; the grain follows the longest side. */
function grainUv(geometry: BufferGeometry, long: 'x' | 'y' | 'z', span: number): BufferGeometry {
  const axes = { x: new Vector3(1, 0, 0), y: new Vector3(0, 1, 0), z: new Vector3(0, 0, 1) };
  const across =
    long === 'y'
      ? new Vector3(0.7, 0, 0.71)
      : new Vector3(long === 'z' ? 0.9 : 0, 0.9, long === 'x' ? 0.3 : 0);
  return planarUv(geometry, axes[long], { up: across, spanX: span, spanY: span });
}

/** A square leg tapering towards the floor. */
function leg(x: number, z: number, height: number): BufferGeometry {
  const ring = (half: number, y: number): Vector3[] =>
    Array.from({ length: 16 }, (_, i) => {
      const angle = Math.PI + ((i + 0.5) / 16) * 2 * Math.PI;
      const [s, c] = [Math.sin(angle), Math.cos(angle)];
      const r = half / Math.pow(Math.abs(s) ** 8 + Math.abs(c) ** 8, 1 / 8);
      return new Vector3(x + r * s, y, z + r * c);
    });
  return loft(
    [
      ring(16, 0),
      ring(18.5, 3),
      ring(24, height * 0.45),
      ring(32, height * 0.84),
      ring(33, height),
    ],
    { creaseDegrees: 50 },
  );
}

async function buildRectangular(table: RectangularTable, id: string): Promise<Part[]> {
  const [w, d, h] = table.size;
  const board = 28;
  const map = await paintWood(
    { name: `${id} wood`, width: 640, height: 366, quality: 82 },
    table.wood,
  );
  const wood: MaterialSpec = card('oiled wood', map, table.roughness);
  const top = roundedBox({ width: w, height: board, depth: d, radius: 5, steps: 4 }).translate(
    0,
    h - board / 2,
    0,
  );
  planarUv(top, TOP_RIGHT, { up: TOP_UP, spanX: w + 8, spanY: d + 8 });
  const inset = 70;
  const legs = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sz) =>
      grainUv(leg(sx * (w / 2 - inset), sz * (d / 2 - inset), h - board + 1), 'y', h * 1.6),
    ),
  );
  const apron = [-1, 1].flatMap((s) => [
    grainUv(
      roundedBox({
        width: w - 2 * inset - 40,
        height: 80,
        depth: 20,
        radius: 2,
        steps: 2,
      }).translate(0, h - board - 39, s * (d / 2 - inset)),
      'x',
      w * 1.3,
    ),
    grainUv(
      roundedBox({
        width: 20,
        height: 80,
        depth: d - 2 * inset - 40,
        radius: 2,
        steps: 2,
      }).translate(s * (w / 2 - inset), h - board - 39, 0),
      'z',
      w * 1.3,
    ),
  ]);
  return [
    { name: 'top', geometry: top, material: wood },
    { name: 'legs', geometry: merged(legs), material: wood },
    { name: 'apron', geometry: merged(apron), material: wood },
  ];
}

function paintMarble(id: string) {
  const cloud = fractal(createNoise(id), 5);
  return paintTexture({ name: `${id} marble`, width: 576, height: 576, quality: 80 }, (u, v) => {
    const warp = cloud(u * 3, v * 3, 1);
    const vein = Math.abs(cloud(u * 2.2 + warp * 0.9 + 10, v * 2.2 + 10, 4));
    const fine = Math.abs(cloud(u * 6 + warp * 1.3, v * 6 + 30, 9));
    const base = mixRgb(rgb('#f4f2ee'), rgb('#d8d7d5'), 0.5 + cloud(u * 2, v * 2, 20));
    return mixRgb(
      mixRgb(base, rgb('#7d7f84'), 0.75 * smoothstep(0.06, 0, vein)),
      rgb('#a3a4a6'),
      0.4 * smoothstep(0.035, 0, fine),
    );
  });
}

async function buildRound(table: RoundTable, id: string): Promise<Part[]> {
  const { radius: r, height: h } = table;
  const map =
    table.top === 'marble'
      ? await paintMarble(id)
      : await paintWood({ name: `${id} wood`, width: 576, height: 576, quality: 80 }, table.top);
  const topRows: ProfileRow[] = [
    [0, h - 25],
    [r - 30, h - 25, 1],
    [r, h - 13, 6],
    [r, h, 3],
    [0, h],
  ];
  const top = zoneOf(latheZones(filletProfile(topRows), 64), 'body');
  planarUv(top, TOP_RIGHT, { up: TOP_UP, spanX: 2 * r + 6, spanY: 2 * r + 6 });
  const foot: ProfileRow[] = [
    [0, 1],
    [r * 0.55, 0, 2],
    [r * 0.55, 8, 4],
    [r * 0.5, 14, 6],
    [70, 32, 60],
    [38, 80, 50],
    [34, h * 0.6, 20],
    [48, h - 60, 30],
    [130, h - 30, 10],
    [130, h - 24],
    [0, h - 24],
  ];
  return [
    { name: 'top', geometry: top, material: card('table top', map, table.roughness) },
    {
      name: 'pedestal',
      geometry: zoneOf(latheZones(filletProfile(foot), 32), 'body'),
      material: metal('powder-coated iron', '#3a3d40', 0.5),
    },
  ];
}

const buildTable = (table: TableVariant, id: string): Promise<Part[]> =>
  table.shape === 'round' ? buildRound(table, id) : buildRectangular(table, id);

/** Dining, coffee, marble bistro and round birch tables. */
export const tableRecipes = recipesOf('table', VARIANTS, buildTable);
