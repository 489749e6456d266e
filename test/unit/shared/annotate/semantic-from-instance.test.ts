import { describe, expect, it } from 'vitest';
import { eraseDropped, semanticFromInstance } from '#shared/annotate/semantic-from-instance';
import { makeIds } from '../../../makers/make-mask.ts';

const table = {
  instances: [
    { instanceId: 1, categoryId: 3 },
    { instanceId: 2, categoryId: 255 },
  ],
};

describe('semanticFromInstance', () => {
  it('looks up the category of each pixel, in 8 bits up to 255 categories', () => {
    const { ids } = makeIds('1.221');
    const semantic = semanticFromInstance(ids, table, 255);
    expect(semantic).toEqual(Uint8Array.of(3, 0, 255, 255, 3));
    expect(semanticFromInstance(ids, table, 256)).toEqual(Uint16Array.of(3, 0, 255, 255, 3));
  });

  it('refuses ids and categories that are not in their tables', () => {
    expect(() => semanticFromInstance(Uint16Array.of(0, 7), table, 255)).toThrow(
      'pixel number 1: expected the id of a labelled instance, found 7',
    );
    const gap = { instances: [...table.instances, { instanceId: 4, categoryId: 1 }] };
    expect(() => semanticFromInstance(Uint16Array.of(4, 4, 3), gap, 255)).toThrow(
      'pixel number 2: expected the id of a labelled instance, found 3',
    );
    expect(() => semanticFromInstance(Uint16Array.of(0), table, 254)).toThrow(
      'instance 2: expected a category id of 1..254, found 255',
    );
  });
});

describe('eraseDropped', () => {
  const dropped = (instanceId: number, visiblePixels: number) => ({
    instanceId,
    categoryId: 1,
    visiblePixels,
    reason: visiblePixels > 0 ? ('min-pixels' as const) : ('outside-or-hidden' as const),
  });

  it('makes dropped instances background, and leaves the given image alone', () => {
    const { ids } = makeIds('1223.');
    expect(eraseDropped(ids, [dropped(2, 2), dropped(4, 0)])).toEqual(
      Uint16Array.of(1, 0, 0, 3, 0),
    );
    expect(ids).toEqual(Uint16Array.of(1, 2, 2, 3, 0));
  });

  it('returns the given image where there is nothing to do', () => {
    const { ids } = makeIds('12');
    expect(eraseDropped(ids, [dropped(4, 0)])).toBe(ids);
  });
});
