import { Vector2, Vector3 } from 'three';
import { recipesOf, type Part, type TextureImage } from '../lib/asset-model.ts';
import { sweep } from '../lib/loft.ts';
import { plastic } from '../lib/materials.ts';
import { createNoise, fractal } from '../lib/noise.ts';
import { mixRgb, paintTexture, rgb, smoothstep } from '../lib/pixel-textures.ts';

interface BananaVariant {
  /** Radius of the bend and length along it, mm. */
  bend: number;
  length: number;
  thickness: number;
  skin: string;
  /** Green of the unripe ends, 0–1. */
  unripe: number;
  /** Density of brown sugar spots, 0–1. */
  spots: number;
}

const VARIANTS: readonly BananaVariant[] = [
  { bend: 125, length: 205, thickness: 17.5, skin: '#f2c92e', unripe: 0.45, spots: 0.25 },
  { bend: 105, length: 180, thickness: 16.5, skin: '#eebd2b', unripe: 0.1, spots: 0.8 },
  { bend: 160, length: 220, thickness: 18.5, skin: '#d9cf3a', unripe: 0.95, spots: 0.05 },
];

/** Thickness along the fruit relative to its middle: stem, shoulder, belly, blossom tip. */
function girth(t: number): number {
  const stem = 0.3 + 0.7 * smoothstep(0.12, 0.3, t);
  const tip = 1 - 0.62 * smoothstep(0.86, 0.975, t);
  const flare = 0.12 * smoothstep(0.05, 0, t);
  const belly = 0.9 + 0.1 * Math.sin(Math.PI * t);
  return (stem + flare) * tip * belly;
}

/** A rounded pentagon; the stem is rounder. */
function pentagon(radius: number, sharpness: number): Vector2[] {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = (i / 25) * 2 * Math.PI;
    const fold = Math.cos(angle * 5 + Math.PI / 2);
    const r = radius * (1 + sharpness * (fold + 0.35 * Math.cos(2 * (angle * 5 + Math.PI / 2))));
    return new Vector2(r * Math.cos(angle), r * Math.sin(angle));
  });
}

function paintBanana(id: string, banana: BananaVariant): Promise<TextureImage> {
  const blotch = fractal(createNoise(`${id} blotch`), 3);
  const spots = createNoise(`${id} spots`);
  const [skin, green, brown, dark] = [
    rgb(banana.skin),
    rgb('#8a9f34'),
    rgb('#6b4318'),
    rgb('#2c1e12'),
  ];
  return paintTexture({ name: `${id} skin`, width: 256, height: 512 }, (u, v) => {
    const angle = u * 2 * Math.PI;
    const [x, z, y] = [Math.cos(angle), Math.sin(angle), v * 11];
    const ripeness = Math.max(
      smoothstep(0.3, 0.02, v),
      0.75 * smoothstep(0.8, 1, v),
      banana.unripe - 0.55,
    );
    let color = mixRgb(skin, green, ripeness * (0.25 + 0.75 * banana.unripe));
    color = mixRgb(color, rgb('#c79a1c'), 0.25 * smoothstep(0, 0.6, blotch(x * 2, y, z * 2)));
    const ridge = Math.abs(((((u * 5 + 0.25) % 1) + 1) % 1) - 0.5);
    color = mixRgb(
      color,
      brown,
      0.3 * smoothstep(0.06, 0, Math.abs(0.5 - ridge)) * (0.4 + banana.spots),
    );
    const threshold = 0.95 - banana.spots * 0.4;
    color = mixRgb(
      color,
      brown,
      0.85 * smoothstep(threshold, threshold + 0.08, spots(x * 6, y * 3, z * 6)),
    );
    color = mixRgb(
      color,
      brown,
      0.5 * smoothstep(threshold, threshold + 0.1, spots(x * 14 + 40, y * 9, z * 14)),
    );
    const ends = Math.max(
      smoothstep(0.035, 0.01, v),
      smoothstep(0.958, 0.975, v + 0.006 * blotch(x * 5, 3, z * 5)),
    );
    return mixRgb(color, dark, ends);
  });
}

async function buildBanana(banana: BananaVariant, id: string): Promise<Part[]> {
  const sweepAngle = banana.length / banana.bend;
  const steps = 36;
  const path = Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const angle = (t - 0.5) * sweepAngle;
    const straighten = 14 * smoothstep(0.16, 0, t);
    return new Vector3(
      banana.bend * Math.sin(angle),
      0,
      banana.bend * Math.cos(angle) + straighten,
    );
  });
  const geometry = sweep({
    path,
    planeNormal: new Vector3(0, 1, 0),
    section: (t) => pentagon(banana.thickness * girth(t), 0.055 * smoothstep(0.05, 0.3, t)),
  });
  const skin = await paintBanana(id, banana);
  return [{ name: 'skin', geometry, material: plastic('skin', skin, 0.46) }];
}

/** Bananas from green to freckled, lying on their side. */
export const bananaRecipes = recipesOf('banana', VARIANTS, buildBanana);
