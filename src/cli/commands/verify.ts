import type { InferredOptionTypes } from 'yargs';
import { UsageError } from '#shared/core/errors';
import { parseFrameRange } from '#node/run/select-frames';
import type { VerifyControl, VerifyJob } from '#node/verify/verify-dataset';
import { EXIT } from '../cli-io.ts';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags, requireWhole } from '../flags.ts';
import { formatProblems, formatVerdict } from '../format-verify-report.ts';
import { createVerifyProgress } from '../verify-progress.ts';

const FLAGS = {
  ...pickFlags('frames', 'complete', 'rerender', 'config', 'assets'),
  ...pickFlags('browser', 'workers', 'sandbox', 'json'),
} as const;

type VerifyArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ dir: string }>;

function jobFrom(args: VerifyArguments): VerifyJob {
  const { rerender, config } = args;
  if (rerender !== undefined && config === undefined) {
    throw new UsageError(
      '--rerender: expected --config with it: the config that the dataset was rendered from',
    );
  }
  return {
    folder: args.dir,
    range: args.frames === undefined ? undefined : parseFrameRange(args.frames),
    complete: args.complete,
    rerender: rerender === undefined ? undefined : requireWhole('rerender', rerender, { min: 1 }),
    configPath: config,
    assetFolders: args.assets,
  };
}

async function controlFor(
  args: VerifyArguments,
  { io, verbose }: CommandContext,
  onProgress: VerifyControl['onProgress'],
): Promise<VerifyControl> {
  const { derivedFiles } = await import('#node/run/dataset-writers');
  const { rerenderInPage } = await import('#node/verify/rerender-in-page');
  const { signal } = io;
  return {
    signal,
    derived: derivedFiles,
    onProgress,
    rerender: rerenderInPage({
      configPath: args.config ?? '',
      assetFolders: args.assets,
      browserPath: args.browser,
      workers:
        args.workers === undefined ? undefined : requireWhole('workers', args.workers, { min: 1 }),
      sandbox: args.sandbox,
      signal,
      log: (line) => (verbose ? io.err(`${line}\n`) : undefined),
    }),
  };
}

async function verify(args: VerifyArguments, context: CommandContext): Promise<void> {
  const { io, exit } = context;
  const job = jobFrom(args);
  // Loaded when needed: image codecs and browsers have no part in a help text.
  const { verifyDataset } = await import('#node/verify/verify-dataset');
  const progress = createVerifyProgress(io);
  try {
    const report = await verifyDataset(job, await controlFor(args, context, progress.onProgress));
    progress.stop();
    if (args.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
    else io.out(`${formatProblems(report)}${formatVerdict(report)}\n`);
    if (report.outcome === 'failed') exit(EXIT.failure);
    if (report.outcome === 'interrupted') exit(EXIT.interrupted);
  } finally {
    progress.stop();
  }
}

/** `diorama verify`: holds a dataset against itself. */
export const createVerifyCommand: CommandFactory = (context) =>
  defineCommand<VerifyArguments>({
    command: 'verify <dir>',
    describe: 'Hold a dataset against itself: files, records, labels, derived files',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'Dataset folder' })
        .options(FLAGS)
        .example(
          '$0 verify out/x',
          'every problem, a line each; exit code 1 where there is an error',
        )
        .example('$0 verify out/x --frames 0..99 --json', 'a report as JSON')
        .example(
          '$0 verify out/x --rerender 3 --config configs/x.yaml',
          'renders three frames again and compares every byte',
        ),
    handler: (args) => verify(args, context()),
  });
