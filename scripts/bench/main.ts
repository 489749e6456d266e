import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { BackendRequest } from '#node/browser/browser-types';
import { measureCase, type BenchCase, type CaseReport } from './measure-case.ts';

/**
 * `npm run bench`: frames per second end to end beside the bare render rate of the same run, and the cost
 * of each step. Figures of one run compare with each other; those of two machines do not.
 */

const USAGE = `npm run bench -- [--config FILE] [--frames n] [--rounds n] [--gl auto|gpu|mesa|swiftshader]
                 [--workers n] [--set path=value …] [--assets DIR …] [--json]`;

const { values } = parseArgs({
  options: {
    config: { type: 'string', default: 'configs/tabletop.yaml' },
    frames: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
    gl: { type: 'string', default: 'auto' },
    workers: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    assets: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** The pictures that the target of the throughput is stated for. */
const cases: readonly BenchCase[] = [
  [
    '640×480, JPEG 95',
    'image.width=640',
    'image.height=480',
    'outputs.rgb={format: jpeg, quality: 95}',
  ],
  ['640×480, PNG', 'image.width=640', 'image.height=480', 'outputs.rgb={format: png}'],
  [
    '1024×768, JPEG 95',
    'image.width=1024',
    'image.height=768',
    'outputs.rgb={format: jpeg, quality: 95}',
  ],
].map(([name = '', ...sets]) => ({
  name,
  configPath: values.config,
  sets: [...sets, ...values.set],
}));

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${flag}: expected a whole number from 1, got "${text}"`);
}

const columns = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(11))).join('');

function printCase(report: CaseReport): void {
  const milliseconds = (stages: Readonly<Record<string, number>>): string =>
    Object.entries(stages)
      .map(([step, ms]) => `${step} ${ms.toFixed(1)}`)
      .join(', ');
  console.log(
    columns([
      report.name,
      report.endToEndFramesPerSecond.toFixed(2),
      report.bareFramesPerSecond.toFixed(2),
      report.endToEndPerBareRatio.toFixed(3),
      report.browserCpuSeconds.toFixed(3),
      report.nodeCpuSeconds.toFixed(3),
      report.labelPerColorRatio.toFixed(3),
    ]),
  );
  console.log(`  page, ms: ${milliseconds(report.pageStages)}`);
  console.log(`  node, ms: ${milliseconds(report.nodeStages)}`);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const options = {
    frames: wholeNumber('frames', values.frames),
    rounds: wholeNumber('rounds', values.rounds),
    gl: values.gl as BackendRequest,
    workers: values.workers === undefined ? undefined : wholeNumber('workers', values.workers),
    assetFolders: values.assets,
  };
  const reports: CaseReport[] = [];
  for (const [index, each] of cases.entries()) {
    const report = await measureCase(each, options);
    reports.push(report);
    if (values.json) continue;
    if (index === 0) {
      console.log(
        `${values.config}, ${report.frames} frames, ${options.rounds} rounds, ${report.workers} browsers`,
      );
      console.log(`${report.renderer}; ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}\n`);
      console.log(
        columns(['', 'frames/s', 'bare', 'ratio', 'CPU browser', 'CPU node', 'label/col.']),
      );
    }
    printCase(report);
  }
  if (values.json) console.log(JSON.stringify({ benchVersion: 1, cases: reports }, null, 2));
}

await main();
