import { describe, expect, it } from 'vitest';
import { createStageClock, percentile } from '#node/run/stage-clock';

describe('percentile', () => {
  it('is the nearest rank', () => {
    const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([0.5, 0.9, 0.91, 1].map((share) => percentile(ten, share))).toEqual([5, 9, 10, 10]);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it('has no answer for nothing', () => expect(() => percentile([], 0.5)).toThrow(/got none/));
});

describe('createStageClock', () => {
  it('summarises each step', () => {
    const clock = createStageClock();
    for (const milliseconds of [30, 10, 20.004]) clock.note('page.color', milliseconds);
    expect(clock.summary()).toEqual({ 'page.color': { count: 3, p50Ms: 20, p90Ms: 30 } });
  });

  it('hands results and errors through, and counts both', async () => {
    const clock = createStageClock();
    expect(await clock.time('plan', () => 42)).toBe(42);
    await expect(clock.time('plan', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(
      clock.time('plan', () => {
        throw new Error('nor this');
      }),
    ).rejects.toThrow('nor this');
    expect(clock.summary()['plan']?.count).toBe(3);
  });
});
