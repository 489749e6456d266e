import { describe, expect, it } from 'vitest';
import { compose, IDENTITY } from '#shared/core/matrix';
import { decomposeMatrix } from '#shared/plan/decompose-matrix';

describe('decomposeMatrix', () => {
  it('splits a matrix by hand', () => {
    // prettier-ignore
    const matrix = [0, -3, 0, 1, 2, 0, 0, 2, 0, 0, 4, 3, 0, 0, 0, 1];
    expect(decomposeMatrix(matrix)).toEqual({
      // prettier-ignore
      rigid: [0, -1, 0, 1, 1, 0, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1],
      scale: [2, 3, 4],
    });
    expect(decomposeMatrix(IDENTITY)).toEqual({ rigid: IDENTITY, scale: [1, 1, 1] });
  });

  it('gives a mirror to the x axis', () => {
    const { rigid, scale } = decomposeMatrix(compose([0, 0, 0], [1, 0, 0, 0], [-2, 3, 4]));
    expect(scale).toEqual([-2, 3, 4]);
    expect(rigid.map((v) => v + 0)).toEqual(IDENTITY);
  });

  it('refuses sheared axes, and lets a rounding error pass', () => {
    const sheared = [1, 0.01, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    expect(() => decomposeMatrix(sheared)).toThrow('its axes are sheared');
    const rounded = [1, 1e-7, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    expect(decomposeMatrix(rounded).scale[0]).toBe(1);
  });

  it.each([
    ['a scale of 0', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 'a scale is 0'],
    ['NaN', [NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 'a scale is 0'],
    ['axes that fall together', [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 'sheared'],
  ])('refuses flat axes: %s', (_, matrix, message) => {
    expect(() => decomposeMatrix(matrix)).toThrow(message);
  });
});
