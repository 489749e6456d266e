import { Vector3 } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, glaze, plastic } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { planarUv } from '../lib/rounded-box.ts';
import { merged } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';

const [RIGHT, UP] = [new Vector3(1, 0, 0), new Vector3(0, 1, 0)];

interface NovelVariant {
  /** Thickness, height and depth of the standing book, mm. */
  size: readonly [number, number, number];
  color: string;
  band: string;
  ink: string;
}

const NOVELS: readonly NovelVariant[] = [
  { size: [34, 215, 140], color: '#7a2f2b', band: '#c9a24d', ink: '#f0e2b8' },
  { size: [22, 190, 125], color: '#2d4f6b', band: '#e8e0d0', ink: '#2d4f6b' },
  { size: [46, 240, 165], color: '#35523c', band: '#b98d3f', ink: '#efe3c2' },
  { size: [27, 205, 132], color: '#d9cdb4', band: '#8c3b2a', ink: '#4a2a1f' },
  { size: [18, 178, 112], color: '#e0a93b', band: '#2f3136', ink: '#2f3136' },
  { size: [38, 228, 150], color: '#2b2c30', band: '#9fb2b8', ink: '#dfe6e8' },
];

/** A closed book that stands, its spine to +Z. */
async function buildNovel({ size: [t, h, d], ...look }: NovelVariant, id: string): Promise<Part[]> {
  const line = (y: number, width: number, thick: number): string =>
    `<rect x="${50 - width / 2}" y="${y}" width="${width}" height="${thick}" fill="${look.ink}"/>`;
  const spine = await renderSvg({
    name: `${id} spine`,
    viewWidth: 100,
    viewHeight: 600,
    pixelWidth: 48,
    quality: 80,
    content:
      `<rect width="100" height="600" fill="${look.color}"/>` +
      `<rect y="70" width="100" height="14" fill="${look.band}"/><rect y="500" width="100" height="14" fill="${look.band}"/>` +
      line(120, 22, 220) +
      line(360, 12, 90) +
      `<circle cx="50" cy="548" r="16" fill="${look.band}"/>`,
  });
  const cover = plastic('cover', look.color, 0.55);
  const boards = [-1, 1].map((s) =>
    bevelBox([2.4, h, d - 2], 0.8).translate(s * (t / 2 - 1.2), h / 2, -1),
  );
  const back = planarUv(bevelBox([t, h, 4], 1.6), RIGHT, { up: UP, spanX: t, spanY: h });
  return [
    { name: 'boards', geometry: merged(boards), material: cover },
    {
      name: 'spine',
      geometry: back.translate(0, h / 2, d / 2 - 2),
      material: card('spine', spine, 0.55),
    },
    {
      name: 'pages',
      geometry: bevelBox([t - 4, h - 7, d - 9], 0.3).translate(0, h / 2, -2),
      material: card('paper', '#efe8d8', 0.9),
    },
  ];
}

/** Books that stand, as on a shelf. */
export const novelRecipes = leanRecipesOf('novel', NOVELS, buildNovel);

interface VaseVariant {
  rows: readonly ProfileRow[];
  color: string;
  roughness: number;
}

const VASES: readonly VaseVariant[] = [
  {
    rows: [
      [44, 0, 4],
      [72, 90, 60],
      [62, 170, 40],
      [22, 220, 24],
      [30, 250, 4],
    ],
    color: '#dfe3e0',
    roughness: 0.2,
  },
  {
    rows: [
      [52, 0, 4],
      [58, 60, 30],
      [50, 180, 60],
      [58, 230, 5],
    ],
    color: '#46706f',
    roughness: 0.3,
  },
  {
    rows: [
      [40, 0, 4],
      [92, 80, 70],
      [80, 130, 40],
      [30, 158, 14],
      [34, 172, 4],
    ],
    color: '#b4643c',
    roughness: 0.8,
  },
];

