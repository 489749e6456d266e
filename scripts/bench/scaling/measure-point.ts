import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchReport } from '#node/bench/bench-report';
import type { SweepPoint } from './sweeps.ts';

const COMMAND = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
/** Reports have a few kilobytes; what is longer is none. */
const MOST_BYTES = 1 << 20;

/**
 * Measures a point with `diorama bench`, in a process of its own: what an earlier point left in memory would
 * count as this one's peak.
 */
export async function measurePoint(
  { configPath, sets, workers, frames, rounds }: SweepPoint,
  { assets, options }: Readonly<{ assets: string; options: readonly string[] }>,
): Promise<BenchReport> {
  const command = ['bench', configPath, '--json', '--assets', assets];
  const effort = ['--frames', `0..${frames - 1}`, '--rounds', String(rounds)];
  const changes = sets.flatMap((set) => ['--set', set]);
  const browsers = workers === undefined ? [] : ['--workers', String(workers)];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [COMMAND, ...command, ...effort, ...browsers, ...changes, ...options],
    { maxBuffer: MOST_BYTES },
  );
  return JSON.parse(stdout) as BenchReport;
}
