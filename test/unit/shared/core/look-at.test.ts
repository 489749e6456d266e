import { describe, expect, it } from 'vitest';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';

const column = (m: Mat4, c: number): Vec3 => [m[c] ?? NaN, m[4 + c] ?? NaN, m[8 + c] ?? NaN];
const expectVec = (found: Vec3, expected: readonly number[]): void =>
  found.forEach((v, i) => expect(v).toBeCloseTo(expected[i] ?? NaN, 12));

describe('worldFromLookAt', () => {
  it('has OpenCV axes: x right, y down, z forward', () => {
    const m = worldFromLookAt([1, 2, 3], [1, 2, -7], 0);
    expectVec(column(m, 0), [1, 0, 0]);
    expectVec(column(m, 1), [0, -1, 0]);
    expectVec(column(m, 2), [0, 0, -1]);
    expectVec(column(m, 3), [1, 2, 3]);
    expect(m.slice(12)).toEqual([0, 0, 0, 1]);
    // From the side: what is towards −Z lies on the right of one who looks along −X.
    expectVec(column(worldFromLookAt([5, 0, 0], [0, 0, 0], 0), 0), [0, 0, -1]);
  });

  it('looks straight up and straight down with the top of the image towards −Z', () => {
    for (const target of [
      [0, 9, 0],
      [0, -9, 0],
    ] as const) {
      const m = worldFromLookAt([0, 0, 0], target, 0);
      expectVec(column(m, 1), [0, 0, 1]);
      expectVec(column(m, 2), [0, Math.sign(target[1]), 0]);
    }
    // Looking down on a map whose north is −Z, east is right.
    expectVec(column(worldFromLookAt([0, 5, 0], [0, 0, 0], 0), 0), [1, 0, 0]);
  });

  it('turns clockwise as seen from behind with a positive roll', () => {
    const level = [0, 0, 0] as const;
    // A quarter turn: the right edge of the image was below before.
    const quarter = worldFromLookAt(level, [0, 0, -1], 90);
    expectVec(column(quarter, 0), [0, -1, 0]);
    expectVec(column(quarter, 1), [-1, 0, 0]);
    const slight = worldFromLookAt(level, [0, 0, -1], 10);
    expectVec(column(slight, 0), [Math.cos(Math.PI / 18), -Math.sin(Math.PI / 18), 0]);
  });

  it('refuses a camera on its target', () => {
    expect(() => worldFromLookAt([1, 1, 1], [1, 1, 1], 0)).toThrow(
      'the camera stands on its target; move one of them',
    );
  });
});
