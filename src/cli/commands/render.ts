import type { InferredOptionTypes } from 'yargs';
import type { RunPreview, RenderJob } from '#node/run/render-dataset';
import { MAX_WORKERS } from '#node/browser/max-workers';
import { parseFrameRange, parseShard } from '#node/run/select-frames';
import { formatFrames } from '#shared/core/format-frames';
import { EXIT } from '../cli-io.ts';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { assetBytesOf, pickFlags, requireWhole } from '../flags.ts';
import { countOf } from '../format-summary.ts';
import { createReporter } from '../report-progress.ts';

const FLAGS = pickFlags(
  ...([
    'out',
    'frames',
    'seed',
    'shard',
    'workers',
    'set',
    'assets',
    'gl',
    'browser',
    'sandbox',
    'asset-memory',
  ] as const),
  ...(['dry-run', 'keep-going', 'fresh', 'json'] as const),
);

type RenderArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ config: string }>;

function jobFrom(args: RenderArguments): RenderJob {
  return {
    configPath: args.config,
    folder: args.out,
    range: args.frames === undefined ? undefined : parseFrameRange(args.frames),
    shard: args.shard === undefined ? undefined : parseShard(args.shard),
    seed: args.seed,
    sets: args.set,
    assetFolders: args.assets,
    workers:
      args.workers === undefined
        ? undefined
        : requireWhole('workers', args.workers, { min: 1, max: MAX_WORKERS }),
    gl: args.gl,
    browserPath: args.browser,
    sandbox: args.sandbox,
    assetBytes: assetBytesOf(args),
    fresh: args.fresh,
    keepGoing: args['keep-going'],
  };
}

function formatPreview({ folder, pending, completed, manifest, warnings }: RunPreview): string {
  const { config, scene, assets, categories } = manifest;
  const frames =
    pending.length === 0 ? 'none' : `${countOf(pending.length, 'frame')}: ${formatFrames(pending)}`;
  const rows: readonly (readonly [string, string])[] = [
    ['dataset', folder],
    ['render', completed === 0 ? frames : `${frames} (${completed} are there already)`],
    [
      'config',
      `${manifest.name}, ${config.image.width}×${config.image.height}, seed ${manifest.seed}`,
    ],
    ['hash', manifest.configSha256],
    ['scene', scene.path],
    [
      'assets',
      `${assets.length}, ${countOf(new Set(assets.map((a) => a.license)).size, 'licence')}`,
    ],
    ['labels', categories.length === 1 ? '1 category' : `${categories.length} categories`],
  ];
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...rows.map(([label, text]) => `${label.padEnd(9)} ${text}`),
    'dry run: nothing was rendered or written',
  ].join('\n');
}

async function render(args: RenderArguments, { io, verbose, exit }: CommandContext): Promise<void> {
  const job = jobFrom(args);
  // Loaded when needed: browsers and image codecs have no part in a help text.
  const { previewRun, renderDataset } = await import('#node/run/render-dataset');
  if (args['dry-run']) {
    const preview = await previewRun(job);
    io.out(
      `${args.json ? JSON.stringify({ type: 'dry-run', ...preview }) : formatPreview(preview)}\n`,
    );
    return;
  }
  const reporter = createReporter(io, { json: args.json, verbose });
  try {
    const summary = await renderDataset(job, { signal: io.signal, onEvent: reporter.onEvent });
    if (summary.outcome === 'interrupted') exit(EXIT.interrupted);
  } finally {
    reporter.stop();
  }
}

/** `diorama render`: renders a dataset, or what is missing of it. */
export const createRenderCommand: CommandFactory = (context) =>
  defineCommand<RenderArguments>({
    command: 'render <config>',
    describe: 'Render a dataset; run again, it continues',
    builder: (yargs) =>
      yargs
        .positional('config', { type: 'string', demandOption: true, describe: 'Config file' })
        .options(FLAGS)
        .example('$0 render configs/x.yaml', 'all frames, into out/<name>')
        .example('$0 render configs/x.yaml --frames 0..9 --set image.width=320', 'a small look')
        .example(
          '$0 render configs/x.yaml --shard 0/4 --out out/part-0',
          'the first of four machines',
        ),
    handler: (args) => render(args, context()),
  });
