import { describe, expect, it } from 'vitest';
import { drawInPortions } from '#page/draw-in-portions';

const TRIANGLES = 4;
const LINES = 1;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_INT = 5125;

/** A context that writes down what it is asked for. */
function makeRecorder(portion: number) {
  const calls: string[] = [];
  const record =
    (name: string) =>
    (...args: readonly number[]): void =>
      void calls.push(`${name} ${args.join(' ')}`.trim());
  const gl = {
    TRIANGLES,
    UNSIGNED_BYTE: 5121,
    UNSIGNED_SHORT,
    UNSIGNED_INT,
    drawElements: record('elements'),
    drawArrays: record('arrays'),
    drawElementsInstanced: record('elements of copies'),
    drawArraysInstanced: record('arrays of copies'),
    flush: record('flush'),
  } as const satisfies Parameters<typeof drawInPortions>[0];
  const context: Parameters<typeof drawInPortions>[0] = { ...gl };
  drawInPortions(context, portion);
  return { gl: context, calls };
}

describe('drawInPortions', () => {
  it('cuts a call at each portion, at the bytes where its indices lie', () => {
    const { gl, calls } = makeRecorder(10);
    gl.drawElements(TRIANGLES, 75, UNSIGNED_INT, 8);
    expect(calls).toEqual([
      'elements 4 30 5125 8',
      'flush',
      'elements 4 30 5125 128',
      'flush',
      'elements 4 15 5125 248',
    ]);
    gl.drawElements(TRIANGLES, 18, UNSIGNED_SHORT, 0);
    expect(calls.slice(5)).toEqual(['elements 4 15 5123 0', 'flush', 'elements 4 3 5123 30']);
  });

  it('cuts draws without indices alike, and counts over calls', () => {
    const { gl, calls } = makeRecorder(4);
    gl.drawArrays(TRIANGLES, 6, 9);
    gl.drawArrays(TRIANGLES, 0, 6);
    expect(calls).toEqual(['arrays 4 6 9', 'arrays 4 0 3', 'flush', 'arrays 4 3 3']);
  });

  it('starts each piece at a whole triangle, whatever was drawn before', () => {
    const { gl, calls } = makeRecorder(4);
    gl.drawArrays(TRIANGLES, 0, 7); // a range that ends within a triangle
    gl.drawElements(TRIANGLES, 9, UNSIGNED_INT, 0);
    expect(calls).toEqual(['arrays 4 0 7', 'elements 4 3 5125 0', 'flush', 'elements 4 6 5125 12']);
  });

  it('leaves copies and other primitives whole', () => {
    const { gl, calls } = makeRecorder(4);
    gl.drawElementsInstanced(TRIANGLES, 9, UNSIGNED_INT, 0, 5);
    gl.drawArraysInstanced(TRIANGLES, 0, 6, 1);
    gl.drawElements(LINES, 900, UNSIGNED_INT, 0);
    expect(calls).toEqual([
      'elements of copies 4 9 5125 0 5',
      'flush',
      'arrays of copies 4 0 6 1',
      'elements 1 900 5125 0',
    ]);
  });

  it('cuts an instanced draw of one copy as if it were none', () => {
    const { gl, calls } = makeRecorder(4);
    gl.drawElementsInstanced(TRIANGLES, 15, UNSIGNED_INT, 0, 1);
    expect(calls).toEqual(['elements 4 12 5125 0', 'flush', 'elements 4 3 5125 48']);
  });
});
