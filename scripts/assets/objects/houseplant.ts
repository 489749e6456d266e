import { PlaneGeometry, type BufferGeometry } from 'three';
import { leanRecipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { glaze, plastic } from '../lib/materials.ts';
import { randomFrom } from '../lib/noise.ts';
import { filletProfile } from '../lib/profile.ts';
import { rod } from '../lib/soft-shapes.ts';
import { deformed, merged } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface HouseplantVariant {
  pot: { low: number; high: number; height: number; color: string; roughness: number };
  /** A bare trunk with a crown, or arching stems from the soil. */
  habit: 'tree' | 'palm' | 'stems';
  height: number;
  leaf: { count: number; length: number; width: number; drawing: string };
}

/** Leaf drawings are 100 × 200, tip up, transparent around the blade. */
const FIG = `<path d="M50 200V150" stroke="#6d8f4e" stroke-width="5"/><path d="M50 3C82 18 94 62 78 104C72 124 62 150 50 152C38 150 28 124 22 104C6 62 18 18 50 3Z" fill="#3b7741"/><path d="M50 152V12M50 120Q66 108 76 96M50 120Q34 108 24 96M50 90Q68 78 80 64M50 90Q32 78 20 64M50 60Q64 48 74 36M50 60Q36 48 26 36" stroke="#8fbb7c" stroke-width="2.4" fill="none"/>`;
const SPEAR = `<path d="M50 2C60 40 63 110 58 170C56 190 53 200 50 200C47 200 44 190 42 170C37 110 40 40 50 2Z" fill="#44803f"/><path d="M50 196V12" stroke="#79a866" stroke-width="2.5"/>`;
const SPLIT = `<path d="M50 200V120" stroke="#5f8f4a" stroke-width="6"/><path d="M50 4C76 10 97 44 95 82L70 84L94 94C90 112 84 120 78 128L62 112L70 138C62 146 56 148 50 148C44 148 38 146 30 138L38 112L22 128C16 120 10 112 6 94L30 84L5 82C3 44 24 10 50 4Z" fill="#2f6d3c"/><path d="M50 146V14" stroke="#7fb377" stroke-width="2.6"/>`;

const VARIANTS: readonly HouseplantVariant[] = [
  {
    pot: { low: 130, high: 165, height: 300, color: '#d8d3c8', roughness: 0.35 },
    habit: 'tree',
    height: 1500,
    leaf: { count: 34, length: 300, width: 190, drawing: FIG },
  },
  {
    pot: { low: 140, high: 170, height: 280, color: '#8f5b3c', roughness: 0.85 },
    habit: 'palm',
    height: 1250,
    leaf: { count: 40, length: 560, width: 120, drawing: SPEAR },
  },
  {
    pot: { low: 150, high: 180, height: 260, color: '#4a5254', roughness: 0.45 },
    habit: 'stems',
    height: 900,
    leaf: { count: 15, length: 330, width: 300, drawing: SPLIT },
  },
];

interface LeafPose {
  lean: number;
  turn: number;
  scale: number;
  at: readonly [number, number, number];
}

/** A blade that begins at `at`, leaning outwards from upright by `lean` and curling further; radians. */
function blade(leaf: HouseplantVariant['leaf'], pose: LeafPose, bend: number): BufferGeometry {
  const length = leaf.length * pose.scale;
  const sheet = new PlaneGeometry(leaf.width * pose.scale, 1, 2, 4).translate(0, 0.5, 0);
  const curved = deformed(sheet, (p) => {
    const t = p.y;
    const angle = pose.lean + bend * t;
    const fold = Math.abs(p.x) * 0.25;
    p.set(
      p.x,
      length * t * Math.cos(angle) + fold * Math.sin(angle),
      length * t * Math.sin(angle) - fold * Math.cos(angle),
    );
  });
  return curved.rotateY(pose.turn).translate(...pose.at);
}

type Grown = Readonly<{ leaves: BufferGeometry[]; wood: BufferGeometry[] }>;

function growTree(plant: HouseplantVariant, random: () => number): Grown {
  const { leaf, height, pot } = plant;
  const top = height - leaf.length * 0.7;
  const bottom = pot.height - 30;
  const leaves = Array.from({ length: leaf.count }, (_, i) => {
    const share = (i + 0.5) / leaf.count;
    const y = bottom + (top - bottom) * (0.42 + 0.58 * share);
    const turn = i * 2.39996 + (random() - 0.5) * 0.5;
    const lean = 1.45 - 1.15 * share ** 1.6 + (random() - 0.5) * 0.3;
    const scale = 0.7 + 0.4 * random();
    return blade(
      leaf,
      { lean, turn, scale, at: [12 * Math.sin(turn), y, 12 * Math.cos(turn)] },
      0.45,
    );
  });
  return { leaves, wood: [rod([0, bottom, 0], [0, top + 20, 0], [22, 9])] };
}

function growFromSoil(plant: HouseplantVariant, random: () => number): Grown {
  const { leaf, height, pot, habit } = plant;
  const wood: BufferGeometry[] = [];
  const bottom = pot.height - 30;
  const leaves = Array.from({ length: leaf.count }, (_, i) => {
    const outward = Math.sqrt((i + 0.4) / leaf.count);
    const turn = i * 2.39996 + (random() - 0.5) * 0.4;
    const scale = 0.75 + 0.35 * random();
    const [s, c] = [Math.sin(turn), Math.cos(turn)];
    if (habit === 'palm') {
      const lean = 0.08 + 0.5 * outward + (random() - 0.5) * 0.12;
      const y = bottom + (1 - outward) * (height - bottom - leaf.length);
      return blade(leaf, { lean, turn, scale, at: [25 * s, y, 25 * c] }, 1.15 * outward + 0.25);
    }
    const reach = 50 + 150 * outward * (0.8 + 0.4 * random());
    const y = bottom + (height - bottom - 120) * (1.05 - 0.75 * outward);
    wood.push(rod([20 * s, bottom, 20 * c], [reach * s, y, reach * c], [9, 6]));
    return blade(
      leaf,
      { lean: 0.7 + 0.6 * outward, turn, scale, at: [reach * s, y, reach * c] },
      0.5,
    );
  });
  if (habit === 'palm') wood.push(rod([0, bottom, 0], [0, height - leaf.length + 20, 0], [34, 20]));
  return { leaves, wood };
}

async function buildHouseplant(plant: HouseplantVariant, id: string): Promise<Part[]> {
  const { low, high, height: h, color, roughness } = plant.pot;
  const zones = latheZones(
    filletProfile([
      [0, 0, 0, 'pot'],
      [low, 0, 6],
      [high, h, 5],
      [high - 14, h, 4],
      [high - 18, h - 34, 0, 'soil'],
      [0, h - 26],
    ]),
    28,
  );
  const grow = plant.habit === 'tree' ? growTree : growFromSoil;
  const { leaves, wood } = grow(plant, randomFrom(id));
  const leafMap = await renderSvg({
    name: `${id} leaf`,
    viewWidth: 100,
    viewHeight: 200,
    pixelWidth: 128,
    transparent: true,
    content: plant.leaf.drawing,
  });
  const leafMaterial: MaterialSpec = {
    name: 'leaf',
    colorMap: leafMap,
    metallic: 0,
    roughness: 0.55,
    alphaCutoff: 0.5,
    doubleSided: true,
  };
  return [
    { name: 'pot', geometry: zoneOf(zones, 'pot'), material: glaze('pot', color, roughness) },
    { name: 'soil', geometry: zoneOf(zones, 'soil'), material: plastic('soil', '#3a2a1e', 0.95) },
    { name: 'wood', geometry: merged(wood), material: plastic('stem', '#6f5a3d', 0.8) },
    { name: 'leaves', geometry: merged(leaves), material: leafMaterial },
  ];
}

/** A fig tree, a palm and a monstera in pots; the leaves are alpha-masked. */
export const houseplantRecipes = leanRecipesOf('houseplant', VARIANTS, buildHouseplant);
