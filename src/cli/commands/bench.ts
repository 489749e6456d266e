import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { InferredOptionTypes } from 'yargs';
import type { BenchCase, BenchOptions } from '#node/bench/warm-case';
import { MAX_WORKERS } from '#node/browser/max-workers';
import type { StageSpan } from '#node/run/stage-clock';
import { WriteError } from '#shared/core/errors';
import { parseFrameRange } from '#node/run/select-frames';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags, requireWhole } from '../flags.ts';
import { formatCase, formatComparison, formatMachine, formatVerdict } from '../format-bench.ts';

const FLAGS = {
  frames: {
    type: 'string',
    requiresArg: true,
    default: '0..7',
    describe: 'Frames a..b, both included, that are measured',
  },
  ...pickFlags('rounds', 'compare', 'trace'),
  ...pickFlags('workers', 'set', 'assets', 'gl', 'browser', 'sandbox', 'json'),
} as const;

type BenchArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ config: string | undefined }>;

/** The config that is measured where none is named: the one that ships as the demo. */
async function shippedConfig(): Promise<string> {
  const { packageRoot } = await import('#node/assets/asset-roots');
  return join(packageRoot(), 'configs', 'tabletop.yaml');
}

function caseFrom(args: BenchArguments, configPath: string): BenchCase {
  return {
    name: basename(configPath, extname(configPath)),
    inputs: { configPath, sets: args.set, assetFolders: args.assets },
    range: parseFrameRange(args.frames),
  };
}

function optionsFrom(args: BenchArguments, { io, verbose }: CommandContext): BenchOptions {
  return {
    rounds: requireWhole('rounds', args.rounds, { min: 1 }),
    gl: args.gl,
    workers:
      args.workers === undefined
        ? undefined
        : requireWhole('workers', args.workers, { min: 1, max: MAX_WORKERS }),
    browserPath: args.browser,
    sandbox: args.sandbox,
    signal: io.signal,
    log: (line) => (verbose ? io.err(`${line}\n`) : undefined),
  };
}

async function writeTrace(path: string, spans: readonly StageSpan[]): Promise<void> {
  const { traceEvents } = await import('#node/bench/trace-events');
  await writeFile(path, `${JSON.stringify(traceEvents(spans))}\n`).catch((cause: unknown) => {
    throw new WriteError(`--trace: cannot write ${path}: ${(cause as Error).message}`, { cause });
  });
}

async function bench(args: BenchArguments, context: CommandContext): Promise<void> {
  const { io } = context;
  const spans: StageSpan[] = [];
  const options = { ...optionsFrom(args, context), onSpan: (span: StageSpan) => spans.push(span) };
  const measured = caseFrom(args, args.config ?? (await shippedConfig()));
  // Loaded when needed: browsers and image codecs have no part in a help text.
  const { runBench } = await import('#node/bench/run-bench');
  const { judgeCase } = await import('#node/bench/judge-case');
  const { compareReports, readBenchReport } = await import('#node/bench/compare-reports');
  const before = args.compare === undefined ? null : await readBenchReport(args.compare);
  const report = await runBench([measured], options);
  if (args.trace !== undefined) await writeTrace(args.trace, spans);
  const verdicts = report.cases.map((each) => judgeCase(each, report.machine));
  const comparison = before && compareReports(report, before);
  if (args.json) {
    io.out(`${JSON.stringify({ ...report, verdicts, ...(comparison && { comparison }) })}\n`);
    return;
  }
  io.out(`${formatMachine(report.machine)}\n\n`);
  for (const [i, each] of report.cases.entries()) {
    const verdict = verdicts[i];
    io.out(`${formatCase(each)}\n\n${verdict ? formatVerdict(verdict) : ''}\n`);
  }
  if (comparison) io.out(`\n${formatComparison(comparison)}\n`);
}

/** `diorama bench`: how fast a config is on this machine, what limits it, and what may help. */
export const createBenchCommand: CommandFactory = (context) =>
  defineCommand<BenchArguments>({
    command: 'bench [config]',
    describe: 'Measure a config on this machine: rates, each step, what limits it, what may help',
    builder: (yargs) =>
      yargs
        .positional('config', {
          type: 'string',
          describe: 'Config file [default: the demo that ships]',
        })
        .options(FLAGS)
        .example('$0 bench configs/x.yaml', 'eight frames, three rounds')
        .example('$0 bench configs/x.yaml --json > before.json', 'keeps a result')
        .example('$0 bench configs/x.yaml --trace trace.json', 'a timeline of pages and Node')
        .example('$0 bench configs/x.yaml --compare before.json', 'ratios to an earlier result'),
    handler: (args) => bench(args, context()),
  });
