import type { Texture } from 'three';
import { RenderError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import type { ResourceKey } from '#shared/plan/frame-plan';
import type { AssetLoader } from '../assets/asset-loader.ts';

/** Photos that are kept, each tens of megabytes on the GPU: a folder may hold thousands. */
const PHOTO_LIMIT = 4;

/** Loads photos and keeps the latest ones. */
export class Photos {
  readonly #assets: AssetLoader;
  readonly #longestSide: number;
  readonly #kept = new Map<ResourceKey, Texture>();

  constructor(assets: AssetLoader, longestSide: number) {
    this.#assets = assets;
    this.#longestSide = longestSide;
  }

  /** A photo of this size, upright; valid until the next call. */
  async load(key: ResourceKey, { width, height }: Size): Promise<Texture> {
    if (Math.max(width, height) > this.#longestSide) {
      throw new RenderError(
        'unsupported',
        `a photo of ${width}×${height} exceeds this GPU's limit of ${this.#longestSide} pixels a side`,
      );
    }
    const texture = this.#kept.get(key) ?? (await this.#assets.loadPhoto(key));
    const found = texture.image as Size;
    if (found.width !== width || found.height !== height) {
      throw new RenderError(
        'asset',
        `resource ${key}: expected a photo of ${width}×${height} pixels, found ${found.width}×${found.height}. Save it upright, without an orientation in its metadata.`,
      );
    }
    this.#kept.delete(key);
    this.#kept.set(key, texture);
    this.#forget();
    return texture;
  }

  #forget(): void {
    for (const [key, texture] of this.#kept) {
      if (this.#kept.size <= PHOTO_LIMIT) return;
      texture.dispose();
      (texture.image as ImageBitmap).close();
      this.#kept.delete(key);
    }
  }
}
