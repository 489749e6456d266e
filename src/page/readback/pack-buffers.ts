/** The least that a buffer holds, bytes. */
const LEAST_BYTES = 1024;

/** Buffers on the GPU that pixels are copied into, used again from frame to frame. Sizes are powers of two. */
export class PackBuffers {
  readonly #gl: WebGL2RenderingContext;
  readonly #free = new Map<number, WebGLBuffer[]>();
  readonly #sizes = new WeakMap<WebGLBuffer, number>();

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** A buffer of at least so many bytes, that is its taker's until it is given back. */
  take(bytes: number): WebGLBuffer {
    const size = Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
    return this.#free.get(size)?.pop() ?? this.#make(size);
  }

  giveBack(buffer: WebGLBuffer): void {
    const size = this.#sizes.get(buffer);
    if (size === undefined) throw new RangeError('expected a buffer that was taken here');
    this.#free.set(size, [...(this.#free.get(size) ?? []), buffer]);
  }

  #make(size: number): WebGLBuffer {
    const gl = this.#gl;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, size, gl.STREAM_READ);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    this.#sizes.set(buffer, size);
    return buffer;
  }
}
