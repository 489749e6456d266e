import { describe, expect, it } from 'vitest';
import { diffJson, formatDifferences } from '#node/store/diff-json';

describe('diffJson', () => {
  it('finds nothing in equal documents, absent and undefined being alike', () => {
    expect(diffJson({ a: [1, { b: null }] }, { a: [1, { b: null }], c: undefined })).toEqual([]);
  });

  it('names each leaf that differs', () => {
    expect(diffJson({ a: { b: 1, c: [1, 2] } }, { a: { b: 2, c: [1, 2, 3] }, d: 'new' })).toEqual([
      { path: 'a.b', before: 1, after: 2 },
      { path: 'a.c[2]', before: undefined, after: 3 },
      { path: 'd', before: undefined, after: 'new' },
    ]);
  });

  it('shows a change of kind as one difference', () => {
    const uniform = { kind: 'uniform', min: 0, max: 1 };
    expect(diffJson({ count: 3 }, { count: uniform })).toEqual([
      { path: 'count', before: 3, after: uniform },
    ]);
    expect(diffJson({ a: [] }, { a: {} })).toEqual([{ path: 'a', before: [], after: {} }]);
  });

  it('follows members with an id, so that an insertion is one difference', () => {
    const box = { kind: 'model', id: 'box', sha256: '1' };
    const ball = { kind: 'model', id: 'ball', sha256: '2' };
    expect(diffJson([box], [ball, box])).toEqual([
      { path: '[model:ball]', before: undefined, after: ball },
    ]);
  });
});

describe('formatDifferences', () => {
  it('shortens hashes and long values, and counts what it leaves out', () => {
    const differences = [
      { path: 'a', before: 'f'.repeat(64), after: undefined },
      { path: 'b', before: 'x'.repeat(100), after: 1 },
      { path: 'c', before: 1, after: 2 },
    ];
    expect(formatDifferences(differences, 2).split('\n')).toEqual([
      '  a: ffffffffffff… → (absent)',
      `  b: "${'x'.repeat(58)}… → 1`,
      '  … and 1 more',
    ]);
  });
});
