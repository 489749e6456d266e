import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, glaze, metal } from '../lib/materials.ts';
import { createNoise } from '../lib/noise.ts';
import { paintTexture, rgb, shade } from '../lib/pixel-textures.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { roundedBox } from '../lib/rounded-box.ts';
import { merged } from '../lib/solid.ts';

interface LampVariant {
  /** Profile of the foot, bottom first, without the axis points. */
  foot: readonly ProfileRow[];
  footHeight: number;
  glaze: string;
  /** Radii of the shade below and above, its height, and the height of its lower edge, mm. */
  shade: { low: number; high: number; height: number; from: number; color: string };
}

const VARIANTS: readonly LampVariant[] = [
  {
    foot: [
      [56, 0, 2],
      [58, 4, 3],
      [46, 14, 8],
      [62, 60, 40],
      [58, 105, 34],
      [20, 160, 24],
      [16, 176, 4],
    ],
    footHeight: 178,
    glaze: '#2c6e73',
    shade: { low: 130, high: 88, height: 165, from: 200, color: '#f0e4cc' },
  },
  {
    foot: [
      [70, 0, 2],
      [70, 10, 4],
      [62, 15, 4],
      [14, 22, 14],
      [9, 60, 10],
      [9, 225, 2],
    ],
    footHeight: 240,
    glaze: '#20242a',
    shade: { low: 110, high: 105, height: 140, from: 250, color: '#d8894a' },
  },
  {
    foot: [
      [60, 0, 2],
      [64, 6, 4],
      [40, 24, 20],
      [30, 60, 22],
      [48, 95, 26],
      [30, 135, 24],
      [15, 165, 8],
    ],
    footHeight: 168,
    glaze: '#e8dfd0',
    shade: { low: 125, high: 62, height: 150, from: 185, color: '#6f8fa6' },
  },
];

function shadeRows({ shade: s }: LampVariant): ProfileRow[] {
  const top = s.from + s.height;
  return [
    [s.low - 2, s.from, 0, 'fabric'],
    [s.low, s.from, 0.9],
    [s.high, top, 0.9],
    [s.high - 2, top, 0.9, 'lining'],
    [s.low - 2, s.from],
  ];
}

async function buildLamp(lamp: LampVariant, id: string): Promise<Part[]> {
  const { footHeight: f, shade: s } = lamp;
  const rod = 5;
  const foot = filletProfile([
    [0, 3, 0, 'foot'],
    [46, 3, 1],
    [48, 0, 1],
    ...lamp.foot,
    [12, f, 1],
    [0, f],
  ]);
  const top = s.from + s.height - 12;
  const stem = filletProfile([
    [0, f - 4],
    [15, f - 4, 0.6],
    [15, f + 3, 1.4],
    [rod, f + 6, 1.5],
    [rod, s.from + 22, 1],
    [15, s.from + 24, 1],
    [15, s.from + 52, 2],
    [rod, s.from + 54, 1],
    [rod - 2, top, 1],
    [7, top + 2, 2],
    [7, top + 9, 4],
    [0, top + 12],
  ]);
  const noise = createNoise(id);
  const weave = await paintTexture(
    { name: `${id} weave`, width: 384, height: 160, quality: 70 },
    (u, v) => {
      const threads = 0.5 * noise(u * 400, v * 10, 1) + 0.5 * noise(u * 40, v * 150, 5);
      const trim = v < 0.035 || v > 0.965 ? 0.8 : 1;
      return shade(rgb(s.color), trim * (0.95 + 0.09 * threads));
    },
  );
  const shadeZones = latheZones(filletProfile(shadeRows(lamp)), 42);
  const spokes = merged(
    [0, 1, 2].map((i) =>
      roundedBox({ width: s.high - 1, height: 3, depth: 4, radius: 1.2, steps: 1 })
        .translate(s.high / 2, top - 3, 0)
        .rotateY((i * 2 * Math.PI) / 3),
    ),
  );
  return [
    {
      name: 'foot',
      geometry: zoneOf(latheZones(foot, 34), 'foot'),
      material: glaze('glaze', lamp.glaze, 0.22),
    },
    {
      name: 'stem',
      geometry: merged([zoneOf(latheZones(stem, 14), 'body'), spokes]),
      material: metal('brass', '#c8a45c', 0.28),
    },
    {
      name: 'shade',
      geometry: zoneOf(shadeZones, 'fabric'),
      material: card('shade fabric', weave, 0.9),
    },
    {
      name: 'lining',
      geometry: zoneOf(shadeZones, 'lining'),
      material: card('shade lining', '#f5efe2', 0.85),
    },
  ];
}

/** Table lamps with fabric shades. */
export const lampRecipes = recipesOf('lamp', VARIANTS, buildLamp);
