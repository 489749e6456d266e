import { once } from 'node:events';
import type { InferredOptionTypes } from 'yargs';
import type { PreviewState } from '#shared/protocol/preview-api';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { assetBytesOf, pickFlags, requireWhole } from '../flags.ts';

const FLAGS = pickFlags(
  ...([
    'port',
    'no-open',
    'seed',
    'set',
    'assets',
    'gl',
    'browser',
    'sandbox',
    'asset-memory',
  ] as const),
);

type PreviewArguments = InferredOptionTypes<typeof FLAGS> &
  Readonly<{ target?: string | undefined }>;

/** What is said of a load: problems, each time; doubts, when they first appear. */
function sayState(state: PreviewState, said: Set<string>): readonly string[] {
  if (state.problem !== null) return [`error: ${state.problem.message}`];
  const fresh = state.warnings.filter((warning) => !said.has(warning));
  for (const warning of fresh) said.add(warning);
  return [
    ...fresh.map((warning) => `warning: ${warning}`),
    ...(state.revision > 1 ? [`loaded ${state.configPath} again`] : []),
  ];
}

async function preview(args: PreviewArguments, { io }: CommandContext): Promise<void> {
  const port =
    args.port === undefined ? undefined : requireWhole('port', args.port, { min: 1, max: 65535 });
  const assetBytes = assetBytesOf(args);
  const { openPreview } = await import('#node/preview/open-preview');
  const { openAddress } = await import('#node/preview/open-address');
  const said = new Set<string>();
  const running = await openPreview({
    request: {
      target: args.target,
      seed: args.seed,
      sets: args.set,
      assetFolders: args.assets,
    },
    port,
    browser: { gl: args.gl, browserPath: args.browser, sandbox: args.sandbox, assetBytes },
    onState: (state) => {
      for (const line of sayState(state, said)) io.err(`${line}\n`);
    },
  });
  try {
    io.out(`${running.url}\n`);
    if (!args['no-open'] && !(await openAddress(running.url))) {
      io.err('no browser was found to open it with; open the address yourself\n');
    }
    io.err('Ctrl+C ends the preview.\n');
    if (!io.signal.aborted) await once(io.signal, 'abort');
  } finally {
    await running.close();
  }
}

/** `diorama preview`: designs a dataset in the browser, live. */
export const createPreviewCommand: CommandFactory = (context) =>
  defineCommand<PreviewArguments>({
    command: 'preview [target]',
    describe: 'Design a dataset in the browser, live, or browse one that was rendered',
    builder: (yargs) =>
      yargs
        .positional('target', {
          type: 'string',
          describe: 'Config file or dataset folder [default: one of configs/*.yaml, chosen there]',
        })
        .options(FLAGS)
        .example('$0 preview configs/x.yaml', 'print the address and open it')
        .example('$0 preview configs/x.yaml --no-open --port 4400', 'at a port of your choice')
        .example('$0 preview out/x', 'browse a dataset with its labels'),
    handler: (args) => preview(args, context()),
  });
