import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { blob } from '../lib/blob.ts';
import { extruded } from '../lib/extrude.ts';
import { card, glaze, plastic } from '../lib/materials.ts';
import { createNoise } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb } from '../lib/pixel-textures.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { turned } from '../lib/street-shapes.ts';

/** Bales of hay: a round one that lies on its side, and a square one. */
export const hayBaleRecipes = leanRecipesOf(
  'hay-bale',
  ['round', 'square'] as const,
  async (kind, id): Promise<Part[]> => {
    const noise = createNoise(id);
    const straw = await paintTexture(
      { name: `${id} straw`, width: 128, height: 128, quality: 70 },
      (u, v) => {
        const fibre = noise(u * 14, v * 90, 1) + 0.7 * noise(u * 30 + 9, v * 120, 5);
        return mixRgb(rgb('#8f7136'), rgb('#e0c67c'), 0.5 + 0.55 * fibre);
      },
    );
    const material = card('straw', straw, 1);
    if (kind === 'square')
      return [
        { name: 'bale', geometry: bevelBox([1200, 700, 800], 60).translate(0, 350, 0), material },
      ];
    const [r, half] = [680, 610];
    const drum = turned(
      [
        [0, -half],
        [r - 60, -half, 40],
        [r, -half + 60, 40],
        [r, half - 60, 40],
        [r - 60, half, 40],
        [0, half],
      ],
      28,
    );
    return [{ name: 'bale', geometry: drum.rotateZ(Math.PI / 2).translate(0, r, 0), material }];
  },
);

/** Stones of the field. */
export const stoneRecipes = leanRecipesOf(
  'stone',
  [
    { radii: [210, 130, 170], color: '#8b867c' },
    { radii: [120, 80, 105], color: '#a39a8a' },
    { radii: [380, 260, 300], color: '#7b7a76' },
  ] as const,
  ({ radii, color }, id): Promise<Part[]> =>
    Promise.resolve([
      {
        name: 'stone',
        geometry: blob({ seed: id, radii, rough: 0.42, bumps: 1.6, detail: 2, creaseDegrees: 26 }),
        material: plastic('stone', color, 0.95),
      },
    ]),
);

interface SheepVariant {
  wool: string;
  face: string;
  grazing: boolean;
}

const SHEEP: readonly SheepVariant[] = [
  { wool: '#ddd6c6', face: '#2a2624', grazing: false },
  { wool: '#d2c8b4', face: '#c9b8a0', grazing: true },
  { wool: '#5a4c40', face: '#3a302a', grazing: true },
];

function sheepHead(grazing: boolean): { head: BufferGeometry; ears: BufferGeometry } {
  const [y, z] = grazing ? [300, 640] : [800, 560];
  const tilt = grazing ? 1.1 : 0.5;
  const place = (geometry: BufferGeometry): BufferGeometry =>
    geometry.rotateX(tilt).translate(0, y, z);
  const face = blob({ seed: 'face', radii: [78, 90, 150], rough: 0.05, bumps: 1, detail: 2 });
  const ears = [-1, 1].map((s) =>
    blob({
      seed: 'ear',
      radii: [75, 24, 34],
      at: [s * 118, 46, -70],
      rough: 0,
      bumps: 1,
      detail: 1,
    }),
  );
  return { head: place(face), ears: place(merged(ears)) };
}

/** Sheep that stand and graze; they look to +Z. */
export const sheepRecipes = leanRecipesOf(
  'sheep',
  SHEEP,
  ({ wool, face, grazing }, id): Promise<Part[]> => {
    const { head, ears } = sheepHead(grazing);
    const legs = [-1, 1].flatMap((s) =>
      [-1, 1].map((f) => rod([s * 120, 0, f * 270], [s * 125, 420, f * 250], [30, 46])),
    );
    const body = blob({
      seed: id,
      radii: [255, 270, 480],
      at: [0, 610, -20],
      rough: 0.16,
      bumps: 4,
      detail: 3,
    });
    const [ny, nz] = grazing ? [470, 480] : [740, 430];
    const neck = blob({
      seed: `${id} neck`,
      radii: [130, grazing ? 190 : 170, 160],
      at: [0, ny, nz],
      rough: 0.14,
      bumps: 3,
      detail: 2,
    });
    const tail = blob({
      seed: 'tail',
      radii: [55, 110, 60],
      at: [0, 600, -500],
      rough: 0.1,
      bumps: 2,
      detail: 1,
    });
    return Promise.resolve([
      { name: 'wool', geometry: merged([body, neck, tail]), material: card('wool', wool, 1) },
      {
        name: 'skin',
        geometry: merged([head, ears, ...legs]),
        material: plastic('skin', face, 0.9),
      },
    ]);
  },
);

