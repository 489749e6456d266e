import type { InferredOptionTypes } from 'yargs';
import type { InputsSummary } from '#node/run/summarise-inputs';
import { defineCommand, type CommandContext, type CommandFactory } from '../command.ts';
import { pickFlags } from '../flags.ts';
import { countOf } from '../format-summary.ts';

const FLAGS = pickFlags('seed', 'set', 'assets', 'json');

type ValidateArguments = InferredOptionTypes<typeof FLAGS> & Readonly<{ config: string }>;

function formatCombinations(log10: number): string {
  if (log10 === 0) return 'one way to choose assets';
  if (log10 < 6) return `about ${Math.round(10 ** log10)} to choose assets alone`;
  return `about 10^${Math.floor(log10)} to choose assets alone`;
}

function formatCounts(assets: InputsSummary['assets']): string {
  const parts = Object.entries(assets).flatMap(([kind, count]) =>
    count === 0 ? [] : [countOf(count, kind)],
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function formatInputs(path: string, summary: InputsSummary): string {
  const { groups, assets, categories } = summary;
  const range = (min: number, max: number): string => (min === max ? `${min}` : `${min}..${max}`);
  const named = categories.map((name, i) => `${i + 1} ${name}`).join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['frames', `${summary.frames} at ${summary.width}×${summary.height}, seed ${summary.seed}`],
    ['categories', categories.length === 0 ? 'none' : named],
    ['scene', `${summary.scene.path}: ${countOf(summary.scene.nodes, 'node')}`],
    ...groups.map(({ name, minCount, maxCount, models }): readonly [string, string] => [
      'objects',
      `${name}: ${range(minCount, maxCount)} of ${countOf(models, 'model')}`,
    ]),
    ['assets', formatCounts(assets)],
    ['ways', formatCombinations(summary.log10Combinations)],
  ];
  return [`ok: ${path}`, ...rows.map(([label, text]) => `${label.padEnd(10)} ${text}`)].join('\n');
}

async function validate(args: ValidateArguments, { io }: CommandContext): Promise<void> {
  const { prepareInputs } = await import('#node/run/prepare-run');
  const { summariseInputs } = await import('#node/run/summarise-inputs');
  const loaded = await prepareInputs({
    configPath: args.config,
    seed: args.seed,
    sets: args.set,
    assetFolders: args.assets,
  });
  const summary = summariseInputs(loaded.inputs, loaded.assets);
  for (const warning of loaded.warnings) io.err(`warning: ${warning}\n`);
  io.out(`${args.json ? JSON.stringify(summary, null, 2) : formatInputs(args.config, summary)}\n`);
}

/** `diorama validate`: loads config, scene and assets, and says what they come to. */
export const createValidateCommand: CommandFactory = (context) =>
  defineCommand<ValidateArguments>({
    command: 'validate <config>',
    describe: 'Check a config with its scene and assets',
    builder: (yargs) =>
      yargs
        .positional('config', { type: 'string', demandOption: true, describe: 'Config file' })
        .options(FLAGS)
        .example(
          '$0 validate configs/x.yaml',
          'every problem at once, or what the config comes to',
        ),
    handler: (args) => validate(args, context()),
  });
