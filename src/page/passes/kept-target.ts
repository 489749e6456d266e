import type { WebGLRenderTarget } from 'three';
import type { Size } from '#shared/core/geometry';
import type { Room } from './room.ts';

/** As large as each picture, for what reads its targets to their edges. */
export const EXACT: Pick<Room, 'of'> = { of: (size) => size };

/** A render target that is kept while it has room: a smaller picture is drawn into its first columns and rows. */
export class KeptTarget {
  readonly #room: Pick<Room, 'of'>;
  #kept: Readonly<{ kind: string; target: WebGLRenderTarget }> | null = null;

  constructor(room: Pick<Room, 'of'>) {
    this.#room = room;
  }

  /**
   * A target for a picture, on which alone it is drawn and cleared.
   * @param kind What else there is to a target: it is made anew where that is another.
   */
  take(size: Size, kind: string, make: (size: Size) => WebGLRenderTarget): WebGLRenderTarget {
    const room = this.#room.of(size);
    const target = this.#targetOf(room, kind, make);
    target.viewport.set(0, 0, size.width, size.height);
    target.scissor.copy(target.viewport);
    target.scissorTest = size.width < room.width || size.height < room.height;
    return target;
  }

  dispose(): void {
    this.#kept?.target.dispose();
    this.#kept = null;
  }

  #targetOf(room: Size, kind: string, make: (size: Size) => WebGLRenderTarget): WebGLRenderTarget {
    const { width, height } = this.#kept?.target ?? { width: 0, height: 0 };
    if (this.#kept?.kind === kind && width === room.width && height === room.height)
      return this.#kept.target;
    this.dispose();
    const target = make(room);
    this.#kept = { kind, target };
    return target;
  }
}
