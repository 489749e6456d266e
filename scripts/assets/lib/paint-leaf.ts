import type { MaterialSpec } from './asset-model.ts';
import { createNoise } from './noise.ts';
import { mixRgb, paintTexture, rgb, shade } from './pixel-textures.ts';

/** Colours of a leaf. */
export interface LeafColors {
  dark: string;
  light: string;
  rib: string;
  /** Pairs of veins that leave the midrib; 0 for blades whose veins run along it. */
  veins: number;
  roughness: number;
}

/** A leaf with midrib and veins, both sides drawn; for the coordinates of `leafSheet`. */
export async function leafMaterial(id: string, colors: LeafColors): Promise<MaterialSpec> {
  const noise = createNoise(`${id} leaf`);
  const [dark, light, rib] = [rgb(colors.dark), rgb(colors.light), rgb(colors.rib)];
  const colorMap = await paintTexture(
    { name: `${id} leaf`, width: 64, height: 128, quality: 72 },
    (u, v) => {
      const across = Math.abs(u - 0.5) * 2;
      const tone = 0.5 + 0.35 * noise(u * 7, v * 14, 1) + 0.25 * noise(u * 25, v * 50, 4);
      const blade = mixRgb(dark, light, tone - 0.25 * across);
      const vein =
        colors.veins > 0
          ? 1 - Math.min(1, Math.abs(((v - across * 0.16) * colors.veins) % 1) * 7)
          : 0.35 * Math.max(0, Math.sin(u * 40));
      const midrib = 1 - Math.min(1, across * 9);
      // Little light comes to the foot of a leaf.
      return shade(
        mixRgb(blade, rib, Math.max(midrib, 0.5 * Math.max(0, vein))),
        0.5 + 0.5 * Math.min(1, v * 2),
      );
    },
  );
  return {
    name: 'leaf',
    colorMap,
    metallic: 0,
    roughness: colors.roughness,
    doubleSided: true,
  };
}
