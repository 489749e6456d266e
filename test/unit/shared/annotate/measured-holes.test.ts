import { describe, expect, it } from 'vitest';
import { measureDepth } from '#shared/annotate/depth-sensor/measure-depth';
import { pixelChance } from '#shared/annotate/depth-sensor/pixel-chance';
import { normalCdf } from '#shared/sampling/normal-quantile';
import type { DepthSensorSample } from '#shared/sampling/depth-sensor-sample';
import { makeDepthFrame, type MadeDepth, SENSORS } from '../../../makers/make-depth-frame.ts';

const { structuredLight, stereo } = SENSORS;
const exact = { ...stereo, disparitySigmaPixels: 0 };
const SIZE = { width: 200, height: 100 };
const INTRINSICS = { fx: 400, fy: 400, cx: 100, cy: 50 };

/** A strip at 1 m in columns 80..119 before a wall at 2 m. */
const STRIP: MadeDepth = {
  ...SIZE,
  intrinsics: INTRINSICS,
  depthOf: (x) => (x >= 80 && x < 120 ? 1 : 2),
};

function measured(made: MadeDepth, sensor: DepthSensorSample, key?: number): Float32Array {
  const { plan, buffers } = makeDepthFrame(made, sensor, key);
  return measureDepth(plan, buffers);
}

/** Columns of the first row that are holes. */
const holeColumns = (depths: Float32Array): readonly number[] =>
  [...depths.subarray(0, SIZE.width).entries()].filter(([, z]) => z === 0).map(([x]) => x);

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('holes of a depth sensor', () => {
  it('are where the projector’s light is kept off: as wide as the disparities differ', () => {
    // f·b = 20: disparities 20 and 10, so ten columns left of the strip for a projector on the right.
    const right = measured(STRIP, { ...exact, shadow: true });
    expect(holeColumns(right)).toEqual(range(70, 79));
    const left = measured(STRIP, { ...exact, shadow: true, side: 'left' });
    expect(holeColumns(left)).toEqual(range(120, 129));
  });

  it('leave a wall beyond a pole alone where the projector sees past it', () => {
    // A pole of four columns keeps light off four columns, ten to its left.
    const pole = { ...STRIP, depthOf: (x: number) => (x >= 100 && x < 104 ? 1 : 2) };
    expect(holeColumns(measured(pole, { ...exact, shadow: true }))).toEqual(range(90, 93));
  });

  it('are not where a slope hides nothing', () => {
    const slope = { ...STRIP, depthOf: (x: number) => 1 + x * 0.005 };
    expect(holeColumns(measured(slope, { ...exact, shadow: true }))).toEqual([]);
  });

  it('are where windows hold an edge, with the stated probability', () => {
    const edges = { radiusPixels: 3, stepShare: 0.05, probability: 0.4 };
    const depths = measured(STRIP, { ...exact, edges });
    const near = new Set([...range(77, 82), ...range(117, 122)]);
    let holes = 0;
    for (const [i, z] of depths.entries()) {
      if (!near.has(i % SIZE.width)) expect(z).toBeGreaterThan(0);
      else if (z === 0) holes += 1;
    }
    // 1200 pixels: 480 ± 4 · 17.
    expect(Math.abs(holes - 480)).toBeLessThan(68);
    const slope = { ...STRIP, depthOf: (x: number) => 1 + x * 0.005 };
    expect(holeColumns(measured(slope, { ...exact, edges }))).toEqual([]);
  });

  it('are where surfaces are seen too flat, out of range, or not there', () => {
    const normal = [Math.sin(1.3), 0, -Math.cos(1.3)] as const;
    const far = { ...INTRINSICS, fx: 1e6, fy: 1e6 };
    const flat = { ...STRIP, intrinsics: far, normal };
    expect(measured(flat, { ...exact, maxIncidenceDegrees: 75 }).every((z) => z > 0)).toBe(true);
    expect(measured(flat, { ...exact, maxIncidenceDegrees: 74 }).every((z) => z === 0)).toBe(true);
    const wall = holeColumns(measured(STRIP, { ...exact, farMeters: 1.5 }));
    expect(wall).toEqual([...range(0, 79), ...range(120, 199)]);
    expect(holeColumns(measured(STRIP, { ...exact, nearMeters: 1.5 }))).toEqual(range(80, 119));
    const nothing = { ...STRIP, depthOf: () => 0 };
    expect(measured(nothing, structuredLight).every((z) => z === 0)).toBe(true);
  });

  it('are where chance says so', () => {
    const holes = measured(STRIP, { ...exact, dropout: 0.1 }).filter((z) => z === 0).length;
    // 2000 ± 4 · 42.
    expect(Math.abs(holes - 2000)).toBeLessThan(170);
  });
});

describe('lateral noise', () => {
  it('takes depth from a normally distributed place', () => {
    const lateral = { pixels: 1.5, grazingPixels: 0 };
    const depths = measured(STRIP, { ...exact, lateral });
    for (const away of [1, 2, 3]) {
      // From the wall, `away` columns left of the strip; the centre columns of rows inside the image.
      let crossed = 0;
      let seen = 0;
      for (let y = 10; y < 90; y++) {
        for (const x of [80 - away, 119 + away]) {
          seen += 1;
          if ((depths[y * SIZE.width + x] ?? NaN) < 1.5) crossed += 1;
        }
      }
      const share = normalCdf(-(away - 0.5) / 1.5);
      const bound = 4 * Math.sqrt((share * (1 - share)) / seen);
      expect(Math.abs(crossed / seen - share)).toBeLessThan(bound);
    }
  });
});

describe('the chance of pixels', () => {
  it('repeats for a key, and differs for another', () => {
    const once = measured(STRIP, structuredLight, 1);
    expect(measured(STRIP, structuredLight, 1)).toEqual(once);
    const equal = measured(STRIP, structuredLight, 2).filter((z, i) => z === once[i]).length;
    expect(equal).toBeLessThan(10);
  });

  it('leaves the true depth as it is', () => {
    const { plan, buffers } = makeDepthFrame(STRIP, structuredLight);
    const before = buffers.depth.slice();
    measureDepth(plan, buffers);
    expect(buffers.depth).toEqual(before);
  });

  it('is without pattern: neighbours, streams and keys are uncorrelated', () => {
    const count = 20_000;
    const [first, second] = [pixelChance(5), pixelChance(6)];
    const correlate = (a: (i: number) => number, b: (i: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += a(i) * b(i);
      return Math.abs(sum / count);
    };
    const normal = (i: number): number => first.normal(i, 3);
    const bound = 4 / Math.sqrt(count);
    expect(correlate(normal, (i) => first.normal(i + 1, 3))).toBeLessThan(bound);
    expect(correlate(normal, (i) => first.normal(i + 640, 3))).toBeLessThan(bound);
    expect(correlate(normal, (i) => first.normal(i, 4))).toBeLessThan(bound);
    expect(correlate(normal, (i) => second.normal(i, 3))).toBeLessThan(bound);
    expect(Math.abs(correlate(normal, normal) - 1)).toBeLessThan(0.04);
  });
});
