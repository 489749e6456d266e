import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitSlope } from './fit-slope.ts';
import { makeManyAssets } from './make-many-assets.ts';
import { type Kind, KINDS, sampleMemory } from './sample-memory.ts';

/**
 * `npm run bench:memory`: renders configs/many-assets.yaml as a user would, and samples what each kind of process
 * holds every two seconds (Linux). Prints how each grows over the second half of the frames.
 */
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '5000' },
    models: { type: 'string', default: '200' },
    images: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    /** Where the samples go, as CSV. */
    out: { type: 'string', default: 'memory.csv' },
  },
});

/** MiB by kind, when so many frames were written. */
type Sample = Readonly<{ frames: number } & Record<Kind, number>>;

const PERIOD_MS = 2000;
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function startRun(assets: string, out: string): ChildProcess {
  const config = pathOf('configs/many-assets.yaml');
  const options = ['--out', out, '--assets', assets, '--workers', values.workers];
  const command = [pathOf('../../dist/cli/main.js'), 'render', config, ...options];
  return spawn(process.execPath, [...command, '--set', `frames=${values.frames}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function measure(folder: string): Promise<readonly Sample[]> {
  const [assets, out] = [join(folder, 'assets'), join(folder, 'dataset')];
  await makeManyAssets(assets, { models: Number(values.models), images: Number(values.images) });
  const run = startRun(assets, out);
  const ended = new Promise<number | null>((resolve) => run.once('exit', resolve));
  const journal = join(out, 'frames.jsonl');
  const samples: Sample[] = [];
  const timer = setInterval(() => {
    const held = sampleMemory(run.pid ?? 0);
    const frames = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
    // Before the browser is open and after it was closed there is nothing to compare.
    if (held.gpu > 0 && held.page > 0) samples.push({ frames, ...held });
  }, PERIOD_MS);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`the run ended with ${code}`);
  return samples;
}

function writeSamples(samples: readonly Sample[]): void {
  const rows = samples.map((each) => [each.frames, ...KINDS.map((kind) => Math.round(each[kind]))]);
  writeFileSync(
    values.out,
    [['frames', ...KINDS], ...rows].map((row) => `${row.join()}\n`).join(''),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'diorama-memory-'));
try {
  const samples = await measure(folder);
  writeSamples(samples);
  const half = samples.filter(({ frames }) => frames >= Number(values.frames) / 2);
  for (const kind of KINDS) {
    const { slope, error } = fitSlope(half.map((each) => [each.frames / 1000, each[kind]]));
    const last = samples.at(-1)?.[kind] ?? NaN;
    console.log(
      `${kind.padEnd(8)} ${last.toFixed(0)} MiB at the end, ${slope.toFixed(1)} ± ${error.toFixed(1)} MiB more with each thousand frames`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
