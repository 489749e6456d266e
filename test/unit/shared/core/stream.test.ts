import { describe, expect, it } from 'vitest';
import { streamFor } from '#shared/core/stream';

describe('streamFor', () => {
  it('is a function of its key alone', () => {
    const key = { seed: 's', frame: 3, path: 'objects.fruit[2].scale' };
    const first = streamFor(key);
    const other = streamFor({ ...key, path: 'lights.key[0].intensity' });
    const drawn = [first(), other(), first(), other(), first()];
    const again = streamFor(key);
    expect([again(), again(), again()]).toEqual([drawn[0], drawn[2], drawn[4]]);
  });

  it('differs by seed, frame, path and attempt', () => {
    const base = { seed: 's', frame: 0, path: 'p', attempt: 0 };
    const keys = [
      base,
      { ...base, seed: 't' },
      { ...base, frame: 1 },
      { ...base, path: 'q' },
      { ...base, attempt: 1 },
    ];
    expect(new Set(keys.map((key) => streamFor(key)())).size).toBe(keys.length);
  });

  it('spreads first draws of neighbouring frames evenly: chi-square on 50 bins below the 0.1 % limit', () => {
    const draws = 20_000;
    const bins = new Array<number>(50).fill(0);
    for (let frame = 0; frame < draws; frame++) {
      const bin = Math.floor(
        streamFor({ seed: '7', frame, path: 'camera.pose.azimuthDegrees' })() * 50,
      );
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const expected = draws / bins.length;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(85.35);
  });
});
