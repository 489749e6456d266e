import type { Size } from '#shared/core/geometry';

const keyOf = ({ width, height }: Size): string => `${width}×${height}`;

/** Passes for images of one size each, kept from frame to frame, so that faces of several sizes cost no new targets. */
export class BySize<Pass extends Readonly<{ dispose: () => void }>> {
  readonly #make: () => Pass;
  readonly #made = new Map<string, Pass>();

  constructor(make: () => Pass) {
    this.#make = make;
  }

  /** The pass of a size. */
  of(size: Size): Pass {
    const key = keyOf(size);
    const pass = this.#made.get(key) ?? this.#make();
    this.#made.set(key, pass);
    return pass;
  }

  /** Lets go of the passes of other sizes than these. */
  keep(sizes: readonly Size[]): void {
    const kept = new Set(sizes.map(keyOf));
    for (const [key, pass] of this.#made) {
      if (kept.has(key)) continue;
      pass.dispose();
      this.#made.delete(key);
    }
  }
}
