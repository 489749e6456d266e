import { describe, expect, it } from 'vitest';
import { findCosts, findExponents } from '../../../../scripts/bench/scaling/find-fits.ts';
import { formatSlope, formatX } from '../../../../scripts/bench/scaling/format-figures.ts';
import { describeLimits, nameLimit } from '../../../../scripts/bench/scaling/name-limit.ts';
import { replaceTable } from '../../../../scripts/bench/scaling/replace-tables.ts';
import { describeSweep, scalingTable } from '../../../../scripts/bench/scaling/scaling-table.ts';
import { makeCaseReport } from '../../../makers/make-case-report.ts';
import { makeSweep } from '../../../makers/make-sweep.ts';

const MACHINE = { cores: 2, processor: 'test', platform: 'linux x64' };
const { aloneMilliseconds } = makeCaseReport();

/** Rates that fall as the inverse root, and colour that takes 3 ms for each object beside 100 ms. */
const GROWING = makeSweep(
  [1, 4, 16, 64].map((x) => [
    x,
    {
      endToEndFramesPerSecond: 8 / Math.sqrt(x),
      nodeCpuSeconds: 0.1,
      browserCpuSeconds: 0.2 + 0.005 * x,
      aloneMilliseconds: { ...aloneMilliseconds, color: 100 + 3 * x },
    },
  ]),
);

describe('what follows from a sweep', () => {
  it('is the exponent of a power law', () => {
    const { rate } = findExponents(GROWING.points);
    expect(rate.all.slope).toBeCloseTo(-0.5, 12);
    expect(rate.last.slope).toBeCloseTo(-0.5, 12);
    expect(rate.all.error).toBeCloseTo(0, 12);
    const bent = makeSweep(
      [1, 10, 100, 1000].map((x) => [x, { nodeCpuSeconds: 0, browserCpuSeconds: Math.max(10, x) }]),
    );
    expect(findExponents(bent.points).cpu.last.slope).toBeCloseTo(1, 12);
    expect(findExponents(bent.points).cpu.all.slope).toBeLessThan(1);
  });

  it('is what one more costs, of each part, in the unit that it is counted in', () => {
    const { cpu, parts } = findCosts(GROWING.points, 10);
    expect(cpu.slope).toBeCloseTo(50, 9);
    expect(parts.get('colour')?.slope).toBeCloseTo(30, 9);
    expect(parts.get('label pass')?.slope).toBeCloseTo(0, 9);
  });

  it('names what costs something alone', () => {
    const text = describeSweep(GROWING, MACHINE);
    expect(text).toContain(
      'Images/s go with objects to the power of −0.5000 ± 0.0000, from 4 on −0.5000 ± 0.0000; CPU seconds',
    );
    expect(text).toContain(
      'Each object costs 5.0000 ± 0.0000 ms of CPU end to end; alone, in ms: colour 3.0000 ± 0.0000.',
    );
  });
});

describe('the limit of a point', () => {
  it('is what takes the most of a frame, steps of Node together', () => {
    expect(nameLimit(makeCaseReport(), MACHINE)).toEqual({
      by: 'processor',
      busy: 0.96,
      others: expect.closeTo(0.015, 9) as number,
      part: 'colour',
      share: 0.6,
    });
    const labelled = { ...aloneMilliseconds, annotate: 100, verify: 50, color: 150 };
    expect(nameLimit(makeCaseReport({ aloneMilliseconds: labelled }), MACHINE).part).toBe('Node');
  });

  it('is told by regime', () => {
    const silhouettes = { ...aloneMilliseconds, silhouettes: 360 };
    const { points } = makeSweep([
      [1, { busyCores: 1.8 }],
      [10, { busyCores: 1.9 }],
      [100, { aloneMilliseconds: silhouettes, machineBusyCores: 1, endToEndPerBare: 0.95 }],
      [1000, { aloneMilliseconds: silhouettes, machineBusyCores: 1, endToEndPerBare: 0.95 }],
    ]);
    expect(describeLimits(points, { label: 'objects', machine: MACHINE })).toBe(
      'The limit is the processor up to 10 objects (90 % to 95 % of all cores busy with it), ' +
        'the renderer from 100 objects on (96 % of all cores busy with it). ' +
        'Of a frame made alone, the most is colour up to 10 objects (60 %), silhouettes from 100 objects on (56 %).',
    );
  });
});

describe('a table', () => {
  it('has a row for each point, with the limit', () => {
    const rows = scalingTable(
      makeSweep([
        [1000, {}, 'with shadow maps'],
        [2.5, { peakMemoryBytes: null, nodeCpuSeconds: null, busyCores: 1 }],
      ]),
      MACHINE,
    ).split('\n');
    expect(rows.slice(2)).toEqual([
      '| 1,000 with shadow maps | 4 | 5 | 0.80 | 0.400 | 0.080 | 2.0 | 30.0 | 20.0 | 180.0 | 4.0 | 9.0 | 55.0 | 1024 | the processor (96 % busy): colour 60 % |',
      '| 2.50 | 4 | 5 | 0.80 | 0.400 | – | 2.0 | 30.0 | 20.0 | 180.0 | 4.0 | 9.0 | 55.0 | – | the processor (50 % busy, others 48 %): colour 60 % |',
    ]);
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([17]));
  });

  it('of browsers says what several gain, and how long one waits for Node', () => {
    const workers = makeSweep(
      [
        [1, { endToEndFramesPerSecond: 4, bareFramesPerSecond: 5, endToEndPerBare: 0.8 }],
        [2, { endToEndFramesPerSecond: 6, bareFramesPerSecond: 10, endToEndPerBare: 0.6 }],
      ],
      { name: 'workers', label: 'browsers', scale: 'linear' },
    );
    const text = describeSweep(workers, MACHINE);
    expect(text).toContain('2 make 1.5 times as many (bare 2)');
    expect(text).toContain('made at 0.80 of the bare rate');
  });

  it('takes the place that a document marks for it', () => {
    const document = 'a\n<!-- scaling:x -->\nold\n<!-- /scaling:x -->\nb\n';
    const options = { name: 'x', table: 'new', path: 'd.md' };
    expect(replaceTable(document, options)).toBe(
      'a\n<!-- scaling:x -->\n\nnew\n\n<!-- /scaling:x -->\nb\n',
    );
    expect(() => replaceTable('a', options)).toThrow(/^d\.md: expected <!-- scaling:x -->/);
  });
});

it('writes numbers as documents do', () => {
  expect([1, 1000, 4_995_452].map(formatX)).toEqual(['1', '1,000', '4,995,452']);
  expect(formatX(0.3072)).toBe('0.31');
  expect(formatSlope({ slope: -0.8765, error: 0.0432 })).toBe('−0.88 ± 0.04');
  expect(formatSlope({ slope: 312.4, error: 12 })).toBe('312 ± 12');
});
