import yargs, { type Argv, type CommandModule, type Options } from 'yargs';
import { UsageError } from '#shared/core/errors';
import { readToolVersion } from '#node/run/tool-version';
import type { CommandContext } from './command.ts';
import { assetsCommand } from './commands/assets.ts';
import { createBenchCommand } from './commands/bench.ts';
import { createCoverageCommand } from './commands/coverage.ts';
import { doctorCommand } from './commands/doctor.ts';
import { createInspectCommand } from './commands/inspect.ts';
import { createMergeCommand } from './commands/merge.ts';
import { createPlanCommand } from './commands/plan.ts';
import { createPreviewCommand } from './commands/preview.ts';
import { createRenderCommand } from './commands/render.ts';
import { createReplayCommand } from './commands/replay.ts';
import { setupCommand } from './commands/setup.ts';
import { createValidateCommand } from './commands/validate.ts';
import { createVerifyCommand } from './commands/verify.ts';
import { explainUsage } from './explain-usage.ts';
import { FLAGS } from './flags.ts';

/** Columns of help texts: the same everywhere, so that docs and tests do not depend on the terminal. */
const HELP_COLUMNS = 100;

/** The commands, in the order of the help text. */
function listCommands(context: () => CommandContext): readonly CommandModule<object, never>[] {
  return [
    createRenderCommand(context),
    createValidateCommand(context),
    createPlanCommand(context),
    createCoverageCommand(context),
    createPreviewCommand(context),
    createInspectCommand(context),
    createVerifyCommand(context),
    createReplayCommand(context),
    createMergeCommand(context),
    createBenchCommand(context),
    assetsCommand as unknown as CommandModule<object, never>,
    setupCommand as unknown as CommandModule<object, never>,
    doctorCommand as unknown as CommandModule<object, never>,
  ];
}

/** Names of the commands; `docs/cli.md` has a section for each. */
export const COMMAND_NAMES = [
  'render',
  'validate',
  'plan',
  'coverage',
  'preview',
  'inspect',
  'verify',
  'replay',
  'merge',
  'bench',
  'assets',
  'setup',
  'doctor',
] as const;

/** A flag that may stand once, given twice: the last one would win in silence. */
function refuseRepeatedFlags(args: Readonly<Record<string, unknown>>): true {
  for (const [name, flag] of Object.entries<Options>(FLAGS)) {
    const value = args[name];
    if (flag.array === true || !Array.isArray(value)) continue;
    throw new UsageError(`--${name}: expected once, found ${value.length} times`);
  }
  return true;
}

type KnowsOptions = Readonly<{ getOptions(): { key: Readonly<Record<string, unknown>> } }>;

/** Flags of the command that was being parsed, for suggestions. */
function knownFlags(parser: Argv): readonly string[] {
  // Not in @types/yargs; part of yargs' own API.
  const { key } = (parser as unknown as KnowsOptions).getOptions();
  return Object.keys(key).filter((name) => name.length > 1);
}

/** The command that the words name, as its help begins: `diorama render <config>`. */
export function usageOf(argv: readonly string[], commands: readonly CommandModule[]): string {
  const named = commands.find(({ command }) => String(command).split(' ')[0] === argv[0]);
  return named === undefined ? 'diorama <command>' : `diorama ${String(named.command)}`;
}

/**
 * The command line as yargs sees it. It neither prints nor exits: errors are thrown, texts go to the
 * callback of `parse`.
 *
 * @param context what commands are given; asked for when a command runs.
 * @param argv the words that will be parsed, for messages.
 */
export function createProgram(context: () => CommandContext, argv: readonly string[]): Argv {
  const program: Argv = yargs([]);
  const commands = listCommands(context) as CommandModule[];
  return program
    .scriptName('diorama')
    .usage('$0 <command>\n\nSeeded configs in, labelled images out.')
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'populate--': true,
    })
    .locale('en')
    .wrap(HELP_COLUMNS)
    .option('verbose', {
      type: 'boolean',
      default: false,
      global: true,
      describe: 'Say more; stacks of errors',
    })
    .command(commands)
    .demandCommand(1, 'Expected a command.')
    .strict()
    .recommendCommands()
    .check(refuseRepeatedFlags)
    .completion('completion', 'Print a completion script for the shell')
    .version(readToolVersion())
    .help()
    .alias('help', 'h')
    .group(['verbose', 'version', 'help'], 'Everywhere:')
    .exitProcess(false)
    .fail((message, error) => {
      // A message without an error is yargs' own; what a command throws arrives as an error.
      if ((error as Error | undefined) !== undefined && error.name !== 'YError') throw error;
      const usage = usageOf(argv, commands);
      throw new UsageError(explainUsage(message, { flags: knownFlags(program), usage }));
    });
}
