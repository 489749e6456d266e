import type { TextureImage } from '../lib/asset-model.ts';
import { createNoise, fractal } from '../lib/noise.ts';
import {
  mixRgb,
  paintNormalMap,
  paintTexture,
  rgb,
  smoothstep,
  type Rgb,
} from '../lib/pixel-textures.ts';

/** Colours of a skin: `blush` covers `ground` in streaks, freckles lie on top. */
export interface SkinColors {
  ground: string;
  blush: string;
  freckle: string;
  /** Share of the blush, 0–1. */
  cover: number;
  /** How much stretched the streaks are along the height; 1 is round blotches. */
  streak: number;
}

/** Point of the unit sphere for a texture position, so that noise has no seam. */
export function sphereDirection(u: number, v: number): [number, number, number] {
  const [angle, polar] = [(u - 0.5) * 2 * Math.PI, (v - 0.5) * Math.PI];
  return [Math.cos(polar) * Math.sin(angle), Math.sin(polar), Math.cos(polar) * Math.cos(angle)];
}

/** Mottled, streaked and freckled fruit skin; the ends of v pale to `pole`. */
export function paintSkin(
  id: string,
  colors: SkinColors,
  pole: { low: string; high: string },
): Promise<TextureImage> {
  const blotch = fractal(createNoise(`${id} blotch`), 4);
  const streaks = createNoise(`${id} streaks`);
  const freckles = createNoise(`${id} freckles`);
  const [ground, blush, freckle] = [rgb(colors.ground), rgb(colors.blush), rgb(colors.freckle)];
  return paintTexture({ name: `${id} skin`, width: 512, height: 256 }, (u, v) => {
    const [x, y, z] = sphereDirection(u, v);
    const fine = streaks(x * 22, y * (22 / colors.streak), z * 22) * 0.35;
    const side = blotch(x * 1.6, (y * 2) / colors.streak, z * 1.6) * 0.8 + fine + x * 0.25;
    let color: Rgb = mixRgb(
      ground,
      blush,
      smoothstep(-0.45, 0.45, side + (colors.cover - 0.5) * 2),
    );
    const dots = freckles(x * 48, y * 48, z * 48);
    color = mixRgb(color, freckle, smoothstep(0.62, 0.8, dots) * 0.6);
    color = mixRgb(color, rgb(pole.high), smoothstep(0.86, 0.99, v + fine * 0.08));
    return mixRgb(color, rgb(pole.low), smoothstep(0.14, 0.0, v + fine * 0.08));
  });
}

/** Pores of citrus peel as a normal map. */
export function paintPeel(id: string, poresPerRadian: number): Promise<TextureImage> {
  const pores = createNoise(`${id} pores`);
  const lumps = createNoise(`${id} lumps`);
  return paintNormalMap(
    { name: `${id} peel`, width: 288, height: 144, quality: 72 },
    {
      heightAt: (u, v) => {
        const [x, y, z] = sphereDirection(u, v).map((c) => c * poresPerRadian) as [
          number,
          number,
          number,
        ];
        return -1.6 * smoothstep(0.05, 0.75, pores(x, y, z)) + 1.2 * lumps(x / 5, y / 5, z / 5);
      },
    },
  );
}
