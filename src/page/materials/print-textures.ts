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

/** Pixels across a printed sheet. */
const SHEET_PIXELS = 512;
/** Sheets that are kept from frame to frame; a frame may have more. */
const SHEET_LIMIT = 64;

/** Prints sheets of text and bars as textures, once each, and keeps the latest ones. */
export class PrintTextures {
  readonly #kept = new Map<string, DataTexture>();

  /** The sheet; valid until the next {@link trim}. */
  textureOf(print: PlanPrint): Texture {
    const key = JSON.stringify(print);
    const texture = this.#kept.get(key) ?? createTexture(print);
    this.#kept.delete(key);
    this.#kept.set(key, texture);
    return texture;
  }

  /** Lets go of the sheets that were not asked for lately; call between frames. */
  trim(): void {
    for (const [key, texture] of this.#kept) {
      if (this.#kept.size <= SHEET_LIMIT) return;
      texture.dispose();
      this.#kept.delete(key);
    }
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
