import { describe, expect, it } from 'vitest';
import { histogramOf } from '#preview/frame/histogram';
import { takeTurns } from '#preview/frame/in-turn';
import { editableNumbers, parameterGroups } from '#preview/frame/parameter-rows';
import { withChange } from '#preview/store/changes';

describe('histogramOf', () => {
  it('counts numbers in bins of equal width, the greatest in the last one', () => {
    const histogram = histogramOf([0, 0.5, 23.5, 24, 24]);
    expect(histogram?.bars).toHaveLength(24);
    expect(histogram?.bars[0]).toEqual({ label: '0..1', count: 2, height: 2 / 3 });
    expect(histogram?.bars[23]).toEqual({ label: '23..24', count: 3, height: 1 });
    expect(histogram?.bars.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(histogram?.placeOf(6)).toBe(0.25);
    expect(histogram?.placeOf(30)).toBeNull();
  });

  it('counts words, flags and words of one kind each, and knows no bars for vectors', () => {
    const histogram = histogramOf(['oak', 'birch', 'oak']);
    expect(histogram?.bars).toEqual([
      { label: 'birch', count: 1, height: 0.5 },
      { label: 'oak', count: 2, height: 1 },
    ]);
    expect(histogram?.placeOf('oak')).toBe(0.75);
    expect(histogram?.placeOf('elm')).toBeNull();
    expect(histogramOf([[1, 2, 3]])).toBeNull();
    expect(histogramOf([])).toBeNull();
  });

  it('has a middle for a value that never changes', () => {
    expect(histogramOf([2, 2])?.placeOf(2)).toBe(0.5);
  });
});

describe('parameterGroups', () => {
  it('gathers the places of a group, and parts of the config', () => {
    const stated = { kind: 'uniform', min: 0, max: 1 };
    const draw = (path: string, parameter: string, value: number) => ({
      path,
      parameter,
      stated,
      value,
    });
    const groups = parameterGroups([
      draw('vars.warm', 'vars.warm', 0.1),
      draw('objects.fruit[0].scale', 'objects.fruit.scale', 0.2),
      draw('objects.fruit[1].scale', 'objects.fruit.scale', 0.3),
    ]);
    expect(groups).toEqual([
      { title: 'vars', rows: [{ parameter: 'vars.warm', name: 'warm', stated, values: [0.1] }] },
      {
        title: 'objects.fruit',
        rows: [{ parameter: 'objects.fruit.scale', name: 'scale', stated, values: [0.2, 0.3] }],
      },
    ]);
    expect(editableNumbers(stated)).toEqual([
      { name: 'min', value: 0 },
      { name: 'max', value: 1 },
    ]);
    expect(editableNumbers({ kind: 'uniform', min: { kind: 'stage' }, max: 1 })).toEqual([
      { name: 'max', value: 1 },
    ]);
  });
});

describe('withChange', () => {
  it('replaces what it covers, and nothing beside it', () => {
    const before = [
      { path: 'a.b.min', value: 1 },
      { path: 'a.b[0]', value: 1 },
      { path: 'a.bc', value: 1 },
    ];
    expect(withChange(before, { path: 'a.b', value: 2 })).toEqual([
      { path: 'a.bc', value: 1 },
      { path: 'a.b', value: 2 },
    ]);
  });
});

describe('turns', () => {
  it('let one call through at a time, in order, failures included', async () => {
    const log: string[] = [];
    const turns = takeTurns();
    const act = async (name: string): Promise<string> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      if (name === 'b') throw new Error('b fails');
      log.push(`${name} ends`);
      return name;
    };
    const calls = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns(() => act(name))));
    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends']);
  });
});
