import { statSync } from 'node:fs';
import type { InferredOptionTypes } from 'yargs';
import type { CoverageReport } from '#shared/stats/coverage';
import { UsageError } from '#shared/core/errors';
import type { DatasetCoverage } from '#node/stats/cover-dataset';
import { EXIT } from '../cli-io.ts';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags, requireWhole } from '../flags.ts';
import { countOf, datasetRows } from '../format-summary.ts';

const FLAGS = pickFlags('samples', 'seed', 'set', 'assets', 'json');

type CoverageArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ input: string }>;

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Frames that cannot be drawn, and parameters that are not as asked. */
function isWeak({ parameters, failed }: CoverageReport): boolean {
  const weak = parameters.some(({ verdict }) => verdict === 'weak' || verdict === 'outside');
  return weak || failed.count > 0;
}

const STEPS = 10;

async function coverConfigOf(args: CoverageArguments, context: CommandContext): Promise<void> {
  const { io, exit } = context;
  const { coverConfig } = await import('#node/stats/cover-config');
  const { formatCoverage } = await import('../format-coverage.ts');
  const report = await coverConfig(
    {
      configPath: args.input,
      samples:
        args.samples === undefined
          ? undefined
          : requireWhole('samples', args.samples, { min: 1, max: 1_000_000 }),
      seed: args.seed,
      sets: args.set,
      assetFolders: args.assets,
    },
    {
      signal: io.signal,
      onProgress: (drawn, samples) => {
        const step = Math.ceil(samples / STEPS);
        if (drawn % step === 0 && io.terminal !== null)
          io.err(`${drawn}/${countOf(samples, 'frame')} drawn\n`);
      },
    },
  );
  if (report === null) {
    exit(EXIT.interrupted);
    return;
  }
  const title = `${args.input}, seed ${report.seed}`;
  io.out(`${args.json ? JSON.stringify(report, null, 2) : formatCoverage(report, { title })}\n`);
  if (isWeak(report)) exit(EXIT.failure);
}

async function formatDataset(report: DatasetCoverage, folder: string): Promise<string> {
  const { formatCoverage } = await import('../format-coverage.ts');
  const { redrawnFrames, summary } = report;
  return [
    formatCoverage(report, { title: folder }),
    ...(redrawnFrames > 0
      ? [
          `${countOf(redrawnFrames, 'frame')} were drawn again until they were accepted, which bends what they drew`,
        ]
      : []),
    ...datasetRows(summary ?? undefined).map(([label, text]) => `${label.padEnd(9)} ${text}`),
  ].join('\n');
}

async function coverDatasetOf(args: CoverageArguments, context: CommandContext): Promise<void> {
  const { io, exit } = context;
  for (const flag of ['samples', 'seed', 'set', 'assets'] as const) {
    if (args[flag] === undefined) continue;
    throw new UsageError(`--${flag}: expected a config with it, found the folder ${args.input}`);
  }
  const { coverDataset } = await import('#node/stats/cover-dataset');
  const report = coverDataset(args.input);
  io.out(
    `${args.json ? JSON.stringify(report, null, 2) : await formatDataset(report, args.input)}\n`,
  );
  const isShort = report.summary?.targets?.some(({ missing }) => missing > 0) === true;
  if (isWeak(report) || isShort) exit(EXIT.failure);
}

/** `diorama coverage`: what parameters are asked to be, against what is drawn. */
export const createCoverageCommand: CommandFactory = (context) =>
  defineCommand<CoverageArguments>({
    command: 'coverage <input>',
    describe: 'Hold what is drawn against what is asked, for each parameter',
    builder: (yargs) =>
      yargs
        .positional('input', {
          type: 'string',
          demandOption: true,
          describe: 'Config file, of which frames are drawn without rendering; or dataset folder',
        })
        .options(FLAGS)
        .example('$0 coverage configs/x.yaml', '500 frames drawn, each parameter judged')
        .example('$0 coverage out/x', 'the samples of a dataset, and its targets')
        .epilogue(
          'Continuous values are judged by the Kolmogorov–Smirnov statistic of their probability integral\n' +
            'transform, others by chi-square; the worst come first. Exit code 1 where a parameter fails, a\n' +
            'frame cannot be drawn, or a target is short.',
        ),
    handler: (args) =>
      isFolder(args.input) ? coverDatasetOf(args, context()) : coverConfigOf(args, context()),
  });
