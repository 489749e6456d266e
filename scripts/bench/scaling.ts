import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '#node/bench/run-bench';
import { readToolVersion } from '#node/run/tool-version';
import { formatMachine } from '../../src/cli/format-bench.ts';
import { makeSky } from './make-sky.ts';
import { drawFigures } from './plot/draw-figures.ts';
import { measurePoint } from './scaling/measure-point.ts';
import { replaceTables } from './scaling/replace-tables.ts';
import { scalingFigure } from './scaling/scaling-figure.ts';
import type { MeasuredPoint, MeasuredSweep, ScalingReport } from './scaling/scaling-report.ts';
import { describeSweep } from './scaling/scaling-table.ts';
import { makeSweep, SWEEP_NAMES, type Sweep, type SweepName } from './scaling/sweeps.ts';

/**
 * `npm run bench:scaling`: how the rate of a workload grows with one thing at a time. Prints a table for each
 * sweep and draws a figure of it.
 */

const USAGE = `npm run bench:scaling -- [--sweep NAME …] [--frames n] [--rounds n] [--gl auto|gpu|mesa|swiftshader]
                         [--json FILE] [--from FILE] [--out DIR] [--docs FILE]

Sweeps: ${SWEEP_NAMES.join(', ')} [default: all]
--json   writes what was measured; --from draws and describes such a file again, and measures nothing
--out    folder of the figures, scaling-NAME.svg [default: docs/images]
--docs   Markdown file whose tables, between <!-- scaling:NAME --> and <!-- /scaling:NAME -->, are replaced`;

const { values } = parseArgs({
  options: {
    sweep: { type: 'string', multiple: true, default: [] },
    frames: { type: 'string' },
    rounds: { type: 'string' },
    gl: { type: 'string', default: 'auto' },
    json: { type: 'string' },
    from: { type: 'string' },
    out: { type: 'string', default: 'docs/images' },
    docs: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${flag}: expected a whole number from 1, got "${text}"`);
}

function chosenSweeps(names: readonly string[]): readonly SweepName[] {
  return (names.length === 0 ? SWEEP_NAMES : names).map((name) => {
    const found = SWEEP_NAMES.find((each) => each === name);
    if (found !== undefined) return found;
    throw new RangeError(`--sweep: expected one of ${SWEEP_NAMES.join(', ')}, got "${name}"`);
  });
}

async function measureSweep(sweep: Sweep, assets: string): Promise<MeasuredSweep> {
  const points: MeasuredPoint[] = [];
  for (const point of sweep.points) {
    const { x, series, triangles } = point;
    const options = ['--gl', values.gl];
    const [report] = (await measurePoint(point, { assets, options })).cases;
    if (report === undefined) throw new RangeError('expected a report of one case, got none');
    const rate = report.endToEndFramesPerSecond.toFixed(2);
    console.error(
      `${sweep.name} ${x}${series === undefined ? '' : ` ${series}`}: ${rate} images/s`,
    );
    points.push({ x, ...(series && { series }), ...(triangles && { triangles }), report });
  }
  return { ...sweep, points };
}

async function measure(): Promise<ScalingReport> {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-scaling-'));
  const effort = {
    frames: wholeNumber('frames', values.frames),
    rounds: wholeNumber('rounds', values.rounds),
  };
  try {
    const assets = join(folder, 'sky');
    makeSky(assets);
    const sweeps: MeasuredSweep[] = [];
    for (const name of chosenSweeps(values.sweep))
      sweeps.push(await measureSweep(makeSweep(name, join(folder, name), effort), assets));
    const [toolVersion, machine] = [readToolVersion(), describeMachine()];
    return { scalingVersion: 1, toolVersion, machine, sweeps };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const report =
    values.from === undefined
      ? await measure()
      : (JSON.parse(readFileSync(values.from, 'utf8')) as ScalingReport);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  const tables = new Map(
    report.sweeps.map((sweep) => [sweep.name, describeSweep(sweep, report.machine)]),
  );
  console.log(formatMachine(report.machine));
  for (const [name, table] of tables) console.log(`\n## ${name}\n\n${table}`);
  if (values.docs !== undefined) await replaceTables(values.docs, tables);
  const figures = await drawFigures(report.sweeps.map(scalingFigure));
  mkdirSync(values.out, { recursive: true });
  for (const [i, { name }] of report.sweeps.entries())
    writeFileSync(join(values.out, `scaling-${name}.svg`), figures[i] ?? '');
}

await main();
