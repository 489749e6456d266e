import {
  DataTexture,
  EquirectangularReflectionMapping,
  FloatType,
  HalfFloatType,
  LinearFilter,
  PMREMGenerator,
  RepeatWrapping,
  RGBAFormat,
  type Texture,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { FramePlan, PlanSky } from '#shared/plan/frame-plan';
import type { AssetLoader } from '../assets/asset-loader.ts';
import { FullScreen } from '../passes/full-screen.ts';
import { createSkyUniforms, setSkyUniforms, SKY_MAP_SHADER } from './sky-shader.ts';

/** An environment ready for use: the map itself, and its prefiltered radiance. */
export type Environment = Readonly<{ map: Texture; radiance: Texture }>;

/** Radiance of the sky where a config names no map. */
const EVEN_SKY = 0.5;
/** Prefiltered environments that are kept, about 6 MB of GPU memory each. */
const ENVIRONMENT_LIMIT = 24;
/** Width of the map that a sky is prefiltered from: skies are smooth, and each frame has one of its own. */
const SKY_MAP_WIDTH = 256;

/** Prefilters environments (split-sum, PMREM) and keeps the latest ones: each costs a third of a second. */
export class Environments {
  readonly #renderer: WebGLRenderer;
  readonly #generator: PMREMGenerator;
  readonly #assets: AssetLoader;
  readonly #skyPainter = new FullScreen(SKY_MAP_SHADER, createSkyUniforms());
  #skyMap: WebGLRenderTarget | null = null;
  readonly #kept = new Map<string, { map: Texture; target: WebGLRenderTarget }>();

  constructor(renderer: WebGLRenderer, assets: AssetLoader) {
    this.#renderer = renderer;
    this.#generator = new PMREMGenerator(renderer);
    this.#assets = assets;
  }

  async load({ map: key, format, sky }: FramePlan['environment']): Promise<Environment> {
    if (sky) return this.#loadSky(sky);
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

  #loadSky(sky: PlanSky): Environment {
    const name = JSON.stringify({ ...sky, sun: null, disc: null });
    const kept = this.#kept.get(name);
    if (kept) return { map: kept.map, radiance: kept.target.texture };
    this.#makeRoom();
    this.#skyMap ??= createSkyMap();
    setSkyUniforms(this.#skyPainter.uniforms, sky);
    this.#skyPainter.draw(this.#renderer, this.#skyMap);
    const target = this.#generator.fromEquirectangular(this.#skyMap.texture);
    this.#kept.set(name, { map: this.#skyMap.texture, target });
    return { map: this.#skyMap.texture, radiance: target.texture };
  }

  #makeRoom(): void {
    if (this.#kept.size < ENVIRONMENT_LIMIT) return;
    const [oldest] = this.#kept.entries();
    if (oldest === undefined) return;
    oldest[1].target.dispose();
    this.#kept.delete(oldest[0]);
  }
}

function createSkyMap(): WebGLRenderTarget {
  const target = new WebGLRenderTarget(SKY_MAP_WIDTH, SKY_MAP_WIDTH / 2, {
    type: HalfFloatType,
    depthBuffer: false,
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    wrapS: RepeatWrapping,
  });
  target.texture.mapping = EquirectangularReflectionMapping;
  return target;
}

function createEvenSky(): Texture {
  const texels = new Float32Array(8 * 4 * 4).fill(EVEN_SKY);
  const texture = new DataTexture(texels, 8, 4, RGBAFormat, FloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.needsUpdate = true;
  return texture;
}
