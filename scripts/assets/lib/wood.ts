import type { TextureImage } from './asset-model.ts';
import { createNoise, fractal } from './noise.ts';
import {
  mixRgb,
  paintTexture,
  rgb,
  shade,
  smoothstep,
  type PixelTextureSpec,
  type Rgb,
} from './pixel-textures.ts';

/** Colours and scale of a planked wood surface. */
export interface WoodSpec {
  light: string;
  dark: string;
  /** Boards side by side across v. */
  planks: number;
  /** Growth rings across one plank. */
  rings: number;
}

/** Wood with the grain along u and plank joints across v; the same seed gives the same boards. */
export function paintWood(spec: PixelTextureSpec, wood: WoodSpec): Promise<TextureImage> {
  const sample = woodColor(spec.name, wood);
  return paintTexture(spec, sample);
}

/** Colour at (u, v) of boards that depend only on the seed. */
function woodColor(seed: string, wood: WoodSpec): (u: number, v: number) => Rgb {
  const bend = fractal(createNoise(`${seed} bend`), 2);
  const fibre = createNoise(`${seed} fibre`);
  const tone = createNoise(`${seed} tone`);
  const [light, dark] = [rgb(wood.light), rgb(wood.dark)];
  return (u, v) => {
    const plank = Math.min(wood.planks - 1, Math.floor(v * wood.planks));
    const across = v * wood.planks - plank;
    const shift = plank * 13.7;
    const warped = across + 0.22 * bend(u * 2.4 + shift, across * 1.6, shift);
    const ring = (warped * wood.rings + 40) % 1;
    const late = smoothstep(0.25, 0.9, ring) * smoothstep(1, 0.93, ring);
    const pores = Math.max(0, fibre(u * 34 + shift, v * wood.planks * 70, 4));
    const mottle = 0.5 * bend(u * 5 + shift, v * 9, 9);
    const color = mixRgb(light, dark, 0.12 + 0.45 * late + 0.3 * pores + 0.2 * mottle);
    const joint = Math.min(across, 1 - across) * (wood.planks > 1 ? 1 : 100);
    return shade(
      color,
      (0.94 + 0.1 * tone(shift + 3, 7, 1)) * (0.62 + 0.38 * smoothstep(0, 0.014, joint)),
    );
  };
}
