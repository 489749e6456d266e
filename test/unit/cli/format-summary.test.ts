import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#node/run/render-events';
import { formatSeconds, formatSummary } from '../../../src/cli/format-summary.ts';

describe('formatSeconds', () => {
  it.each([
    [0.42, '0.4 s'],
    [42.4, '42 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 05 min'],
  ])('%d', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
});

describe('formatSummary', () => {
  const summary: RunSummary = {
    outcome: 'complete',
    folder: 'out/fruit',
    selected: 20,
    complete: 20,
    written: 12,
    seconds: 6,
    framesPerSecond: 2,
    instances: 80,
    dropped: { 'min-pixels': 3, 'no-room': 1 },
    failedFrames: [],
    renderer: { renderer: 'llvmpipe', backend: 'mesa', browser: 'Chrome/1', three: '187' },
    warnings: [],
  };

  it('says where images are, how many, how fast, and what was dropped', () => {
    expect(formatSummary(summary).split('\n')).toEqual([
      'dataset   out/fruit (complete)',
      'images    out/fruit/images: 20 of 20 frames, 12 of them new',
      'labels    80 instances in the new frames',
      'speed     2.00 frames/s (6 s)',
      'dropped   3 below labels.minPixels, 1 without room to be placed (of this run)',
      'renderer  mesa: llvmpipe, Chrome/1',
    ]);
  });

  it('says what was let go of, and which frames took more than is kept', () => {
    const assets = {
      ...{ budgetBytes: 256 * 2 ** 20, keptBytes: 255.2 * 2 ** 20 },
      ...{ largestFrameBytes: 90 * 2 ** 20, framesBeyondBudget: 0, evicted: 1200 },
    };
    const rowOf = (more: object): string | undefined =>
      formatSummary({ ...summary, assets: { ...assets, ...more } })
        .split('\n')
        .find((row) => row.startsWith('assets'));
    expect(rowOf({ evicted: 0 })).toBeUndefined();
    expect(rowOf({})).toBe('assets    1200 let go of to keep 255 of 256 MiB');
    expect(rowOf({ framesBeyondBudget: 1, largestFrameBytes: 300 * 2 ** 20 })).toBe(
      'assets    1200 let go of to keep 255 of 256 MiB; 1 frame took more than is kept, up to 300 MiB: raise --asset-memory',
    );
  });

  it('says how to go on after an interruption', () => {
    expect(formatSummary({ ...summary, outcome: 'interrupted' })).toContain(
      'the same command continues',
    );
  });
});
