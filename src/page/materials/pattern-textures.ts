import {
  LinearFilter,
  LinearMipmapLinearFilter,
  RepeatWrapping,
  SRGBColorSpace,
  UnsignedByteType,
  Vector3,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { PlanTexture } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { PATTERN_FRAGMENT_SHADER } from './pattern-shader.ts';

type Pattern = Exclude<PlanTexture, { kind: 'images' }>;

/** Side of a pattern's image, pixels; 1.4 MB on the GPU with its mip levels. */
const PATTERN_PIXELS = 512;
/** Patterns that are kept from frame to frame; a frame may have more. */
const PATTERN_LIMIT = 64;

const KIND_INDEX = { noise: 0, checks: 1, stripes: 2, gradient: 3, marble: 4, wood: 5 } as const;

/** Paints procedural patterns on the GPU, once each, and keeps the latest ones. */
export class PatternTextures {
  readonly #renderer: WebGLRenderer;
  readonly #targets = new Map<string, WebGLRenderTarget>();
  readonly #painter = new FullScreen(PATTERN_FRAGMENT_SHADER, {
    kind: { value: 0 },
    colors: { value: [new Vector3(), new Vector3(), new Vector3(), new Vector3()] },
    colorCount: { value: 2 },
    patternSeed: { value: 0 },
    octaves: { value: 1 },
    cells: { value: 1 },
    softness: { value: 0 },
    turbulence: { value: 0 },
  });

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** The image of a pattern; valid until the next {@link trim}. */
  textureOf(pattern: Pattern): Texture {
    const key = JSON.stringify(pattern);
    const known = this.#targets.get(key);
    if (known) {
      this.#targets.delete(key);
      this.#targets.set(key, known);
      return known.texture;
    }
    const target = this.#paint(pattern);
    this.#targets.set(key, target);
    return target.texture;
  }

  /** Lets go of the patterns that were not asked for lately; call between frames. */
  trim(): void {
    for (const [key, target] of this.#targets) {
      if (this.#targets.size <= PATTERN_LIMIT) return;
      target.dispose();
      this.#targets.delete(key);
    }
  }

  #paint(pattern: Pattern): WebGLRenderTarget {
    const target = new WebGLRenderTarget(PATTERN_PIXELS, PATTERN_PIXELS, {
      type: UnsignedByteType,
      // SRGB8_ALPHA8 on the GPU: linear light is encoded as it is written and decoded as it is read.
      colorSpace: SRGBColorSpace,
      depthBuffer: false,
      generateMipmaps: true,
      minFilter: LinearMipmapLinearFilter,
      magFilter: LinearFilter,
      wrapS: RepeatWrapping,
      wrapT: RepeatWrapping,
    });
    const { uniforms } = this.#painter;
    uniforms.kind.value = KIND_INDEX[pattern.kind];
    for (const [index, color] of uniforms.colors.value.entries()) {
      color.set(...(pattern.colors[Math.min(index, pattern.colors.length - 1)] ?? [0, 0, 0]));
    }
    uniforms.colorCount.value = pattern.colors.length;
    for (const name of ['patternSeed', 'octaves', 'cells', 'softness', 'turbulence'] as const) {
      uniforms[name].value = pattern[name];
    }
    this.#painter.draw(this.#renderer, target);
    return target;
  }
}
