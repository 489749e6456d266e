import { describe, expect, it } from 'vitest';
import { createStageClock, percentile, type StageSpan } from '#node/run/stage-clock';

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
    for (const milliseconds of [30, 10, 20.004]) clock.noteEnded([['page.color', milliseconds]]);
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

  it('tells every step with its place, one clock for all places', async () => {
    const spans: StageSpan[] = [];
    const clock = createStageClock((span) => spans.push(span));
    await clock.at({ frame: 7 }).time('plan', () => undefined);
    await clock.time('append', () => Promise.resolve());
    expect(spans.map(({ stage, place }) => [stage, place])).toEqual([
      ['plan', { frame: 7 }],
      ['append', null],
    ]);
    expect(Object.keys(clock.summary())).toEqual(['plan', 'append']);
  });

  it('lays steps that were measured elsewhere one after another, up to now', () => {
    const spans: StageSpan[] = [];
    const there = createStageClock((span) => spans.push(span)).at({ frame: 7, page: 2 });
    const before = performance.now();
    there.noteEnded([
      ['page.label', 30],
      ['page.color', 50],
    ]);
    const [label, color] = spans;
    if (!color || !label) throw new Error('expected two spans');
    expect(color).toMatchObject({ stage: 'page.color', place: { frame: 7, page: 2 } });
    expect(color.endMs).toBeGreaterThanOrEqual(before);
    expect(color.endMs).toBeLessThanOrEqual(performance.now());
    expect(color.endMs - color.startMs).toBeCloseTo(50, 6);
    expect(color.startMs).toBe(label.endMs);
    expect(label.endMs - label.startMs).toBeCloseTo(30, 6);
  });

  it('lays them up to when they ended, where that is known', () => {
    const spans: StageSpan[] = [];
    createStageClock((span) => spans.push(span)).noteEnded([['page.send', 4]], 100);
    expect(spans).toEqual([{ stage: 'page.send', place: null, startMs: 96, endMs: 100 }]);
  });

  it('ends a step with its result, not when others have been told', async () => {
    const spans: StageSpan[] = [];
    const clock = createStageClock((span) => spans.push(span));
    const told = clock.time('plan', () => 1);
    expect(spans).toHaveLength(1);
    await told;
  });
});
