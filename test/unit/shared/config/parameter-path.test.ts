import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath, type PathSegment } from '#shared/config/parameter-path';

describe('parsePath', () => {
  it.each<[string, PathSegment[]]>([
    ['camera.lens.verticalDegrees', ['camera', 'lens', 'verticalDegrees']],
    ['categories[1]', ['categories', 1]],
    ['a[0][2].b', ['a', 0, 2, 'b']],
    ['nodes["Table.001"].yawDegrees', ['nodes', 'Table.001', 'yawDegrees']],
    ['weights.scans/mug-1', ['weights', 'scans/mug-1']],
  ])('reads %s', (text, segments) => {
    expect(parsePath(text)).toEqual(segments);
    expect(formatPath(segments)).toBe(text);
  });

  it.each(['', '.a', 'a..b', 'a.', 'a[', 'a[x]', 'a b', 'a[1]b', 'a["b]'])('refuses %j', (text) => {
    expect(() => parsePath(text)).toThrow(SyntaxError);
  });

  it('reads back whatever formatPath writes', () => {
    const segment = fc.oneof(fc.string({ minLength: 0 }), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
