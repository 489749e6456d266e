import { describe, expect, it } from 'vitest';
import { clipTime, sampleChannel } from '#shared/core/clip';
import type { RigChannel } from '#shared/core/rig';

const channel = (
  interpolation: RigChannel['interpolation'],
  values: readonly number[],
  path: RigChannel['path'] = 'translation',
): RigChannel => ({ node: 0, path, interpolation, times: [1, 3], values });

const degrees = (angle: number): readonly [number, number] => [
  Math.sin((angle * Math.PI) / 360),
  Math.cos((angle * Math.PI) / 360),
];

describe('a channel of a clip', () => {
  it('is that of its first key before, and of its last after', () => {
    for (const kind of ['LINEAR', 'STEP'] as const) {
      const each = channel(kind, [1, 2, 3, 5, 6, 7]);
      expect(sampleChannel(each, 0)).toEqual([1, 2, 3]);
      expect(sampleChannel(each, 1)).toEqual([1, 2, 3]);
      expect(sampleChannel(each, 3)).toEqual([5, 6, 7]);
      expect(sampleChannel(each, 9)).toEqual([5, 6, 7]);
    }
  });

  it('LINEAR goes straight, STEP stays until the next key', () => {
    const values = [1, 2, 3, 5, 6, 7];
    expect(sampleChannel(channel('LINEAR', values), 1.5)).toEqual([2, 3, 4]);
    expect(sampleChannel(channel('STEP', values), 2.999)).toEqual([1, 2, 3]);
  });

  it('LINEAR turns evenly, the shorter way round', () => {
    const [s, c] = degrees(90);
    const quarter = channel('LINEAR', [0, 0, 0, 1, 0, 0, -s, -c], 'rotation');
    for (const [seconds, angle] of [
      [1.5, 22.5],
      [2, 45],
      [2.8, 81],
    ] as const) {
      const [half, cosine] = degrees(angle);
      const [x, y, z, w] = sampleChannel(quarter, seconds);
      expect([x, y]).toEqual([0, 0]);
      expect(z).toBeCloseTo(half, 12);
      expect(w).toBeCloseTo(cosine, 12);
    }
  });

  it('CUBICSPLINE is the Hermite curve of values and tangents, tangents by seconds', () => {
    // In-tangent, value, out-tangent of two keys, two seconds apart.
    const spline = channel('CUBICSPLINE', [9, 1, 0.5, -0.25, 4, 9], 'weights');
    const t = 0.25;
    const expected =
      (2 * t ** 3 - 3 * t ** 2 + 1) * 1 +
      (t ** 3 - 2 * t ** 2 + t) * 2 * 0.5 +
      (3 * t ** 2 - 2 * t ** 3) * 4 +
      (t ** 3 - t ** 2) * 2 * -0.25;
    expect(sampleChannel(spline, 1.5)[0]).toBeCloseTo(expected, 14);
    expect([sampleChannel(spline, 1), sampleChannel(spline, 3)]).toEqual([[1], [4]]);
  });

  it('CUBICSPLINE quaternions are of unit length', () => {
    const rest = [0, 0, 0, 0];
    const values = [...rest, 0, 0, 0, 1, 0, 0, 0.9, 0, ...rest, 0, 0, 1, 0, ...rest];
    const found = sampleChannel(channel('CUBICSPLINE', values, 'rotation'), 2.2);
    expect(Math.hypot(...found)).toBeCloseTo(1, 14);
  });
});

it('a clip begins anew at its end, or stays there', () => {
  expect([0, 2, 2.5, 5, -0.5].map((s) => clipTime(s, 2, 'repeat'))).toEqual([0, 2, 0.5, 1, 1.5]);
  expect([0, 2, 2.5, -0.5].map((s) => clipTime(s, 2, 'hold'))).toEqual([0, 2, 2, 0]);
  expect(clipTime(7, 0, 'repeat')).toBe(0);
});
