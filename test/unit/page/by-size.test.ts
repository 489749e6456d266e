import { describe, expect, it } from 'vitest';
import { BySize } from '#page/lens/by-size';

const [SMALL, LARGE] = [
  { width: 2, height: 1 },
  { width: 4, height: 3 },
];

describe('passes by size', () => {
  const gone: number[] = [];
  let made = 0;
  const passes = new BySize(() => {
    const number = made++;
    return { number, dispose: () => gone.push(number) };
  });

  it('are made once for a size, and let go with it', () => {
    expect([SMALL, LARGE, { ...SMALL }].map((size) => passes.of(size).number)).toEqual([0, 1, 0]);
    passes.keep([LARGE, LARGE]);
    expect(gone).toEqual([0]);
    expect([LARGE, SMALL].map((size) => passes.of(size).number)).toEqual([1, 2]);
    passes.keep([]);
    expect(gone).toEqual([0, 1, 2]);
  });
});
