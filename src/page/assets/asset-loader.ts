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
import type { AssetShelf, AssetStore } from './asset-store.ts';
import { keptObjects, keptTexture } from './kept-objects.ts';
import { requireEvenFiltering } from './require-even-filtering.ts';

/** Whether an image holds colour (sRGB) or data such as normals. */
export type ImageRole = 'color' | 'data';

/** Where assets come from, and where they are kept. */
export type AssetSources = Readonly<{ assets: AssetLoader; store: AssetStore }>;

/** A glTF file; its scene must be copied, not changed. */
export type LoadedModel = Readonly<{
  gltf: GLTF;
  /** Copies of its scene, which frames use again: whoever makes one adds it, and it goes with the model. */
  copies: Object3D[];
}>;

/**
 * Loads assets from the server by resource key. What `load…` brings is kept in the store, whose it is; what
 * `read…` and `build…` bring belongs to whoever asks.
 *
 * Textures are not filtered along the view (see `requireEvenFiltering`).
 */
export class AssetLoader {
  readonly #basePath: string;
  readonly #models: AssetShelf<LoadedModel>;
  readonly #images: AssetShelf<Texture>;

  constructor(basePath: string, store: AssetStore) {
    this.#basePath = basePath;
    this.#models = store.createShelf('loaded');
    this.#images = store.createShelf('loaded');
  }

  /** A model to be copied. */
  loadModel(key: ResourceKey): Promise<LoadedModel> {
    return this.#models.load(key, async () => {
      const gltf = await this.readModel(key);
      const copies: Object3D[] = [];
      return keptObjects({ gltf, copies }, () => [...gltf.scenes, ...copies]);
    });
  }

  /** An image that repeats, with mip levels. */
  loadImage(key: ResourceKey, role: ImageRole): Promise<Texture> {
    return this.#images.load(`${role} ${key}`, async () => {
      const texture = await this.#readImage(key, {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
        imageOrientation: 'flipY',
      });
      texture.colorSpace = role === 'color' ? SRGBColorSpace : NoColorSpace;
      texture.wrapS = texture.wrapT = RepeatWrapping;
      return keptTexture(texture);
    });
  }

  /** A glTF file. */
  readModel(key: ResourceKey): Promise<GLTF> {
    return naming(key, async () => {
      const gltf = await new GLTFLoader().parseAsync(await this.#bytes(key), '');
      await requireTextures(gltf);
      return gltf;
    });
  }

  /** The graph that a code scene builds; its members are changed in place and put back by the caller. */
  buildCodeScene(key: ResourceKey): Promise<Object3D> {
    return naming(key, async () => {
      const module = (await import(/* @vite-ignore */ this.#urlOf(key))) as { scene?: CodeScene };
      if (typeof module.scene?.build !== 'function') {
        throw new Error('expected `export const scene = defineScene({ name, build })`');
      }
      const root = module.scene.build();
      requireEvenFiltering(root);
      return root;
    });
  }

  /**
   * A photo, upright, its first row at v = 0, with mip levels and without repetition; colours of a profile that
   * it carries become sRGB's.
   */
  async readPhoto(key: ResourceKey): Promise<Texture> {
    const texture = await this.#readImage(key, { premultiplyAlpha: 'none' });
    texture.colorSpace = SRGBColorSpace;
    return texture;
  }

  /** An equirectangular radiance map. */
  readEnvironment(key: ResourceKey, format: 'hdr' | 'exr'): Promise<DataTexture> {
    return naming(key, async () => {
      const loader = format === 'hdr' ? new HDRLoader() : new EXRLoader();
      const texture = await loader.loadAsync(this.#urlOf(key));
      texture.mapping = EquirectangularReflectionMapping;
      texture.needsUpdate = true;
      return texture;
    });
  }

  #readImage(key: ResourceKey, options: ImageBitmapOptions): Promise<Texture> {
    return naming(key, async () => {
      const loader = new ImageBitmapLoader().setOptions(options);
      const texture = new Texture(await loader.loadAsync(this.#urlOf(key)));
      texture.minFilter = LinearMipmapLinearFilter;
      texture.flipY = false;
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

/** Names the resource in what goes wrong with it. */
async function naming<T>(key: ResourceKey, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new RenderError('asset', `resource ${key} could not be loaded: ${reason}`, { cause });
  }
}