/** Vases, empty. */
export const vaseRecipes = leanRecipesOf(
  'vase',
  VASES,
  ({ rows, color, roughness }): Promise<Part[]> => {
    const [rim, top] = rows.at(-1) ?? [0, 0];
    const profile = filletProfile([
      [0, 0],
      ...rows,
      [rim - 6, top, 2],
      [rim - 10, top - 60],
      [0, top - 70],
    ]);
    return Promise.resolve([
      {
        name: 'vase',
        geometry: zoneOf(latheZones(profile, 22), 'body'),
        material: glaze('glaze', color, roughness),
      },
    ]);
  },
);

const REMOTES = [
  { size: [46, 19, 178], color: '#232427', keys: '#5d6166', rows: 6 },
  { size: [38, 15, 142], color: '#d9dadb', keys: '#46494d', rows: 4 },
] as const;

/** Remote controls that lie, their front end to −Z. */
export const remoteRecipes = leanRecipesOf(
  'remote-control',
  REMOTES,
  ({ size: [w, h, d], color, keys, rows }): Promise<Part[]> => {
    const buttons = Array.from({ length: rows * 3 }, (_, i) => {
      const [column, row] = [(i % 3) - 1, Math.floor(i / 3)];
      return bevelBox([w * 0.2, 3, (d / rows) * 0.42], 0.8).translate(
        column * w * 0.27,
        h + 0.4,
        (row - (rows - 1) / 2) * (d / rows) * 0.88,
      );
    });
    return Promise.resolve([
      {
        name: 'body',
        geometry: bevelBox([w, h, d], 4).translate(0, h / 2, 0),
        material: plastic('shell', color, 0.45),
      },
      { name: 'keys', geometry: merged(buttons), material: plastic('keys', keys, 0.7) },
    ]);
  },
);

const TELEVISIONS = [
  { size: [1235, 715], stand: 'feet' },
  { size: [970, 565], stand: 'foot' },
] as const;

/** Television sets that are off; the screen faces +Z. */
export const televisionRecipes = leanRecipesOf(
  'television',
  TELEVISIONS,
  ({ size: [w, h], stand }): Promise<Part[]> => {
    const low = 62;
    const feet =
      stand === 'feet'
        ? [-1, 1].map((s) => bevelBox([26, 64, 230], 5).translate(s * w * 0.36, 32, 0))
        : [
            bevelBox([w * 0.42, 14, 210], 5).translate(0, 7, 0),
            bevelBox([90, 70, 24], 5).translate(0, 40, -12),
          ];
    return Promise.resolve([
      {
        name: 'case',
        geometry: merged([
          bevelBox([w, h, 26], 5).translate(0, low + h / 2, 0),
          bevelBox([w * 0.6, h * 0.5, 30], 10).translate(0, low + h * 0.36, -24),
          ...feet,
        ]),
        material: plastic('case', '#1b1c1e', 0.42),
      },
      {
        name: 'screen',
        geometry: bevelBox([w - 18, h - 22, 3], 1).translate(0, low + h / 2 + 3, 13),
        material: plastic('screen', '#07090b', 0.12),
      },
    ]);
  },
);

const RUGS = [
  { size: [2300, 1600], round: false, color: '#c8bfae' },
  { size: [2800, 1900], round: false, color: '#b9b2a4' },
  { size: [2000, 2000], round: true, color: '#cbbfae' },
] as const;

/** Flat carpets; a config gives them a pattern. */
export const rugRecipes = leanRecipesOf(
  'rug',
  RUGS,
  ({ size: [w, d], round, color }): Promise<Part[]> => {
    const disc = filletProfile([
      [0, 0],
      [w / 2, 0],
      [w / 2, 12, 4],
      [0, 12],
    ]);
    const geometry = round
      ? zoneOf(latheZones(disc, 56), 'body')
      : bevelBox([w, 12, d], 4).translate(0, 6, 0);
    return Promise.resolve([{ name: 'rug', geometry, material: card('wool', color, 1) }]);
  },
);
