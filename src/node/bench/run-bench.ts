import { arch, availableParallelism, cpus, platform } from 'node:os';
import { readToolVersion } from '../run/tool-version.ts';
import {
  BENCH_VERSION,
  type BenchMachine,
  type BenchReport,
  type CaseReport,
} from './bench-report.ts';
import { measureCase } from './measure-case.ts';
import type { BenchCase, BenchOptions } from './warm-case.ts';

/**
 * Measures cases one after another.
 *
 * @param onCase is told each case as soon as it is measured.
 * @throws ConfigError, AssetError, BrowserError or a frame's own error; the signal's reason where it is aborted.
 */
export async function runBench(
  cases: readonly BenchCase[],
  options: BenchOptions,
  onCase: (report: CaseReport) => void = () => undefined,
): Promise<BenchReport> {
  const reports: CaseReport[] = [];
  for (const each of cases) {
    const report = await measureCase(each, options);
    reports.push(report);
    onCase(report);
  }
  return {
    benchVersion: BENCH_VERSION,
    toolVersion: readToolVersion(),
    machine: describeMachine(),
    cases: reports,
  };
}

/** The machine that this runs on; its cores are those that this process may use. */
export function describeMachine(): BenchMachine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    platform: `${platform()} ${arch()}`,
  };
}
