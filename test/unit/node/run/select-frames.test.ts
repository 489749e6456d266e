import { describe, expect, it } from 'vitest';
import { parseFrameRange, parseShard, selectFrames } from '#node/run/select-frames';
import { formatFrames } from '#shared/core/format-frames';

describe('parseFrameRange', () => {
  it('reads a range with both ends, and a single frame', () => {
    expect(parseFrameRange('3..7')).toEqual({ first: 3, last: 7 });
    expect(parseFrameRange('17')).toEqual({ first: 17, last: 17 });
  });

  it.each(['', '-1', '1..', '..3', '1-3', '1...3', 'a..b', '1.5', '1e3'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseFrameRange(text)).toThrow(`or a range such as 0..99, got "${text}"`);
    },
  );

  it('refuses a range that runs backwards', () => {
    expect(() => parseFrameRange('7..3')).toThrow(
      /expected the first frame before the last, got "7\.\.3"/,
    );
  });
});

describe('parseShard', () => {
  it('reads i/n', () => expect(parseShard('2/8')).toEqual({ index: 2, count: 8 }));

  it.each(['1', '1/', '/2', '-1/2', '1/2/3', '0.5/2'])('refuses "%s"', (text) => {
    expect(() => parseShard(text)).toThrow(/expected i\/n such as 0\/4/);
  });

  it('counts from 0', () => {
    expect(() => parseShard('4/4')).toThrow(
      '--shard: expected i from 0 to 3 for 4 shards, got "4/4"',
    );
    expect(() => parseShard('0/0')).toThrow(/at least one shard/);
  });
});

describe('selectFrames', () => {
  it('takes chosen frames, each once, in order', () => {
    expect(selectFrames({ total: 20, chosen: [17, 3, 9, 3] })).toEqual([3, 9, 17]);
    expect(() => selectFrames({ total: 20, chosen: [3, 20] })).toThrow('0..19, got 20');
  });

  it('takes all frames where nothing else is asked for', () => {
    expect(selectFrames({ total: 4 })).toEqual([0, 1, 2, 3]);
  });

  it('takes a shard by the frame number, not by the place in the range', () => {
    expect(
      selectFrames({ total: 20, range: { first: 5, last: 14 }, shard: { index: 1, count: 4 } }),
    ).toEqual([5, 9, 13]);
    expect(
      selectFrames({ total: 20, range: { first: 6, last: 8 }, shard: { index: 1, count: 4 } }),
    ).toEqual([]);
  });

  it.each([1, 2, 3, 7, 25])('splits into %i shards without gap or overlap', (count) => {
    const all = Array.from({ length: count }, (_, index) =>
      selectFrames({ total: 20, shard: { index, count } }),
    ).flat();
    expect([...all].sort((a, b) => a - b)).toEqual(selectFrames({ total: 20 }));
  });

  it('refuses frames that the config does not have', () => {
    expect(() => selectFrames({ total: 20, range: { first: 0, last: 20 } })).toThrow(
      '--frames: the config has frames 0..19, got 0..20.',
    );
  });
});

describe('formatFrames', () => {
  it('joins neighbours', () => expect(formatFrames([0, 1, 2, 5, 8, 9])).toBe('0..2, 5, 8..9'));
  it('counts what it does not show', () =>
    expect(formatFrames([0, 2, 4, 6, 7], 2)).toBe('0, 2, … and 3 more'));
});
