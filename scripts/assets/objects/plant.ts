import { PlaneGeometry, type BufferGeometry } from 'three';
import { recipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { glaze } from '../lib/materials.ts';
import { createNoise, fractal, randomFrom } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb } from '../lib/pixel-textures.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { deformed, merged } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface PlantVariant {
  pot: {
    low: number;
    high: number;
    height: number;
    color: string;
    roughness: number;
    rim: boolean;
  };
  leaf: {
    count: number;
    length: number;
    width: number;
    /** Angle from upright of the innermost and outermost leaves, and bend of the blade, radians. */
    lean: readonly [number, number];
    bend: number;
    drawing: string;
  };
}

/** Leaf drawings are 100 × 200, tip up, transparent around the blade. */
const SWORD = `<path d="M50 2C64 30 70 90 66 150C64 180 58 200 50 200C42 200 36 180 34 150C30 90 36 30 50 2Z" fill="#d9c95a"/><path d="M50 10C60 36 64 92 61 150C59 178 55 200 50 200C45 200 41 178 39 150C36 92 40 36 50 10Z" fill="#2f6b3a"/>${Array.from({ length: 11 }, (_, i) => `<path d="M40 ${30 + i * 15}Q50 ${22 + i * 15} 60 ${31 + i * 15}" stroke="#8db08a" stroke-width="3.4" fill="none" opacity="0.7"/>`).join('')}`;
const FERN = `<path d="M50 200V6" stroke="#5a7d2c" stroke-width="3"/>${Array.from(
  { length: 17 },
  (_, i) => {
    const y = 188 - i * 10.8;
    const reach = 44 * Math.sin(Math.PI * (0.16 + 0.8 * (1 - i / 17))) ** 0.8;
    return [-1, 1]
      .map(
        (s) =>
          `<path d="M50 ${y}Q${50 + s * reach * 0.5} ${y - 13} ${50 + s * reach} ${y - 15}Q${50 + s * reach * 0.55} ${y + 1} 50 ${y + 1}Z" fill="${i % 2 ? '#4f9138' : '#5fa342'}"/>`,
      )
      .join('');
  },
).join('')}`;
const BROAD = `<path d="M50 200V120" stroke="#7da35a" stroke-width="5"/><path d="M50 4C84 26 98 70 84 112C76 134 60 144 50 146C40 144 24 134 16 112C2 70 16 26 50 4Z" fill="#357a45"/><path d="M50 146V12" stroke="#9cc58a" stroke-width="2.6"/>${[40, 62, 84, 106].map((y) => `<path d="M50 ${y + 16}Q66 ${y + 4} 80 ${y}M50 ${y + 16}Q34 ${y + 4} 20 ${y}" stroke="#7fb377" stroke-width="1.8" fill="none"/>`).join('')}`;

const VARIANTS: readonly PlantVariant[] = [
  {
    pot: { low: 42, high: 56, height: 92, color: '#b5653c', roughness: 0.85, rim: true },
    leaf: { count: 14, length: 230, width: 62, lean: [0.04, 0.32], bend: 0.12, drawing: SWORD },
  },
  {
    pot: { low: 46, high: 52, height: 80, color: '#e9e4da', roughness: 0.3, rim: false },
    leaf: { count: 22, length: 165, width: 66, lean: [0.15, 0.95], bend: 0.7, drawing: FERN },
  },
  {
    pot: { low: 38, high: 50, height: 76, color: '#3f5f73', roughness: 0.26, rim: false },
    leaf: { count: 18, length: 165, width: 82, lean: [0.1, 0.85], bend: 0.55, drawing: BROAD },
  },
];

/** A blade standing on the origin, leaning outwards by `lean` and curling further by `bend`. */
function blade(
  leaf: PlantVariant['leaf'],
  pose: { lean: number; turn: number; scale: number; offset: number },
): BufferGeometry {
  const length = leaf.length * pose.scale;
  const sheet = new PlaneGeometry(leaf.width * pose.scale, 1, 4, 7).translate(0, 0.5, 0);
  const curved = deformed(sheet, (p) => {
    const t = p.y;
    const angle = pose.lean + (leaf.bend * t) / 2;
    const fold = Math.abs(p.x) * 0.22;
    p.set(
      p.x,
      length * t * Math.cos(angle) + fold * Math.sin(angle),
      length * t * Math.sin(angle) - fold * Math.cos(angle),
    );
  });
  return curved.translate(0, 0, pose.offset).rotateY(pose.turn);
}

function potRows({ low, high, height: h, rim }: PlantVariant['pot']): ProfileRow[] {
  const lip = rim ? 4 : 0;
  const collar: ProfileRow[] = rim
    ? [
        [high - 3, h - 24, 0.5],
        [high + lip - 2, h - 24, 1.5],
      ]
    : [];
  return [
    [0, 2, 0, 'pot'],
    [low - 8, 2, 1],
    [low - 6, 0, 1],
    [low, 0, 3],
    ...collar,
    [high + lip, h, 2],
    [high - 4, h, 2],
    [high - 6, h - 14, 0, 'soil'],
    [0, h - 10],
  ];
}

async function buildPlant(plant: PlantVariant, id: string): Promise<Part[]> {
  const zones = latheZones(filletProfile(potRows(plant.pot)), 36);
  const random = randomFrom(id);
  const { leaf } = plant;
  const blades = Array.from({ length: leaf.count }, (_, i) => {
    const outward = Math.sqrt((i + 0.3) / leaf.count);
    const lean = leaf.lean[0] + (leaf.lean[1] - leaf.lean[0]) * outward + (random() - 0.5) * 0.1;
    return blade(leaf, {
      lean,
      turn: i * 2.39996 + (random() - 0.5) * 0.4,
      scale: 0.78 + 0.3 * random(),
      offset: 4 + 18 * outward,
    });
  });
  const leafMap = await renderSvg({
    name: `${id} leaf`,
    viewWidth: 100,
    viewHeight: 200,
    pixelWidth: 256,
    transparent: true,
    content: leaf.drawing,
  });
  const grit = fractal(createNoise(id), 3);
  const soilMap = await paintTexture(
    { name: `${id} soil`, width: 128, height: 128, quality: 80 },
    (u, v) =>
      mixRgb(
        rgb('#2b1d14'),
        rgb('#6b4d35'),
        0.5 + grit(Math.sin(u * 6.2832) * v * 14 + 20, Math.cos(u * 6.2832) * v * 14 + 20, 3),
      ),
  );
  const leafMaterial: MaterialSpec = {
    name: 'leaf',
    colorMap: leafMap,
    metallic: 0,
    roughness: 0.5,
    alphaCutoff: 0.5,
    doubleSided: true,
  };
  return [
    {
      name: 'pot',
      geometry: zoneOf(zones, 'pot'),
      material: glaze('pot', plant.pot.color, plant.pot.roughness),
    },
    { name: 'soil', geometry: zoneOf(zones, 'soil'), material: glaze('soil', soilMap, 0.95) },
    {
      name: 'leaves',
      geometry: merged(blades).translate(0, plant.pot.height - 12, 0),
      material: leafMaterial,
    },
  ];
}

/** Snake plant, fern and broad-leaved plant in pots; the leaves are alpha-masked. */
export const plantRecipes = recipesOf('plant', VARIANTS, buildPlant);
