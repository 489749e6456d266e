import { describe, expect, it } from 'vitest';
import { flowColor } from '#shared/draw/flow-color';
import { OVERLAYS } from '#shared/draw/overlays';
import type { PixelMap } from '#shared/draw/overlay';
import { makeRecord } from '../../node/store/make-dataset.ts';

describe('colours of flow', () => {
  it('are those of the wheel of Middlebury: white at rest, hue by direction', () => {
    expect(flowColor(0, 0)).toEqual([255, 255, 255]);
    // As color_flow of flow-code draws unit vectors: makecolorwheel's entries 0, 54/4 and 54/2 apart.
    expect(flowColor(1, 0)).toEqual([255, 0, 0]);
    expect(flowColor(0, 1)).toEqual([255, 230, 0]);
    expect(flowColor(-1, 0)).toEqual([0, 209, 255]);
    const [r, g, b] = flowColor(0, -1);
    expect([r > 60, g, b]).toEqual([true, 0, 255]);
    // Half as long is half as far from white.
    expect(flowColor(0.5, 0)).toEqual([255, 128, 128]);
  });

  it('have no seam where the angle begins again', () => {
    const [above, below] = [flowColor(1, 1e-9), flowColor(1, -1e-9)];
    above.forEach((value, i) =>
      expect(Math.abs(value - (below[i] ?? NaN))).toBeLessThanOrEqual(43),
    );
  });
});

describe('the overlay of flow', () => {
  const [width, height] = [60, 50];
  const draw = (map: PixelMap) =>
    OVERLAYS.flow.draw({
      record: makeRecord(0, {}),
      categories: new Map(),
      colors: new Map(),
      file: { kind: 'flow-forward', map },
    });

  it('is scaled to the longest vector, black where unknown, alike for both formats', () => {
    const flo = new Float32Array(width * height * 2);
    flo.set([1e10, 1e10, 8, 0, 0, 0, -4, 0]);
    const kitti = new Uint16Array(width * height * 3);
    for (let i = 0; i < width * height; i++) kitti.set([32768, 32768, 1], i * 3);
    kitti.set([0, 0, 0, 32768 + 8 * 64, 32768, 1, 32768, 32768, 1, 32768 - 4 * 64, 32768, 1]);
    const drawn = draw({ width, height, channels: 2, values: flo });
    const first = [...(drawn.pixels?.values.subarray(0, 16) ?? [])];
    expect(first.slice(0, 12)).toEqual([0, 0, 0, 255, 255, 0, 0, 255, 255, 255, 255, 255]);
    expect(first.slice(12)).toEqual([...flowColor(-0.5, 0), 255]);
    expect(draw({ width, height, channels: 3, values: kitti }).pixels).toEqual(drawn.pixels);
    expect(drawn.scaleBar?.unit).toBe('px');
    expect(drawn.scaleBar?.marks).toContainEqual({ at: 0.625, text: '5' });
  });

  it('shows the wheel at the lower right: red right of its middle, cyan left', () => {
    const { pixels } = draw({
      width,
      height,
      channels: 2,
      values: new Float32Array(width * height * 2),
    });
    const at = (x: number, y: number) => [
      ...(pixels?.values.subarray((y * width + x) * 4).subarray(0, 3) ?? []),
    ];
    const [cx, cy] = [width - 5 - 4, height - 5 - 4];
    expect(at(cx, cy)).toEqual([255, 255, 255]);
    expect(at(cx + 5, cy)).toEqual([255, 0, 0]);
    expect(at(cx - 5, cy)).toEqual([0, 209, 255]);
  });
});
