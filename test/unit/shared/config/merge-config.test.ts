import { describe, expect, it } from 'vitest';
import { collectSources, toPlain } from '#shared/config/located-value';
import { mergeConfig } from '#shared/config/merge-config';
import { parseDocument } from '#shared/config/parse-document';

const merge = (base: string, over: string) =>
  mergeConfig(parseDocument(base, 'base'), parseDocument(over, 'over'));

describe('mergeConfig', () => {
  it.each([
    [
      'merges mappings key by key',
      'a: {x: 1, y: 2}',
      'a: {y: 3, z: 4}',
      { a: { x: 1, y: 3, z: 4 } },
    ],
    ['replaces lists', 'a: [1, 2, 3]', 'a: [4]', { a: [4] }],
    [
      'replaces scalars by mappings and back',
      'a: 1\nb: {c: 1}',
      'a: {k: 2}\nb: 3',
      { a: { k: 2 }, b: 3 },
    ],
    ['removes with null', 'a: {x: 1, y: 2}\nb: 1', 'a: {x: null}\nb: null', { a: { y: 2 } }],
    [
      'keeps a null that removes nothing',
      'a: 1',
      'b: null\nc: {d: null}',
      { a: 1, b: null, c: { d: null } },
    ],
    [
      'merges a distribution of the same kind',
      'a: {kind: u, min: 1, max: 2}',
      'a: {max: 5}',
      { a: { kind: 'u', min: 1, max: 5 } },
    ],
    [
      'replaces a distribution of another kind',
      'a: {kind: u, min: 1, max: 2}',
      'a: {kind: c, value: 5}',
      { a: { kind: 'c', value: 5 } },
    ],
    [
      'replaces another format',
      'o: {format: jpeg, quality: 90}',
      'o: {format: png}',
      { o: { format: 'png' } },
    ],
    [
      'keeps the keys of a light',
      'lights: {k: {kind: spot, count: 2}}',
      'lights: {k: {kind: point}}',
      { lights: { k: { kind: 'point', count: 2 } } },
    ],
  ])('%s', (...[, base, over, expected]) => {
    expect(toPlain(merge(base, over))).toEqual(expected);
  });

  it('puts new keys after those of the base', () => {
    expect(Object.keys(toPlain(merge('b: 1\na: 1', 'c: 1\na: 2')) as object)).toEqual([
      'b',
      'a',
      'c',
    ]);
  });

  it('remembers where each value was stated', () => {
    expect(collectSources(merge('a: 1\nm:\n  x: 1\n  y: [1, 2]', '\nm:\n  x: 2\n  z: {}'))).toEqual(
      {
        a: 'base:1',
        'm.x': 'over:3',
        'm.y[0]': 'base:4',
        'm.y[1]': 'base:4',
        'm.z': 'over:4',
      },
    );
  });
});
