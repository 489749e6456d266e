import type { Texture } from 'three';
import { RenderError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import type { ResourceKey } from '#shared/plan/frame-plan';
import type { AssetLoader, AssetSources } from '../assets/asset-loader.ts';
import type { AssetShelf } from '../assets/asset-store.ts';
import { keptTexture } from '../assets/kept-objects.ts';

/** Loads photos, each tens of megabytes on the GPU. */
export class Photos {
  readonly #assets: AssetLoader;
  readonly #longestSide: number;
  readonly #kept: AssetShelf<Texture>;

  constructor({ assets, store }: AssetSources, longestSide: number) {
    this.#assets = assets;
    this.#kept = store.createShelf('loaded');
    this.#longestSide = longestSide;
  }

  /** A photo of this size, upright; valid for the frame. */
  async load(key: ResourceKey, { width, height }: Size): Promise<Texture> {
    if (Math.max(width, height) > this.#longestSide) {
      throw new RenderError(
        'unsupported',
        `a photo of ${width}×${height} exceeds this GPU's limit of ${this.#longestSide} pixels a side`,
      );
    }
    const texture = await this.#kept.load(key, async () =>
      keptTexture(await this.#assets.readPhoto(key)),
    );
    const found = texture.image as Size;
    if (found.width !== width || found.height !== height) {
      throw new RenderError(
        'asset',
        `resource ${key}: expected a photo of ${width}×${height} pixels, found ${found.width}×${found.height}. Save it upright, without an orientation in its metadata.`,
      );
    }
    return texture;
  }
}
