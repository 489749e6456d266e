import {
  DataTexture,
  NearestFilter,
  Vector2,
  Vector4,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from './full-screen.ts';
import { KeptTarget } from './kept-target.ts';
import { OCCLUSION_BLUR_SHADER, OCCLUSION_FRAGMENT_SHADER } from './occlusion-shader.ts';
import { Room } from './room.ts';

/** Occlusion of the environment's light for each pixel, 0..1, in GL rows. */
export class OcclusionPass {
  readonly #renderer: WebGLRenderer;
  readonly #estimate = new FullScreen(OCCLUSION_FRAGMENT_SHADER, {
    depthMap: { value: null as Texture | null },
    normalMap: { value: null as Texture | null },
    intrinsics: { value: new Vector4() },
    size: { value: new Vector2() },
    radius: { value: 0 },
    strength: { value: 0 },
  });
  readonly #blur = new FullScreen(OCCLUSION_BLUR_SHADER, {
    occlusionMap: { value: null as Texture | null },
    depthMap: { value: null as Texture | null },
    size: { value: new Vector2() },
  });
  readonly #open = createOpenTexture();
  readonly #raw: KeptTarget;
  readonly #smooth: KeptTarget;

  constructor(renderer: WebGLRenderer) {
    const { maxTextureSize } = renderer.capabilities;
    this.#renderer = renderer;
    this.#raw = new KeptTarget(new Room(maxTextureSize));
    this.#smooth = new KeptTarget(new Room(maxTextureSize));
  }

  /**
   * The occlusion of a frame; all open where the plan asks for none. `depth`, `normal`: as the label pass
   * draws them. Its picture begins at the first texel.
   */
  render(plan: FramePlan, [depth, normal]: readonly [Texture, Texture]): Texture {
    const { ambientOcclusion } = plan.render;
    if (ambientOcclusion === null) return this.#open;
    const raw = this.#targetOf(this.#raw, plan.size);
    const smooth = this.#targetOf(this.#smooth, plan.size);
    const { width, height } = plan.size;
    const { fx, fy, cx, cy } = plan.camera.intrinsics;
    const estimate = this.#estimate.uniforms;
    estimate.depthMap.value = depth;
    estimate.normalMap.value = normal;
    estimate.intrinsics.value.set(fx, fy, cx, cy);
    estimate.size.value.set(width, height);
    estimate.radius.value = ambientOcclusion.radiusMeters;
    estimate.strength.value = ambientOcclusion.strength;
    this.#estimate.draw(this.#renderer, raw);
    const blur = this.#blur.uniforms;
    blur.occlusionMap.value = raw.texture;
    blur.depthMap.value = depth;
    blur.size.value.set(width, height);
    this.#blur.draw(this.#renderer, smooth);
    return smooth.texture;
  }

  #targetOf(kept: KeptTarget, size: FramePlan['size']): WebGLRenderTarget {
    return kept.take(size, 'occlusion', ({ width, height }) => {
      const options = { depthBuffer: false, generateMipmaps: false };
      const filters = { minFilter: NearestFilter, magFilter: NearestFilter };
      return new WebGLRenderTarget(width, height, { ...options, ...filters });
    });
  }
}

function createOpenTexture(): Texture {
  const texture = new DataTexture(new Uint8Array([255, 255, 255, 255]), 1, 1);
  texture.needsUpdate = true;
  return texture;
}
