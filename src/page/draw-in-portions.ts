import { rendererName } from './renderer-name.ts';

/**
 * Triangles after which llvmpipe is asked to draw. What it keeps of them (some 150 to 500 bytes each, and half of them
 * show their backs) then fits into the about 1.2 MB that Chromium's allocator hands out again as it is.
 */
const PORTION = 2000;

/** The calls through which triangles are drawn. */
type Drawing = Pick<
  WebGL2RenderingContext,
  | 'drawElements'
  | 'drawArrays'
  | 'drawElementsInstanced'
  | 'drawArraysInstanced'
  | 'flush'
  | 'TRIANGLES'
  | 'UNSIGNED_BYTE'
  | 'UNSIGNED_SHORT'
  | 'UNSIGNED_INT'
>;

/** Draws in portions where that is faster: on llvmpipe. @returns whether it does. */
export function drawInPortionsOnLlvmpipe(gl: WebGL2RenderingContext): boolean {
  const isLlvmpipe = rendererName(gl).includes('llvmpipe');
  if (isLlvmpipe) drawInPortions(gl, PORTION);
  return isLlvmpipe;
}

/**
 * From now on, triangles are flushed by portions, and calls that draw more are cut; order, and so every pixel, stays
 * (docs/adr/0036-triangles-in-portions.md). Several copies of an instanced draw stay together.
 */
export function drawInPortions(gl: Drawing, portion: number): void {
  let room = portion;
  /** Corners that are no whole triangle draw nothing, and leave the room whole. */
  const count = (corners: number): void => {
    room -= Math.ceil(corners / 3);
    if (room > 0) return;
    gl.flush();
    room = portion;
  };
  /** Calls `draw` with the start and the length of each piece, in corners. */
  const cut = (
    mode: number,
    corners: number,
    draw: (start: number, length: number) => void,
  ): void => {
    if (mode !== gl.TRIANGLES) return draw(0, corners);
    for (let start = 0; start < corners;) {
      const length = Math.min(corners - start, room * 3);
      draw(start, length);
      start += length;
      count(length);
    }
  };
  const bytesOf = (type: number): number =>
    type === gl.UNSIGNED_INT ? 4 : type === gl.UNSIGNED_SHORT ? 2 : 1;
  const drawElements = gl.drawElements.bind(gl);
  const drawArrays = gl.drawArrays.bind(gl);
  const drawElementsInstanced = gl.drawElementsInstanced.bind(gl);
  const drawArraysInstanced = gl.drawArraysInstanced.bind(gl);
  gl.drawElements = (...[mode, corners, type, offset]) =>
    cut(mode, corners, (start, length) =>
      drawElements(mode, length, type, offset + start * bytesOf(type)),
    );
  gl.drawArrays = (mode, first, corners) =>
    cut(mode, corners, (start, length) => drawArrays(mode, first + start, length));
  gl.drawElementsInstanced = (...[mode, corners, type, offset, copies]) => {
    // Another call for the same pixels, which can be cut.
    if (copies === 1) return gl.drawElements(mode, corners, type, offset);
    drawElementsInstanced(mode, corners, type, offset, copies);
    count(corners * copies);
  };
  gl.drawArraysInstanced = (...call) => {
    drawArraysInstanced(...call);
    const [, , corners, copies] = call;
    count(corners * copies);
  };
}
