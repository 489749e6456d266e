import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BENCH_VERSION, type BenchReport, type CaseReport } from '#node/bench/bench-report';
import { compareReports, readBenchReport } from '#node/bench/compare-reports';
import { makeCaseReport } from '../../../makers/make-case-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'diorama-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const reportOf = (...cases: readonly CaseReport[]): BenchReport => ({
  benchVersion: BENCH_VERSION,
  toolVersion: '1.2.3',
  machine: { cores: 2, processor: 'test', platform: 'linux x64' },
  cases,
});

const ratiosOf = (now: CaseReport, before: CaseReport) => {
  const [first] = compareReports(reportOf(now), reportOf(before)).cases;
  return Object.fromEntries((first?.figures ?? []).map(({ figure, ratio }) => [figure, ratio]));
};

describe('comparison with an earlier result', () => {
  it('divides now by before', () => {
    const before = makeCaseReport({ endToEndFramesPerSecond: 4, nodeCpuSeconds: 0.08 });
    const now = makeCaseReport({ endToEndFramesPerSecond: 5, nodeCpuSeconds: 0.02 });
    expect(ratiosOf(now, before)).toMatchObject({
      endToEndFramesPerSecond: 1.25,
      nodeCpuSeconds: 0.25,
      bareFramesPerSecond: 1,
    });
    expect(compareReports(reportOf(now), reportOf(before)).doubts).toEqual([]);
  });

  it('leaves out what one side could not measure', () => {
    const ratios = ratiosOf(makeCaseReport({ peakMemoryBytes: null }), makeCaseReport());
    expect(ratios).not.toHaveProperty('peakMemoryBytes');
    expect(ratios).toHaveProperty('labelsPerColor', 1);
  });

  it('says which case is new', () => {
    const { cases } = compareReports(reportOf(makeCaseReport()), reportOf());
    expect(cases).toEqual([{ name: 'demo', figures: null }]);
  });

  it('doubts ratios of other machines, renderers and frames', () => {
    const now = reportOf(makeCaseReport({ frames: 16, workers: 1 }));
    const before = { ...reportOf(makeCaseReport()), machine: { ...now.machine, cores: 8 } };
    expect(compareReports(now, before).doubts).toEqual([
      'another machine: 2 × test now, 8 × test before',
      'demo: another frames, workers',
    ]);
  });
});

describe('file of an earlier result', () => {
  const written = (text: string): string => {
    const path = join(folder, 'result.json');
    writeFileSync(path, text);
    return path;
  };

  it('is read as it was written', async () => {
    const report = reportOf(makeCaseReport());
    expect(await readBenchReport(written(JSON.stringify(report)))).toEqual(report);
  });

  it.each([
    ['{', 'expected what `diorama bench --json` printed, found'],
    ['null', `with benchVersion ${BENCH_VERSION}, found undefined`],
    [
      '{"benchVersion":1,"cases":[]}',
      `with benchVersion ${BENCH_VERSION}, found 1. Measure again.`,
    ],
  ])('is refused as %s', async (text, message) => {
    await expect(readBenchReport(written(text))).rejects.toThrow(message);
  });

  it('is refused where there is none', async () => {
    await expect(readBenchReport(join(folder, 'none.json'))).rejects.toThrow(
      /none\.json: .*ENOENT/,
    );
  });
});
