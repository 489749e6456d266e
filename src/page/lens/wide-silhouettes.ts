import type { Silhouette } from '#shared/annotate/annotations';
import type { Intrinsics } from '#shared/core/geometry';
import { rayAt } from '#shared/core/pinhole';
import type { PixelRect } from '#shared/plan/guard-band';
import type { RayFace } from '#shared/plan/ray-faces';

/** An instance alone in a face: the tile of the face, and which of its pixels it fills. */
type FacePart = Readonly<{ instanceId: number; tile: PixelRect; mask: Uint8Array }>;

/** Puts together what instances show alone in the faces of a wide lens. */
export class WideSilhouettes {
  readonly #guard: PixelRect;
  readonly #intrinsics: Intrinsics;
  /** By instance, the pixels that it fills, counted row by row in the guard band. */
  readonly #filled = new Map<number, number[]>();

  constructor(guard: PixelRect, intrinsics: Intrinsics) {
    this.#guard = guard;
    this.#intrinsics = intrinsics;
  }

  add({ instanceId, tile, mask }: FacePart, { sourceSize, owners }: RayFace): void {
    const [left, top, width] = tile;
    const filled = this.#filled.get(instanceId) ?? [];
    for (const [at, inside] of mask.entries()) {
      if (inside === 0) continue;
      const row = top + Math.floor(at / width);
      const owner = owners[row * sourceSize.width + left + (at % width)] ?? -1;
      if (owner >= 0) filled.push(owner);
    }
    this.#filled.set(instanceId, filled);
  }

  /** In order of instance id; instances that fill nothing are left out. */
  finish(): readonly Silhouette[] {
    return [...this.#filled]
      .filter(([, filled]) => filled.length > 0)
      .map(([instanceId, filled]) => this.#silhouetteOf(instanceId, filled))
      .sort((a, b) => a.instanceId - b.instanceId);
  }

  #silhouetteOf(instanceId: number, filled: readonly number[]): Silhouette {
    const [left, top, across, down] = this.#guard;
    let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1];
    for (const at of filled) {
      const [u, v] = [at % across, Math.floor(at / across)];
      [x0, x1] = [Math.min(x0, u), Math.max(x1, u)];
      [y0, y1] = [Math.min(y0, v), Math.max(y1, v)];
    }
    const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
    const mask = new Uint8Array(width * height);
    for (const at of filled) mask[(Math.floor(at / across) - y0) * width + (at % across) - x0] = 1;
    const touches = x0 === 0 || y0 === 0 || x1 === across - 1 || y1 === down - 1;
    const clipped = touches && filled.some((at) => this.#goesOnBeside(at));
    return { instanceId, tile: [left + x0, top + y0, width, height], mask, clipped };
  }

  /** Whether a pixel is the last of the guard band, and the lens shows the one after it. */
  #goesOnBeside(at: number): boolean {
    const [left, top, across, down] = this.#guard;
    const [u, v] = [at % across, Math.floor(at / across)];
    const steps: (readonly [number, number])[] = [];
    if (u === 0) steps.push([-1, 0]);
    if (u === across - 1) steps.push([1, 0]);
    if (v === 0) steps.push([0, -1]);
    if (v === down - 1) steps.push([0, 1]);
    return steps.some(
      ([right, below]) =>
        rayAt(this.#intrinsics, left + u + right + 0.5, top + v + below + 0.5) !== null,
    );
  }
}
