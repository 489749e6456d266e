import type { InferredOptionTypes } from 'yargs';
import { MAX_WORKERS } from '#node/browser/max-workers';
import type { ReplayJob, ReplayResult } from '#node/replay/replay-frames';
import { parseFrameRange } from '#node/run/select-frames';
import { EXIT } from '../cli-io.ts';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { FLAGS as ALL_FLAGS, assetBytesOf, pickFlags, requireWhole } from '../flags.ts';
import { formatReplayCheck } from '../format-replay.ts';
import { createReporter } from '../report-progress.ts';

const FLAGS = {
  frame: {
    type: 'string',
    alias: 'frames',
    requiresArg: true,
    conflicts: 'from',
    describe: 'Frame, or frames a..b, both included; 0-based [default: all that are there]',
  },
  from: {
    type: 'string',
    requiresArg: true,
    describe: 'A sample as JSON, instead of recorded ones: what `plan` prints, or a record',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder of the frames, a dataset of their own [default: out/<name>-replay]',
  },
  check: {
    type: 'boolean',
    default: false,
    describe: 'Compare every file and record with the dataset’s; exit code 1 where one differs',
  },
  scene: {
    type: 'string',
    requiresArg: true,
    describe: 'The scene of the dataset; it must have the hash that dataset.json names',
  },
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'Config that names the scene; only its folder counts [default: ., configs]',
  },
  gl: {
    choices: ALL_FLAGS.gl.choices,
    describe: 'Graphics back end [default: that of the dataset]',
  },
  ...pickFlags('assets', 'fresh', 'workers', 'browser', 'sandbox', 'asset-memory', 'json'),
} as const;

type ReplayArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ dir: string }>;

function jobFrom(args: ReplayArguments): ReplayJob {
  const { workers } = args;
  return {
    dataset: args.dir,
    range: args.frame === undefined ? undefined : parseFrameRange(args.frame),
    sampleFile: args.from,
    folder: args.out,
    fresh: args.fresh,
    check: args.check,
    scenePath: args.scene,
    configPath: args.config,
    assetFolders: args.assets,
    workers:
      workers === undefined
        ? undefined
        : requireWhole('workers', workers, { min: 1, max: MAX_WORKERS }),
    gl: args.gl,
    browserPath: args.browser,
    sandbox: args.sandbox,
    assetBytes: assetBytesOf(args),
  };
}

async function replay(args: ReplayArguments, { io, verbose, exit }: CommandContext): Promise<void> {
  const job = jobFrom(args);
  // Loaded when needed: browsers and image codecs have no part in a help text.
  const { replayFrames } = await import('#node/replay/replay-frames');
  const reporter = createReporter(io, { json: args.json, verbose });
  let result: ReplayResult;
  try {
    result = await replayFrames(job, { signal: io.signal, onEvent: reporter.onEvent });
  } finally {
    reporter.stop();
  }
  const { summary, checked } = result;
  if (checked !== null) {
    const text = args.json
      ? JSON.stringify({ type: 'check', dataset: job.dataset, frames: checked })
      : formatReplayCheck(checked, job.dataset);
    io.out(`${text}\n`);
    if (!checked.every(({ same }) => same)) exit(EXIT.failure);
  }
  if (summary.outcome === 'interrupted') exit(EXIT.interrupted);
}

/** `diorama replay`: recorded samples as frames again, whatever the config says by now. */
export const createReplayCommand: CommandFactory = (context) =>
  defineCommand<ReplayArguments>({
    command: 'replay <dir>',
    describe: 'Render recorded samples of a dataset again, whatever its config says by now',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'Dataset folder' })
        .options(FLAGS)
        .example(
          '$0 replay out/x --frame 17 --check',
          'frame 17, and whether every byte is as it was',
        )
        .example(
          '$0 replay out/x --from sample.json --out out/mine',
          'a sample that was edited, with the dataset’s config',
        )
        .epilogue(
          'Config and samples are those of dataset.json and frames.jsonl. Scene and assets are read from\n' +
            'disk, and each must have the SHA-256 that dataset.json names.',
        ),
    handler: (args) => replay(args, context()),
  });
