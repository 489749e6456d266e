import { describe, expect, it } from 'vitest';
import { axesOf, correlation, scaleOf } from '#preview/frame/coverage-axes';
import { ALL_FRAMES, chooseFrames, nearestPlace } from '#preview/frame/choose-frames';
import { readMap } from '#preview/api/read-map';
import { encodeMap } from '#node/preview/dataset-session';

describe('frames of a dataset', () => {
  const dataset = { frames: [0, 2, 5, 9], counts: [[1, 0], [0, 3], [2, 2], [0, 0]] }; // prettier-ignore
  const choose = (
    change: Partial<typeof ALL_FRAMES>,
    column: readonly (number | string | null)[] | null = null,
  ) => chooseFrames(dataset, { ...ALL_FRAMES, ...change }, column);

  it('are all there, by number, where nothing is chosen', () => {
    expect(choose({})).toEqual([0, 2, 5, 9]);
    expect(choose({ descending: true })).toEqual([9, 5, 2, 0]);
  });

  it('are chosen by a category, and sorted by how many there are', () => {
    expect(choose({ category: 0 })).toEqual([0, 5]);
    expect(choose({ sort: 'instances', descending: true })).toEqual([5, 2, 0, 9]);
    expect(choose({ category: 1, sort: 'instances' })).toEqual([5, 2]);
  });

  it('are chosen and sorted by a parameter; frames without it are left out', () => {
    const column = [3, null, 1, 2];
    expect(choose({ parameter: 'a', least: 1.5 }, column)).toEqual([0, 9]);
    expect(choose({ parameter: 'a', sort: 'parameter' }, column)).toEqual([5, 9, 0]);
    expect(choose({ parameter: 'a', word: 'lab' }, ['lab', 'hall', null, 'lab'])).toEqual([0, 9]);
    // Until the column is there, nothing is left out by it.
    expect(choose({ parameter: 'a', least: 1.5 })).toEqual([0, 2, 5, 9]);
  });

  it('the nearest one stands for one that is not there', () => {
    expect(nearestPlace([9, 5, 0], 5)).toBe(1);
    expect(nearestPlace([9, 5, 0], 6)).toBe(1);
    expect(nearestPlace([9, 5, 0], 100)).toBe(0);
    expect(nearestPlace([], 3)).toBe(0);
  });
});

describe('coverage', () => {
  it('has Pearson’s correlation', () => {
    expect(correlation([[1, 2], [2, 4], [3, 6]])).toBeCloseTo(1, 12); // prettier-ignore
    expect(correlation([[1, 1], [2, -1], [3, -1], [4, 1]])).toBeCloseTo(0, 12); // prettier-ignore
    // By hand: Σxy = 4, Σx² = 10, Σy² = 4 about their means.
    expect(correlation([[1, 1], [2, 0], [3, 2], [4, 1], [5, 2]])).toBeCloseTo(3 / Math.sqrt(10 * 2.8), 12); // prettier-ignore
    expect(correlation([[1, 1], [2, 1], [3, 1]])).toBeNull(); // prettier-ignore
  });

  it('puts numbers in proportion and words side by side', () => {
    const numbers = scaleOf([4, 2, 3]);
    expect([2, 3, 4].map((value) => numbers?.placeOf(value))).toEqual([0, 0.5, 1]);
    const words = scaleOf(['b', 'a', 'b']);
    expect(['a', 'b'].map((value) => words?.placeOf(value))).toEqual([0.25, 0.75]);
    expect(scaleOf([])).toBeNull();
    expect(scaleOf([7])?.placeOf(7)).toBe(0.5);
  });

  it('plots where the camera is, and draws that enough frames have', () => {
    const camera = { position: [2, 0, 0], target: [0, 0, 0] } as const;
    const rows = Array.from({ length: 40 }, (_, frame) => ({
      frame,
      camera,
      draws: { a: frame, flag: true, where: [0, 0, 0] as const, ...(frame < 3 && { rare: 1 }) },
    }));
    const axes = axesOf(rows);
    expect(axes.map(({ name }) => name).slice(4)).toEqual(['a', 'flag']);
    const [row] = rows;
    expect(axes.slice(0, 3).map((axis) => row && axis.valueOf(row))).toEqual([2, expect.closeTo(90, 9), expect.closeTo(0, 9)]); // prettier-ignore
  });
});

it.each([
  ['uint8', new Uint8Array([1, 2, 3, 250])],
  ['uint16', new Uint16Array([1, 2, 3, 65535])],
  ['float32', new Float32Array([0, -1.5, NaN, 1e10])],
])('a map of %s comes out of its bytes as it went in', (_, values) => {
  const map = { width: 2, height: 1, channels: 2, values };
  const bytes = encodeMap(map);
  expect(readMap(bytes.buffer as ArrayBuffer)).toEqual(map);
  expect(() => readMap(bytes.slice(0, 18).buffer)).toThrow(RangeError);
});
