import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeCase } from '#node/bench/judge-case';
import { describeMachine, runBench } from '#node/bench/run-bench';
import type { BackendRequest } from '#node/browser/browser-types';
import { formatCase, formatMachine, formatVerdict } from '../../src/cli/format-bench.ts';
import { benchCases, CASE_NAMES } from './bench-cases.ts';
import { makeSky } from './make-sky.ts';

/**
 * `npm run bench`: what `diorama bench` measures, of the cases that targets are stated for. Figures of one
 * run compare with each other; those of two machines do not.
 */

const USAGE = `npm run bench -- [--case NAME …] [--frames n] [--rounds n] [--gl auto|gpu|mesa|swiftshader]
                 [--workers n] [--set path=value …] [--assets DIR …] [--json] [--out FILE]

Cases: ${CASE_NAMES.join(', ')} [default: all]`;

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true, default: [] },
    frames: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
    gl: { type: 'string', default: 'auto' },
    workers: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    assets: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${flag}: expected a whole number from 1, got "${text}"`);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'diorama-bench-sky-'));
  try {
    makeSky(folder);
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(skyFolder: string): Promise<void> {
  const machine = describeMachine();
  const cases = benchCases(values.case, {
    frames: wholeNumber('frames', values.frames),
    sets: values.set,
    assetFolders: [skyFolder, ...values.assets],
  });
  if (!values.json) console.log(`${formatMachine(machine)}\n`);
  const options = {
    rounds: wholeNumber('rounds', values.rounds),
    gl: values.gl as BackendRequest,
    workers: values.workers === undefined ? undefined : wholeNumber('workers', values.workers),
    sandbox: 'auto',
    signal: new AbortController().signal,
    log: () => undefined,
  } as const;
  const report = await runBench(cases, options, (each) => {
    if (!values.json)
      console.log(`${formatCase(each)}\n${formatVerdict(judgeCase(each, machine))}\n`);
  });
  const text = JSON.stringify(report, null, 2);
  if (values.json) console.log(text);
  if (values.out !== undefined) writeFileSync(values.out, `${text}\n`);
}

await main();
