import {
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  RepeatWrapping,
  SRGBColorSpace,
  type Texture,
} from 'three';
import { paintSheet } from '#shared/draw/paint-sheet';
import type { PlanPrint } from '#shared/plan/frame-plan';
import type { AssetShelf, AssetStore } from '../assets/asset-store.ts';
import { keptTexture } from '../assets/kept-objects.ts';

/** Pixels across a printed sheet. */
const SHEET_PIXELS = 512;

/** Prints sheets of text and bars as textures, once each while they are kept. */
export class PrintTextures {
  readonly #kept: AssetShelf<Texture>;

  constructor(store: AssetStore) {
    this.#kept = store.createShelf('made');
  }

  /** The sheet; valid for the frame. */
  textureOf(print: PlanPrint): Promise<Texture> {
    return this.#kept.load(JSON.stringify(print), () => keptTexture(createTexture(print)));
  }
}

function createTexture(print: PlanPrint): DataTexture {
  const { width, height, data } = paintSheet(print, { width: SHEET_PIXELS, aspect: print.aspect });
  const texture = new DataTexture(data, width, height);
  texture.colorSpace = SRGBColorSpace;
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.generateMipmaps = true;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
