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
  TextureUtils,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { FramePlan, PlanSky } from '#shared/plan/frame-plan';
import type { AssetLoader, AssetSources } from '../assets/asset-loader.ts';
import type { AssetShelf, Kept } from '../assets/asset-store.ts';
import { textureBytes } from '../assets/gpu-bytes.ts';
import { FullScreen } from '../passes/full-screen.ts';
import { createSkyUniforms, setSkyUniforms, SKY_MAP_SHADER } from './sky-shader.ts';

/** An environment ready for use: the map itself, and its prefiltered radiance. */
export type Environment = Readonly<{ map: Texture; radiance: Texture }>;

/** Radiance of the sky where a config names no map. */
const EVEN_SKY = 0.5;
/** Width of the map that a sky is prefiltered from: skies are smooth, and each frame has one of its own. */
const SKY_MAP_WIDTH = 256;

/** Which of three's own pictures of a map its backgrounds were drawn from so far; they go with the map. */
type Shown = { sharp: boolean; blurred: boolean };

type KeptEnvironment = Environment & Readonly<{ shown: Shown }>;

/** Prefilters environments (split-sum, PMREM), once each while they are kept: it takes a third of a second. */
export class Environments {
  readonly #renderer: WebGLRenderer;
  readonly #generator: PMREMGenerator;
  readonly #assets: AssetLoader;
  readonly #skyPainter = new FullScreen(SKY_MAP_SHADER, createSkyUniforms());
  #skyMap: WebGLRenderTarget | null = null;
  readonly #maps: AssetShelf<KeptEnvironment>;
  readonly #skies: AssetShelf<KeptEnvironment>;

  constructor(renderer: WebGLRenderer, { assets, store }: AssetSources) {
    this.#renderer = renderer;
    this.#generator = new PMREMGenerator(renderer);
    this.#assets = assets;
    this.#maps = store.createShelf('loaded');
    this.#skies = store.createShelf('made');
  }

  /** The environment of a frame; valid for the frame. */
  async load({
    map: key,
    format,
    sky,
    background,
  }: FramePlan['environment']): Promise<Environment> {
    if (sky) return this.#loadSky(sky);
    const environment = await this.#maps.load(key ?? 'even-sky', async () => {
      const map =
        key === null || format === null
          ? createEvenSky()
          : await this.#assets.readEnvironment(key, format);
      return this.#prefilter(map, map);
    });
    if (background.kind === 'environment')
      environment.shown[background.blur > 0 ? 'blurred' : 'sharp'] = true;
    return environment;
  }

  #loadSky(sky: PlanSky): Promise<Environment> {
    const name = JSON.stringify({ ...sky, sun: null, disc: null });
    return this.#skies.load(name, () => {
      this.#skyMap ??= createSkyMap();
      setSkyUniforms(this.#skyPainter.uniforms, sky);
      this.#skyPainter.draw(this.#renderer, this.#skyMap);
      return this.#prefilter(this.#skyMap.texture, null);
    });
  }

  /** @param own the map, where nobody else uses it. */
  #prefilter(map: Texture, own: Texture | null): Kept<KeptEnvironment> {
    const target = this.#generator.fromEquirectangular(map);
    const shown: Shown = { sharp: false, blurred: false };
    return {
      value: { map, radiance: target.texture, shown },
      bytes: () => {
        const radiance = textureBytes(target.texture);
        const cube = shown.sharp ? cubeBytes(map) : 0;
        return radiance * (shown.blurred ? 2 : 1) + cube + (own ? textureBytes(own) : 0);
      },
      dispose: () => {
        target.dispose();
        own?.dispose();
      },
    };
  }
}

/** The cube that three draws a sharp background from: six faces as high as the map (WebGLEnvironments.js). */
function cubeBytes(map: Texture): number {
  const { height } = map.image as Readonly<{ height: number }>;
  return 6 * TextureUtils.getByteLength(height, height, RGBAFormat, map.type);
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
