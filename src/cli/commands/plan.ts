import type { InferredOptionTypes } from 'yargs';
import type { Config } from '#shared/config/config-schema';
import { UsageError } from '#shared/core/errors';
import { writeFileAtomically } from '#node/store/durable-files';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags, requireWhole } from '../flags.ts';

const FLAGS = {
  ...pickFlags('frame', 'attempt', 'sample', 'seed', 'set', 'assets'),
  out: { type: 'string', requiresArg: true, describe: 'File [default: standard output]' },
} as const;

/** Most attempts at a frame that `accept` and `targets` allow. */
const attemptsOf = ({ accept, targets }: Config): number =>
  Math.max(accept?.attempts ?? 1, targets?.attempts ?? 1);

function attemptOf(stated: number | undefined, config: Config): number {
  if (stated === undefined) return 0;
  return requireWhole('attempt', stated, { min: 0, max: attemptsOf(config) - 1 });
}

const WHICH_ATTEMPT =
  'note: this is the first attempt at the frame. accept and targets may take a later one, which shows when it is ' +
  'rendered: sample.retry in frames.jsonl is its number, which --attempt takes.\n';

type PlanArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ config: string }>;

async function plan(args: PlanArguments, { io }: CommandContext): Promise<void> {
  const frame = requireWhole('frame', args.frame, { min: 0 });
  const { prepareInputs } = await import('#node/run/prepare-run');
  const { planFrame } = await import('#shared/plan/plan-frame');
  const { sampleScene } = await import('#shared/sampling/sample-scene');
  const { inputs } = await prepareInputs({
    configPath: args.config,
    seed: args.seed,
    sets: args.set,
    assetFolders: args.assets,
  });
  const { frames } = inputs.config;
  if (frame >= frames) {
    throw new UsageError(`--frame: the config has frames 0..${frames - 1}, got ${frame}`);
  }
  const retry = attemptOf(args.attempt, inputs.config);
  if (args.attempt === undefined && attemptsOf(inputs.config) > 1) io.err(WHICH_ATTEMPT);
  const sample = sampleScene(inputs, frame, { retry });
  const document = args.sample ? { sample } : { sample, plan: planFrame(inputs, sample) };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (args.out === undefined) io.out(text);
  else await writeFileAtomically(args.out, text);
}

/** `diorama plan`: what a frame draws and what will be rendered, as JSON. */
export const createPlanCommand: CommandFactory = (context) =>
  defineCommand<PlanArguments>({
    command: 'plan <config>',
    describe: 'Print what one frame draws and does, as JSON, without rendering',
    builder: (yargs) =>
      yargs
        .positional('config', { type: 'string', demandOption: true, describe: 'Config file' })
        .options(FLAGS)
        .example('$0 plan configs/x.yaml --frame 17', 'sample and plan of frame 17')
        .example('$0 plan configs/x.yaml --frame 17 --sample', 'what was drawn alone')
        .example(
          '$0 plan configs/x.yaml --frame 17 --attempt 3',
          'the attempt that frames.jsonl has as retry 3',
        ),
    handler: (args) => plan(args, context()),
  });
