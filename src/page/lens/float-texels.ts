import {
  DataTexture,
  FloatType,
  NearestFilter,
  RGBAFormat,
  RGFormat,
  type WebGLRenderer,
} from 'three';
import type { Size } from '#shared/core/geometry';
import { Room } from '../passes/room.ts';

const FORMATS = {
  2: [RGFormat, 'RG32F'],
  4: [RGBAFormat, 'RGBA32F'],
} as const;

/** Numbers of pixels on the GPU, to be fetched one by one; a texture that is filled again in place while it has room. */
export class FloatTexels {
  readonly #renderer: WebGLRenderer;
  readonly #channels: 2 | 4;
  readonly #room: Room;
  #texture: DataTexture | null = null;

  constructor(renderer: WebGLRenderer, channels: 2 | 4) {
    this.#renderer = renderer;
    this.#channels = channels;
    this.#room = new Room(renderer.capabilities.maxTextureSize);
  }

  /**
   * The texture, with other numbers from its first texel on; what else it holds is undefined.
   * @param values [height, width, channels]; they are not kept.
   */
  fill(values: Float32Array, size: Size): DataTexture {
    const { width, height } = size;
    const [format] = FORMATS[this.#channels];
    const texture = this.#textureFor(size);
    const source = new DataTexture(values, width, height, format, FloatType);
    this.#renderer.copyTextureToTexture(source, texture);
    return texture;
  }

  dispose(): void {
    this.#texture?.dispose();
    this.#texture = null;
  }

  #textureFor(size: Size): DataTexture {
    const { width, height } = this.#room.of(size);
    const kept = this.#texture;
    if (kept?.image.width === width && kept.image.height === height) return kept;
    this.dispose();
    const [format, internalFormat] = FORMATS[this.#channels];
    const texture = new DataTexture(null, width, height, format, FloatType);
    texture.internalFormat = internalFormat;
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    // It is given its size on the GPU, and nothing to be filled with.
    texture.source.dataReady = false;
    texture.needsUpdate = true;
    return (this.#texture = texture);
  }
}
