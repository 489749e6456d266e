import { RenderError } from '#shared/core/errors';

/** What no read that was left out gives. */
const WITNESS = Uint8Array.of(0x64, 0x69, 0x6f, 0x72);

const witnesses = new WeakMap<WebGL2RenderingContext, WebGLBuffer>();

/** Throws where WebGL refused something that was asked of it since the last call. @throws RenderError */
export function requireNoError(gl: WebGL2RenderingContext): void {
  if (gl.isContextLost()) throw lost();
  const error = gl.getError();
  if (error !== gl.NO_ERROR)
    throw new RenderError('internal', `WebGL reports error 0x${error.toString(16)}`);
}

/**
 * Throws where what was read so far is not what was drawn.
 *
 * Once the GPU process is gone, reads leave their arrays as they are, and until the script next yields
 * `isContextLost` and `getError` know nothing of it. Commands run in order, so that a last read which gives what it
 * must vouches for all before it.
 *
 * @throws RenderError
 */
export function requireWitness(gl: WebGL2RenderingContext): void {
  if (gl.isContextLost() || !isWitnessRead(gl)) throw lost();
}

function lost(): RenderError {
  return new RenderError('lost', 'the WebGL context was lost while a frame was drawn');
}

function isWitnessRead(gl: WebGL2RenderingContext): boolean {
  const read = new Uint8Array(WITNESS.length);
  gl.bindBuffer(gl.COPY_READ_BUFFER, witnesses.get(gl) ?? makeWitness(gl));
  gl.getBufferSubData(gl.COPY_READ_BUFFER, 0, read);
  gl.bindBuffer(gl.COPY_READ_BUFFER, null);
  return read.every((byte, index) => byte === WITNESS[index]);
}

function makeWitness(gl: WebGL2RenderingContext): WebGLBuffer {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.COPY_READ_BUFFER, buffer);
  // A buffer that is to be read (`*_READ`) may be answered by the browser from a copy of its own.
  gl.bufferData(gl.COPY_READ_BUFFER, WITNESS, gl.STATIC_DRAW);
  witnesses.set(gl, buffer);
  return buffer;
}
