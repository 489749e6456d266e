import {
  EquirectangularReflectionMapping,
  ImageBitmapLoader,
  LinearMipmapLinearFilter,
  NoColorSpace,
  RepeatWrapping,
  SRGBColorSpace,
  Texture,
  type DataTexture,
  type Object3D,
} from 'three';
import { EXRLoader } from 'three/examples/jsm/loaders/EXRLoader.js';
import { GLTFLoader, type GLTF } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { HDRLoader } from 'three/examples/jsm/loaders/HDRLoader.js';
import type { CodeScene } from '../scene/define-scene.ts';
import type { ResourceKey } from '#shared/plan/frame-plan';
import { RenderError } from '#shared/core/errors';
import { requireEvenFiltering } from './require-even-filtering.ts';

/** Whether an image holds colour (sRGB) or data such as normals. */
export type ImageRole = 'color' | 'data';

/**
 * Loads assets from the server by resource key. Each is loaded once and kept: assets are immutable,
 * so what is cached cannot make frames depend on each other.
 *
 * Textures are not filtered along the view (see `requireEvenFiltering`).
 */
export class AssetLoader {
  readonly #basePath: string;
  readonly #models = new Map<ResourceKey, Promise<GLTF>>();
  readonly #images: Readonly<Record<ImageRole, Map<ResourceKey, Promise<Texture>>>> = {
    color: new Map(),
    data: new Map(),
  };
  readonly #environments = new Map<ResourceKey, Promise<DataTexture>>();
  readonly #codeScenes = new Map<ResourceKey, Promise<Object3D>>();

  constructor(basePath: string) {
    this.#basePath = basePath;
  }

  /** A glTF file; its scene must be cloned, not changed. */
  loadModel(key: ResourceKey): Promise<GLTF> {
    return remember(this.#models, key, async () => {
      const gltf = await new GLTFLoader().parseAsync(await this.#bytes(key), '');
      await requireTextures(gltf);
      return gltf;
    });
  }

  /** The graph that a code scene builds; its members are changed in place and put back by the caller. */
  loadCodeScene(key: ResourceKey): Promise<Object3D> {
    return remember(this.#codeScenes, key, async () => {
      const module = (await import(/* @vite-ignore */ this.#urlOf(key))) as { scene?: CodeScene };
      if (typeof module.scene?.build !== 'function') {
        throw new Error('expected `export const scene = defineScene({ name, build })`');
      }
      const root = module.scene.build();
      requireEvenFiltering(root);
      return root;
    });
  }

  /** An image that repeats, with mip levels. */
  loadImage(key: ResourceKey, role: ImageRole): Promise<Texture> {
    const images = this.#images[role];
    return remember(images, key, async () => {
      const loader = new ImageBitmapLoader();
      loader.setOptions({
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
        imageOrientation: 'flipY',
      });
      const texture = new Texture(await loader.loadAsync(this.#urlOf(key)));
      texture.colorSpace = role === 'color' ? SRGBColorSpace : NoColorSpace;
      texture.wrapS = texture.wrapT = RepeatWrapping;
      texture.minFilter = LinearMipmapLinearFilter;
      texture.flipY = false;
      texture.needsUpdate = true;
      return texture;
    });
  }

  /**
   * A photo, upright, its first row at v = 0, with mip levels and without repetition; colours of a profile that
   * it carries become sRGB's. Not kept: whoever asks owns it.
   */
  async loadPhoto(key: ResourceKey): Promise<Texture> {
    const loader = new ImageBitmapLoader();
    loader.setOptions({ premultiplyAlpha: 'none' });
    try {
      const texture = new Texture(await loader.loadAsync(this.#urlOf(key)));
      texture.colorSpace = SRGBColorSpace;
      texture.minFilter = LinearMipmapLinearFilter;
      texture.flipY = false;
      texture.needsUpdate = true;
      return texture;
    } catch (cause) {
      throw cannotLoad(key, cause);
    }
  }

  /** An equirectangular radiance map. */
  loadEnvironment(key: ResourceKey, format: 'hdr' | 'exr'): Promise<DataTexture> {
    return remember(this.#environments, key, async () => {
      const loader = format === 'hdr' ? new HDRLoader() : new EXRLoader();
      const texture = await loader.loadAsync(this.#urlOf(key));
      texture.mapping = EquirectangularReflectionMapping;
      texture.needsUpdate = true;
      return texture;
    });
  }

  async #bytes(key: ResourceKey): Promise<ArrayBuffer> {
    const response = await fetch(this.#urlOf(key));
    if (!response.ok)
      throw new Error(`the server answered ${response.status} ${await response.text()}`);
    return response.arrayBuffer();
  }

  #urlOf(key: ResourceKey): string {
    return `${this.#basePath}/resources/${key}`;
  }
}

/** The loader makes nothing of an image that it cannot read; the model would be drawn without it. */
async function requireTextures({ parser }: GLTF): Promise<void> {
  const textures = (await parser.getDependencies('texture')) as readonly (Texture | null)[];
  const broken = textures.indexOf(null);
  if (broken >= 0) throw new Error(`the image of its texture ${broken} cannot be read`);
}

async function remember<T>(
  cache: Map<ResourceKey, Promise<T>>,
  key: ResourceKey,
  load: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load().catch((cause: unknown) => {
    cache.delete(key);
    throw cannotLoad(key, cause);
  });
  cache.set(key, loading);
  return loading;
}

function cannotLoad(key: ResourceKey, cause: unknown): RenderError {
  const reason = (cause as Error).message;
  return new RenderError('asset', `resource ${key} could not be loaded: ${reason}`, { cause });
}
