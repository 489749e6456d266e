import type { TextureImage } from './asset-model.ts';
import { createNoise } from './noise.ts';
import { paintTexture, rgb, shade } from './pixel-textures.ts';

/** A small repeating cloth in one colour, threads going over and under each other. */
export function paintWeave(name: string, color: string, threads = 24): Promise<TextureImage> {
  const noise = createNoise(name);
  return paintTexture({ name, width: 96, height: 96, quality: 72 }, (u, v) => {
    const [x, y] = [u * threads, v * threads];
    const over = (Math.floor(x) + Math.floor(y)) % 2 === 0;
    const round = over ? Math.sin((x % 1) * Math.PI) : Math.sin((y % 1) * Math.PI);
    const tone = 0.06 * noise(Math.floor(x) * 1.7, Math.floor(y) * 1.7, over ? 1 : 5);
    return shade(rgb(color), 0.86 + 0.14 * round + tone);
  });
}
