import { NearestFilter, WebGLRenderTarget, type TextureDataType } from 'three';

/** What a target must be. */
export type TargetWish = Readonly<{ width: number; height: number; type: TextureDataType }>;

/** Render targets by name, kept until another size or type is asked for under the name. */
export class TargetShelf {
  readonly #targets = new Map<string, WebGLRenderTarget>();

  take(name: string, { width, height, type }: TargetWish): WebGLRenderTarget {
    const kept = this.#targets.get(name);
    if (kept?.width === width && kept.height === height && kept.texture.type === type) return kept;
    kept?.dispose();
    const target = new WebGLRenderTarget(width, height, {
      depthBuffer: false,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
      type,
    });
    this.#targets.set(name, target);
    return target;
  }

  dispose(): void {
    for (const target of this.#targets.values()) target.dispose();
    this.#targets.clear();
  }
}
