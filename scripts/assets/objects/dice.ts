import { recipesOf, type Part } from '../lib/asset-model.ts';
import { mixRgb, paintNormalMap, paintTexture, rgb, smoothstep } from '../lib/pixel-textures.ts';
import { createNoise, fractal } from '../lib/noise.ts';
import { cubeAtlas, roundedBox, type BoxAtlas, type FaceName } from '../lib/rounded-box.ts';

interface DiceVariant {
  size: number;
  radius: number;
  body: string;
  /** Second colour swirled into the body. */
  swirl: string;
  pip: string;
  roughness: number;
}

const VARIANTS: readonly DiceVariant[] = [
  { size: 16, radius: 2.2, body: '#f4efe4', swirl: '#efe7d6', pip: '#16161a', roughness: 0.25 },
  { size: 19, radius: 3.2, body: '#b3121d', swirl: '#d3212b', pip: '#fdfdfb', roughness: 0.18 },
  { size: 22, radius: 2.4, body: '#14224f', swirl: '#3c5fb5', pip: '#f2c84b', roughness: 0.22 },
];

/** Opposite faces add up to seven. */
const FACE_VALUES: Record<FaceName, number> = {
  front: 2,
  back: 5,
  top: 6,
  bottom: 1,
  right: 3,
  left: 4,
};

function pipCentres(value: number): [number, number][] {
  const [low, mid, high] = [0.26, 0.5, 0.74];
  const centres: [number, number][] = [];
  if (value % 2) centres.push([mid, mid]);
  if (value > 1) centres.push([low, low], [high, high]);
  if (value > 3) centres.push([low, high], [high, low]);
  if (value > 5) centres.push([low, mid], [high, mid]);
  return centres;
}

/** Distance to the nearest pip centre in face widths, at a texture position. */
function pipDistance(atlas: BoxAtlas, u: number, v: number): number {
  const [x, y] = [u * atlas.width, (1 - v) * atlas.height];
  const entries = Object.entries(atlas.faces) as [FaceName, BoxAtlas['faces'][FaceName]][];
  const hit = entries.find(
    ([, f]) => x >= f.x && x < f.x + f.width && y >= f.y && y < f.y + f.height,
  );
  if (!hit) return 1;
  const [name, face] = hit;
  const at = [(x - face.x) / face.width, (y - face.y) / face.height] as const;
  return Math.min(
    ...pipCentres(FACE_VALUES[name]).map(([px, py]) => Math.hypot(at[0] - px, at[1] - py)),
  );
}

async function buildDice(dice: DiceVariant, id: string): Promise<Part[]> {
  const atlas = cubeAtlas(dice.size);
  const geometry = roundedBox(
    { width: dice.size, height: dice.size, depth: dice.size, radius: dice.radius, steps: 5 },
    atlas,
  );
  const swirl = fractal(createNoise(id), 3);
  const pipRadius = 0.098;
  const colorMap = await paintTexture({ name: `${id} faces`, width: 480, height: 320 }, (u, v) => {
    const body = mixRgb(
      rgb(dice.body),
      rgb(dice.swirl),
      smoothstep(-0.3, 0.4, swirl(u * 9, v * 6 + 2 * swirl(u * 4, v * 4, 7), 1)),
    );
    return mixRgb(
      rgb(dice.pip),
      body,
      smoothstep(pipRadius - 0.006, pipRadius + 0.006, pipDistance(atlas, u, v)),
    );
  });
  const normalMap = await paintNormalMap(
    { name: `${id} pips`, width: 480, height: 320, quality: 85 },
    {
      heightAt: (u, v) =>
        14 * Math.min(0, (pipDistance(atlas, u, v) / (pipRadius + 0.012)) ** 2 - 1),
    },
  );
  return [
    {
      name: 'die',
      geometry,
      material: {
        name: 'die',
        colorMap,
        normalMap,
        normalScale: 0.8,
        metallic: 0,
        roughness: dice.roughness,
      },
    },
  ];
}

/** Six-sided dice with dished pips. */
export const diceRecipes = recipesOf('dice', VARIANTS, buildDice);
