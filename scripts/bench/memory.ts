import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitSlope } from './fit-slope.ts';
import { makeManyAssets } from './make-many-assets.ts';
import { memoryFigure } from './memory-figure.ts';
import { drawFigures } from './plot/draw-figures.ts';
import { KINDS, type Sample, sampleMemory } from './sample-memory.ts';

/**
 * `npm run bench:memory`: renders configs/many-assets.yaml as a user would, and samples what each kind of process
 * holds every two seconds (Linux). Prints how each grows over the second half of the frames.
 * `--from` takes samples that were written before, and renders nothing.
 */
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '5000' },
    models: { type: 'string', default: '200' },
    images: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    /** MiB of assets that each browser keeps; what suits the renderer where it is left out. */
    'asset-memory': { type: 'string' },
    /** Where the samples go, as CSV. */
    out: { type: 'string', default: 'memory.csv' },
    /** Samples of an earlier run, in place of a run. */
    from: { type: 'string' },
    /** Where a plot of the samples goes, as SVG. */
    plot: { type: 'string' },
  },
});

const PERIOD_MS = 2000;
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function startRun(assets: string, out: string): ChildProcess {
  const config = pathOf('configs/many-assets.yaml');
  const options = ['--out', out, '--assets', assets, '--workers', values.workers];
  const budget = values['asset-memory'];
  if (budget !== undefined) options.push('--asset-memory', budget);
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

function readSamples(path: string): readonly Sample[] {
  const [, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const [frames = NaN, node = NaN, browser = NaN, page = NaN, gpu = NaN] = row
      .split(',')
      .map(Number);
    return { frames, node, browser, page, gpu };
  });
}

async function renderSamples(): Promise<readonly Sample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-memory-'));
  try {
    const samples = await measure(folder);
    writeSamples(samples);
    return samples;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Growth over the second half: in the first one, caches fill. */
function describeGrowth(samples: readonly Sample[]): void {
  const frames = samples.at(-1)?.frames ?? NaN;
  const half = samples.filter((each) => each.frames >= frames / 2);
  for (const kind of KINDS) {
    const { slope, error } = fitSlope(half.map((each) => [each.frames / 1000, each[kind]]));
    const last = samples.at(-1)?.[kind] ?? NaN;
    console.log(
      `${kind.padEnd(8)} ${last.toFixed(0)} MiB at the end, ${slope.toFixed(1)} ± ${error.toFixed(1)} MiB more with each thousand frames`,
    );
  }
}

const samples = values.from === undefined ? await renderSamples() : readSamples(values.from);
describeGrowth(samples);
if (values.plot !== undefined) {
  const [svg = ''] = await drawFigures([memoryFigure(samples)]);
  writeFileSync(values.plot, svg);
}
