import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchAssets } from '#shared/config/asset-pattern';

const ids = ['mug-1', 'mug-2', 'scans/mug-1', 'scans/deep/pear', 'Mug-3', 'a+b'];

describe('matchAssets', () => {
  it.each<[string, string[]]>([
    ['mug-1', ['mug-1']],
    ['mug-*', ['mug-1', 'mug-2']],
    ['scans/*', ['scans/mug-1', 'scans/deep/pear']],
    ['*mug-1', ['mug-1', 'scans/mug-1']],
    ['*ug*1', ['mug-1', 'scans/mug-1']],
    ['*', ids],
    ['**', ids],
    ['a+*', ['a+b']],
    ['mug-1*mug-1', []],
    ['mug-1*1', []],
    ['.*', []],
    ['', []],
  ])('%s', (pattern, expected) => {
    expect(matchAssets(pattern, ids)).toEqual(expected);
  });

  it('agrees with the regular expression of the same pattern', () => {
    const text = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(text, fc.stringMatching(/^[ab]{0,10}$/), (pattern, id) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(id);
        expect(matchAssets(pattern, [id]).length === 1).toBe(expected);
      }),
      { seed: 3, numRuns: 3000 },
    );
  });
});
