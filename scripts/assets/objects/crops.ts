import { PlaneGeometry, type BufferGeometry } from 'three';
import { leanRecipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { blob } from '../lib/blob.ts';
import { plastic } from '../lib/materials.ts';
import { randomFrom } from '../lib/noise.ts';
import { rod } from '../lib/soft-shapes.ts';
import { deformed, merged } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';

/** Leaf drawings are 100 × 200, tip up, transparent around the blade. */
const LEAVES = {
  beet: `<path d="M50 200V120" stroke="#b9c98a" stroke-width="9"/><path d="M50 6C80 14 92 52 86 92C82 122 66 142 50 144C34 142 18 122 14 92C8 52 20 14 50 6Z" fill="#3f7f38"/><path d="M50 150V16M50 122Q68 110 78 94M50 122Q32 110 22 94M50 92Q70 80 80 60M50 92Q30 80 20 60M50 62Q64 50 70 34M50 62Q36 50 30 34" stroke="#a9c88a" stroke-width="3" fill="none"/>`,
  cabbage: `<path d="M50 196C20 190 6 140 8 92C10 40 30 8 50 6C70 8 90 40 92 92C94 140 80 190 50 196Z" fill="#7fa58c"/><path d="M50 194V18M50 150Q72 130 84 104M50 150Q28 130 16 104M50 110Q72 92 82 64M50 110Q28 92 18 64M50 74Q64 58 70 36M50 74Q36 58 30 36" stroke="#c7d8c4" stroke-width="3.4" fill="none"/>`,
  maize: `<path d="M50 2C60 40 66 110 60 170C58 190 54 200 50 200C46 200 42 190 40 170C34 110 40 40 50 2Z" fill="#5c8f34"/><path d="M50 196V12" stroke="#a8c46c" stroke-width="4"/>`,
  thistle: `<path d="M50 2L58 24L74 18L66 44L88 44L70 68L92 78L70 92L86 112L66 116L74 140L58 136L54 200H46L42 136L26 140L34 116L14 112L30 92L8 78L30 68L12 44L34 44L26 18L42 24Z" fill="#5a7d52"/><path d="M50 196V14" stroke="#a7b79a" stroke-width="4"/>`,
  dock: `<path d="M50 200V150" stroke="#8b5a48" stroke-width="7"/><path d="M50 2C66 30 74 80 70 120C68 142 60 154 50 156C40 154 32 142 30 120C26 80 34 30 50 2Z" fill="#557a2e"/><path d="M50 156V12" stroke="#a06a52" stroke-width="3"/>`,
} as const;

interface RosetteVariant {
  leaf: keyof typeof LEAVES;
  count: number;
  length: number;
  width: number;
  /** Lean of the inner and outer leaves from upright, and further bend, radians. */
  lean: readonly [number, number];
  bend: number;
  /** Height of the stem that leaves grow along; 0 for a rosette on the ground. */
  stem: number;
  heart?: { radius: number; color: string };
}

const CROPS: readonly RosetteVariant[] = [
  { leaf: 'beet', count: 11, length: 210, width: 110, lean: [0.15, 0.85], bend: 0.5, stem: 0 },
  { leaf: 'beet', count: 7, length: 130, width: 70, lean: [0.2, 0.9], bend: 0.5, stem: 0 },
  {
    leaf: 'cabbage',
    count: 13,
    length: 230,
    width: 200,
    lean: [0.35, 1.15],
    bend: -0.45,
    stem: 0,
    heart: { radius: 85, color: '#a9c3a0' },
  },
  { leaf: 'maize', count: 9, length: 420, width: 66, lean: [0.25, 0.8], bend: 1.1, stem: 420 },
  { leaf: 'maize', count: 7, length: 260, width: 46, lean: [0.25, 0.8], bend: 0.9, stem: 190 },
];

const WEEDS: readonly RosetteVariant[] = [
  { leaf: 'thistle', count: 10, length: 170, width: 90, lean: [0.5, 1.25], bend: 0.3, stem: 60 },
  { leaf: 'dock', count: 7, length: 180, width: 70, lean: [0.4, 1.1], bend: 0.5, stem: 0 },
  { leaf: 'dock', count: 12, length: 110, width: 40, lean: [0.2, 1.2], bend: 0.3, stem: 160 },
];

function leaves(plant: RosetteVariant, id: string): BufferGeometry[] {
  const random = randomFrom(id);
  return Array.from({ length: plant.count }, (_, i) => {
    const outward = (i + 0.5) / plant.count;
    const turn = i * 2.39996 + (random() - 0.5) * 0.5;
    const lean =
      plant.lean[0] + (plant.lean[1] - plant.lean[0]) * outward + (random() - 0.5) * 0.15;
    const length =
      plant.length * (0.75 + 0.35 * random()) * (plant.stem > 0 ? 1 : 0.6 + 0.4 * outward);
    const sheet = new PlaneGeometry((plant.width * length) / plant.length, 1, 2, 4).translate(
      0,
      0.5,
      0,
    );
    const blade = deformed(sheet, (p) => {
      const t = p.y;
      const angle = lean + plant.bend * t;
      const fold = Math.abs(p.x) * 0.3;
      p.set(
        p.x,
        length * t * Math.cos(angle) + fold * Math.sin(angle),
        length * t * Math.sin(angle) - fold * Math.cos(angle),
      );
    });
    // Outer leaves begin low on the stem.
    return blade
      .translate(0, 0, 6)
      .rotateY(turn)
      .translate(0, plant.stem * (1 - outward) * 0.9, 0);
  });
}

async function buildPlant(plant: RosetteVariant, id: string): Promise<Part[]> {
  const leafMap = await renderSvg({
    name: `${id} leaf`,
    viewWidth: 100,
    viewHeight: 200,
    pixelWidth: 96,
    transparent: true,
    content: LEAVES[plant.leaf],
  });
  const material: MaterialSpec = {
    name: 'leaf',
    colorMap: leafMap,
    metallic: 0,
    roughness: 0.7,
    alphaCutoff: 0.5,
    doubleSided: true,
  };
  const parts: Part[] = [{ name: 'leaves', geometry: merged(leaves(plant, id)), material }];
  if (plant.stem > 0)
    parts.push({
      name: 'stem',
      geometry: rod([0, 0, 0], [0, plant.stem, 0], [plant.stem * 0.03 + 4, 4]),
      material: plastic('stem', '#7c9a4c', 0.7),
    });
  if (plant.heart) {
    const { radius: r, color } = plant.heart;
    parts.push({
      name: 'heart',
      geometry: blob({
        seed: id,
        radii: [r, r * 0.9, r],
        at: [0, r * 0.9, 0],
        rough: 0.1,
        bumps: 2,
        detail: 2,
      }),
      material: plastic('heart', color, 0.7),
    });
  }
  return parts;
}

/** Young crops: beets, a cabbage, maize. */
export const cropRecipes = leanRecipesOf('crop', CROPS, buildPlant);
/** Weeds: a thistle and docks. */
export const weedRecipes = leanRecipesOf('weed', WEEDS, buildPlant);
