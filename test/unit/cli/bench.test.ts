import { describe, expect, it } from 'vitest';
import { formatCase, formatComparison } from '../../../src/cli/format-bench.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeCaseReport } from '../../makers/make-case-report.ts';
import { makeIo } from './make-io.ts';

describe('diorama bench', () => {
  it.each([
    [['x.yaml', '--rounds', '0'], '--rounds: expected a whole number from 1, got 0'],
    [['x.yaml', '--workers', '1.5'], '--workers: expected a whole number from 1'],
    [['x.yaml', '--frames', 'all'], '--frames: expected a frame such as 17'],
    [
      ['x.yaml', '--compare', 'none.json'],
      'none.json: expected what `diorama bench --json` printed',
    ],
    [['none.yaml'], 'none.yaml'],
  ])('%j ends with 2 and says what was expected', async (argv, message) => {
    const { io, out, err } = makeIo();
    const code = await runCli(['bench', ...argv], io);
    expect(err()).toContain(message);
    expect({ code, out: out() }).toEqual({ code: 2, out: '' });
  });
});

it('ends with 130 and no error where it is interrupted', async () => {
  const { io, out, err } = makeIo(AbortSignal.abort());
  expect(await runCli(['bench', 'configs/tabletop.yaml'], io)).toBe(130);
  expect({ out: out(), err: err() }).toEqual({ out: '', err: '' });
});

describe('a case in words', () => {
  it('has rates, CPU, memory, labels against colour and each step', () => {
    const text = formatCase(makeCaseReport());
    expect(text).toContain('4.00 images/s end to end, 5.00 bare: ratio 0.800');
    expect(text).toContain('0.480 s an image: browsers 0.400 (drawing alone 0.380), Node 0.080');
    expect(text).toContain('1024 MiB');
    expect(text).toContain('89.0 ms a frame: 0.494 of drawing colour');
    expect(text).toContain('start, ms  inputs 700.0, sample 40.0, browser 1600.0');
    expect(text).toContain('color 180.0');
    expect(text).toContain('shared, ms wait 100.0, render 400.0, write 50.0');
  });

  it('says what the system does not tell', () => {
    const text = formatCase(
      makeCaseReport({ nodeCpuSeconds: null, browserCpuSeconds: null, peakMemoryBytes: null }),
    );
    expect(text.match(/not told by this system/g)).toHaveLength(2);
  });
});

it('prints ratios with their doubts first', () => {
  const figure = {
    figure: 'nodeCpuSeconds',
    now: 0.02,
    before: 0.08,
    ratio: 0.25,
    better: 'lower',
  };
  const text = formatComparison({
    cases: [
      { name: 'a', figures: [figure as never] },
      { name: 'b', figures: null },
    ],
    doubts: ['another machine'],
  });
  expect(text.split('\n')).toEqual([
    'doubtful: another machine',
    'a: now / before',
    '  nodeCpuSeconds           0.250  (0.02 / 0.08; lower is better)',
    'b: not in the earlier result',
  ]);
});
