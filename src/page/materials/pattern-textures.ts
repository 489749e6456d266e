import {
  LinearFilter,
  LinearMipmapLinearFilter,
  NearestFilter,
  NoColorSpace,
  RepeatWrapping,
  SRGBColorSpace,
  UnsignedByteType,
  Vector2,
  Vector3,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { ProceduralKind } from '#shared/config/pattern-schema';
import type { PlanPattern } from '#shared/plan/frame-plan';
import type { AssetShelf, AssetStore } from '../assets/asset-store.ts';
import { textureBytes } from '../assets/gpu-bytes.ts';
import { FullScreen } from '../passes/full-screen.ts';
import { patternShader, RELIEF_FRAGMENT_SHADER } from './pattern-shader.ts';

/** Side of a pattern's image where a plan says nothing, pixels; 1.4 MB on the GPU with its mip levels. */
const PATTERN_PIXELS = 512;

/** The images of a pattern; normal and roughness where the plan asks for them. */
type PatternMaps<T> = Readonly<{ color: T; normal: T | null; roughness: T | null }>;

/** Paints procedural patterns on the GPU, once each while they are kept. */
export class PatternTextures {
  readonly #renderer: WebGLRenderer;
  readonly #kept: AssetShelf<PatternMaps<Texture>>;
  readonly #painters = new Map<string, FullScreen<ReturnType<typeof createPatternUniforms>>>();
  readonly #relief = new FullScreen(RELIEF_FRAGMENT_SHADER, {
    heights: { value: null as Texture | null },
    slope: { value: 0 },
    roughness: { value: new Vector2() },
    isRoughness: { value: false },
  });
  #heights: WebGLRenderTarget | null = null;
  #side = PATTERN_PIXELS;

  constructor(renderer: WebGLRenderer, store: AssetStore) {
    this.#renderer = renderer;
    this.#kept = store.createShelf('made');
  }

  /** Side of the images from now on, pixels; undefined: the usual one. */
  setSide(pixels: number | undefined): void {
    this.#side = pixels ?? PATTERN_PIXELS;
  }

  /** The images of a pattern; valid for the frame. */
  mapsOf(pattern: PlanPattern): Promise<PatternMaps<Texture>> {
    const key = `${this.#side} ${JSON.stringify(pattern)}`;
    return this.#kept.load(key, () => {
      const { color, normal, roughness } = this.#paintAll(pattern);
      const targets = [color, normal, roughness].flatMap((target) => target ?? []);
      return {
        value: {
          color: color.texture,
          normal: normal && normal.texture,
          roughness: roughness && roughness.texture,
        },
        bytes: () => targets.reduce((sum, { texture }) => sum + textureBytes(texture), 0),
        dispose: () => targets.forEach((target) => target.dispose()),
      };
    });
  }

  #paintAll(pattern: PlanPattern): PatternMaps<WebGLRenderTarget> {
    const color = this.#createTarget(SRGBColorSpace);
    this.#paint(pattern, 'color', color);
    const { slope, roughness } = pattern;
    if (slope === undefined && roughness === undefined)
      return { color, normal: null, roughness: null };
    const heights = this.#heightsOfSide();
    this.#paint(pattern, 'height', heights);
    return {
      color,
      normal: slope === undefined ? null : this.#paintRelief(heights, { slope }),
      roughness: roughness === undefined ? null : this.#paintRelief(heights, { roughness }),
    };
  }

  #heightsOfSide(): WebGLRenderTarget {
    if (this.#heights?.width === this.#side) return this.#heights;
    this.#heights?.dispose();
    this.#heights = new WebGLRenderTarget(this.#side, this.#side, {
      depthBuffer: false,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
    });
    return this.#heights;
  }

  #paint(pattern: PlanPattern, paint: 'color' | 'height', target: WebGLRenderTarget): void {
    const painter = this.#painterOf(pattern.kind, paint);
    const { uniforms } = painter;
    for (const [index, color] of uniforms.colors.value.entries()) {
      color.set(...(pattern.colors[Math.min(index, pattern.colors.length - 1)] ?? [0, 0, 0]));
    }
    uniforms.colorCount.value = pattern.colors.length;
    for (const name of ['patternSeed', 'octaves', 'cells', 'softness', 'turbulence'] as const) {
      uniforms[name].value = pattern[name];
    }
    uniforms.variant.value = pattern.variant ?? 0;
    painter.draw(this.#renderer, target);
  }

  #paintRelief(
    heights: WebGLRenderTarget,
    map: Readonly<{ slope: number }> | Readonly<{ roughness: readonly [number, number] }>,
  ): WebGLRenderTarget {
    const target = this.#createTarget(NoColorSpace);
    const { uniforms } = this.#relief;
    uniforms.heights.value = heights.texture;
    uniforms.isRoughness.value = 'roughness' in map;
    if ('roughness' in map) uniforms.roughness.value.set(...map.roughness);
    else uniforms.slope.value = map.slope;
    this.#relief.draw(this.#renderer, target);
    return target;
  }

  #createTarget(colorSpace: typeof SRGBColorSpace | typeof NoColorSpace): WebGLRenderTarget {
    return new WebGLRenderTarget(this.#side, this.#side, {
      type: UnsignedByteType,
      // sRGB is SRGB8_ALPHA8 on the GPU: linear light is encoded as it is written and decoded as it is read.
      colorSpace,
      depthBuffer: false,
      generateMipmaps: true,
      minFilter: LinearMipmapLinearFilter,
      magFilter: LinearFilter,
      wrapS: RepeatWrapping,
      wrapT: RepeatWrapping,
    });
  }

  #painterOf(
    kind: ProceduralKind,
    paint: 'color' | 'height',
  ): FullScreen<ReturnType<typeof createPatternUniforms>> {
    const key = `${kind} ${paint}`;
    const known = this.#painters.get(key);
    if (known) return known;
    const made = new FullScreen(patternShader(kind, paint), createPatternUniforms());
    this.#painters.set(key, made);
    return made;
  }
}

function createPatternUniforms() {
  return {
    colors: { value: [new Vector3(), new Vector3(), new Vector3(), new Vector3()] },
    colorCount: { value: 2 },
    patternSeed: { value: 0 },
    octaves: { value: 1 },
    cells: { value: 1 },
    softness: { value: 0 },
    turbulence: { value: 0 },
    variant: { value: 0 },
  };
}
