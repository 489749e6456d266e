import { Vector3, type BufferGeometry } from 'three';
import { leanRecipesOf, type Part, type TextureImage } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, metal, plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
import { planarUv } from '../lib/rounded-box.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { paintWood, type WoodSpec } from '../lib/wood.ts';

const OAK: WoodSpec = { light: '#cfa774', dark: '#94683d', planks: 5, rings: 4 };
const WALNUT: WoodSpec = { light: '#84573a', dark: '#4a2c1b', planks: 4, rings: 5 };

const fromAbove = (geometry: BufferGeometry, w: number, d: number): BufferGeometry =>
  planarUv(geometry, new Vector3(1, 0, 0), {
    up: new Vector3(0, 0.35, -1),
    spanX: w + 40,
    spanY: d + 60,
  });

const woodOf = (id: string, wood: WoodSpec): Promise<TextureImage> =>
  paintWood({ name: `${id} wood`, width: 320, height: 200, quality: 72 }, wood);

/** A rectangular table with a shelf below. */
async function shelved(id: string): Promise<Part[]> {
  const [w, d, h] = [1150, 620, 420];
  const material = card('oiled oak', await woodOf(id, OAK), 0.5);
  const top = bevelBox([w, 32, d], 5).translate(0, h - 16, 0);
  const shelf = bevelBox([w - 130, 20, d - 110], 3).translate(0, 130, 0);
  const legs = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sz) =>
      bevelBox([56, h - 31, 56], 5).translate(sx * (w / 2 - 50), (h - 31) / 2, sz * (d / 2 - 50)),
    ),
  );
  return [
    { name: 'top', geometry: fromAbove(top, w, d), material },
    { name: 'shelf', geometry: fromAbove(shelf, w, d), material },
    { name: 'legs', geometry: fromAbove(merged(legs), w, d), material },
  ];
}

/** A round table on three leaning legs. */
async function round(id: string): Promise<Part[]> {
  const [r, h] = [430, 440];
  const rows = filletProfile([
    [0, h - 26],
    [r - 26, h - 26, 2],
    [r, h - 10, 6],
    [r, h, 3],
    [0, h],
  ]);
  const top = zoneOf(latheZones(rows, 40), 'body');
  const legs = [0, 1, 2].map((i) => {
    const turn = (i / 3) * 2 * Math.PI + 0.3;
    const at = (reach: number, y: number): [number, number, number] => [
      reach * Math.sin(turn),
      y,
      reach * Math.cos(turn),
    ];
    return rod(at(r - 70, 0), at(r - 190, h - 22), [14, 24]);
  });
  const wood = card('walnut', await woodOf(id, WALNUT), 0.42);
  return [
    { name: 'top', geometry: fromAbove(top, 2 * r, 2 * r), material: wood },
    { name: 'legs', geometry: merged(legs), material: plastic('walnut leg', '#5b3825', 0.5) },
  ];
}

/** A lacquered block on a recessed steel frame. */
async function block(): Promise<Part[]> {
  const [w, d, h] = [980, 720, 380];
  const frame = [-1, 1].flatMap((s) => [
    bevelBox([w - 80, 24, 24], 3).translate(0, 12, s * (d / 2 - 60)),
    bevelBox([24, 200, 24], 3).translate(s * (w / 2 - 60), 112, d / 2 - 60),
    bevelBox([24, 200, 24], 3).translate(s * (w / 2 - 60), 112, -d / 2 + 60),
  ]);
  const drawer = bevelBox([w / 2 - 24, 120, 18], 4).translate(w / 4 - 4, h - 84, d / 2 - 2);
  const shut = bevelBox([w / 2 - 24, 120, 18], 4).translate(-w / 4 + 4, h - 84, d / 2 - 2);
  return Promise.resolve([
    {
      name: 'body',
      geometry: bevelBox([w, 160, d - 8], 7).translate(0, h - 82, -4),
      material: plastic('lacquer', '#e4e1da', 0.35),
    },
    {
      name: 'drawers',
      geometry: merged([drawer, shut]),
      material: plastic('lacquer front', '#d5d1c8', 0.35),
    },
    { name: 'frame', geometry: merged(frame), material: metal('steel', '#55585c', 0.4) },
  ]);
}

/** Coffee tables: oak with a shelf, a round one of walnut, a lacquered block. */
export const coffeeTableRecipes = leanRecipesOf(
  'coffee-table',
  [shelved, round, () => block()],
  (build, id) => build(id),
);
