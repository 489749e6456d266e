import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { blob } from '../lib/blob.ts';
import { card, plastic } from '../lib/materials.ts';
import { createNoise } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb } from '../lib/pixel-textures.ts';
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