function tractorWheel(
  radius: number,
  width: number,
): { tyre: BufferGeometry; rim: BufferGeometry } {
  const half = width / 2;
  const tyre = turned(
    [
      [radius * 0.55, -half],
      [radius * 0.9, -half, 30],
      [radius, -half * 0.8],
      [radius, half * 0.8],
      [radius * 0.9, half, 30],
      [radius * 0.55, half * 0.9],
    ],
    22,
  );
  const lugs = Array.from({ length: 12 }, (_, i) =>
    bevelBox([44, width * 0.5, 60], 8)
      .rotateX(i % 2 ? 0.5 : -0.5)
      .translate(radius, (i % 2 ? 1 : -1) * width * 0.2, 0)
      .rotateY((i / 12) * 2 * Math.PI),
  );
  const rim = turned(
    [
      [0, half * 0.3],
      [radius * 0.3, half * 0.3],
      [radius * 0.5, half * 0.8],
      [radius * 0.56, half * 0.8],
    ],
    18,
  );
  return { tyre: merged([tyre, ...lugs]), rim };
}

function tractorFrame(): BufferGeometry {
  const posts = [-1, 1].flatMap((s) => [
    rod([s * 640, 1300, -1150], [s * 580, 2560, -1050], [42, 36]),
    rod([s * 600, 1300, 230], [s * 560, 2560, 60], [42, 36]),
  ]);
  return merged([
    bevelBox([520, 420, 2900], 40).translate(0, 760, 150),
    bevelBox([1150, 500, 1000], 40).translate(0, 1120, -500),
    ...posts,
    rod([300, 1500, 700], [300, 2400, 700], [45, 45]),
    bevelBox([1500, 160, 160], 30).translate(0, 560, 1450),
  ]);
}

/** A tractor with a cab; the front is +Z. */
export const tractorRecipes = leanRecipesOf(
  'tractor',
  ['#b3261e', '#2f6b34'],
  (color): Promise<Part[]> => {
    const wheels = [-1, 1].flatMap((s) => [
      { ...tractorWheel(800, 480), at: [s * 850, 800, -700] as const, s },
      { ...tractorWheel(560, 340), at: [s * 800, 560, 1450] as const, s },
    ]);
    const put = (geometry: BufferGeometry, { at, s }: (typeof wheels)[number]): BufferGeometry =>
      geometry.rotateZ((-s * Math.PI) / 2).translate(at[0], at[1], at[2]);
    const fender = (s: number): BufferGeometry =>
      extruded({
        outline: [
          [-1640, 900],
          [-1500, 1450],
          [-1050, 1730],
          [-420, 1730],
          [-420, 1650],
          [-1020, 1640],
          [-1420, 1390],
          [-1540, 900],
        ]
          .map(([z = 0, y = 0]): [number, number] => [z, y])
          .reverse(),
        depth: 520,
        bevel: 0,
      })
        .rotateY(-Math.PI / 2)
        .translate(s * 850, 0, 0);
    const hood = merged([
      bevelBox([720, 700, 1750], 90).translate(0, 1230, 1080),
      bevelBox([600, 260, 1500], 60).translate(0, 780, 900),
    ]);
    const lamp = (s: number): BufferGeometry =>
      bevelBox([150, 110, 40], 20).translate(s * 230, 1380, 1960);
    return Promise.resolve([
      {
        name: 'bonnet',
        geometry: merged([
          hood,
          fender(-1),
          fender(1),
          bevelBox([1330, 130, 1320], 50).translate(0, 2600, -490),
        ]),
        material: glaze('paint', color, 0.35),
      },
      {
        name: 'cab',
        geometry: bevelBox([1180, 1240, 1180], 60).translate(0, 1930, -470),
        material: glaze('glass', '#1a2329', 0.1),
      },
      {
        name: 'chassis',
        geometry: tractorFrame(),
        material: plastic('chassis', '#26282a', 0.6),
      },
      {
        name: 'tyres',
        geometry: merged(wheels.map((wheel) => put(wheel.tyre, wheel))),
        material: plastic('rubber', '#1a1b1c', 0.95),
      },
      {
        name: 'rims',
        geometry: merged(wheels.map((wheel) => put(wheel.rim, wheel))),
        material: glaze('rim', '#e0c14a', 0.4),
      },
      {
        name: 'lamps',
        geometry: merged([lamp(-1), lamp(1)]),
        material: glaze('lamp glass', '#eef1f0', 0.1),
      },
    ]);
  },
);
