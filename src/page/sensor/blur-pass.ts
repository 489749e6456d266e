import { Vector2, type Texture, type TextureDataType, type WebGLRenderer } from 'three';
import type { Size } from '#shared/core/geometry';
import { FullScreen } from '../passes/full-screen.ts';
import { BLUR_FRAGMENT_SHADER } from './optics-shader.ts';
import type { TargetShelf } from './target-shelf.ts';

/** How to blur, and what the targets in between are called and made of. */
export type Blur = Readonly<{ name: string; size: Size; sigma: number; type: TextureDataType }>;

/** A Gaussian blur in two passes. Sigma at most 8: it reaches 24 texels. */
export class BlurPass {
  readonly #renderer: WebGLRenderer;
  readonly #shelf: TargetShelf;
  readonly #pass = new FullScreen(BLUR_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    direction: { value: new Vector2() },
    sigma: { value: 1 },
  });

  constructor(renderer: WebGLRenderer, shelf: TargetShelf) {
    this.#renderer = renderer;
    this.#shelf = shelf;
  }

  render(radiance: Texture, { name, size, sigma, type }: Blur): Texture {
    const across = this.#shelf.take(`${name}-across`, { ...size, type });
    const both = this.#shelf.take(`${name}-both`, { ...size, type });
    const { uniforms } = this.#pass;
    uniforms.sigma.value = sigma;
    uniforms.radiance.value = radiance;
    uniforms.direction.value.set(1, 0);
    this.#pass.draw(this.#renderer, across);
    uniforms.radiance.value = across.texture;
    uniforms.direction.value.set(0, 1);
    this.#pass.draw(this.#renderer, both);
    return both.texture;
  }
}
