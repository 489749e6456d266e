import {
  DataTexture,
  EquirectangularReflectionMapping,
  FloatType,
  PMREMGenerator,
  RGBAFormat,
  type Texture,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { AssetLoader } from '../assets/asset-loader.ts';

/** An environment ready for use: the map itself, and its prefiltered radiance. */
export type Environment = Readonly<{ map: Texture; radiance: Texture }>;

/** Radiance of the sky where a config names no map. */
const EVEN_SKY = 0.5;
/** Prefiltered environments that are kept, about 6 MB of GPU memory each. */
const ENVIRONMENT_LIMIT = 24;

/** Prefilters environments (split-sum, PMREM) and keeps the latest ones: each costs a third of a second. */
export class Environments {
  readonly #generator: PMREMGenerator;
  readonly #assets: AssetLoader;
  readonly #kept = new Map<string, { map: Texture; target: WebGLRenderTarget }>();

  constructor(renderer: WebGLRenderer, assets: AssetLoader) {
    this.#generator = new PMREMGenerator(renderer);
    this.#assets = assets;
  }

  async load({ map: key, format }: FramePlan['environment']): Promise<Environment> {
    const name = key ?? 'even-sky';
    const kept = this.#kept.get(name);
    if (kept) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return { map: kept.map, radiance: kept.target.texture };
    }
    const map =
      key === null || format === null
        ? createEvenSky()
        : await this.#assets.loadEnvironment(key, format);
    this.#makeRoom();
    const target = this.#generator.fromEquirectangular(map);
    this.#kept.set(name, { map, target });
    return { map, radiance: target.texture };
  }

  #makeRoom(): void {
    if (this.#kept.size < ENVIRONMENT_LIMIT) return;
    const [oldest] = this.#kept.entries();
    if (oldest === undefined) return;
    oldest[1].target.dispose();
    this.#kept.delete(oldest[0]);
  }
}

function createEvenSky(): Texture {
  const texels = new Float32Array(8 * 4 * 4).fill(EVEN_SKY);
  const texture = new DataTexture(texels, 8, 4, RGBAFormat, FloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.needsUpdate = true;
  return texture;
}
