import type { CommandModule } from 'yargs';
import type { CliIo, ExitCode } from './cli-io.ts';

/** What a command is given beside its flags. */
export type CommandContext = Readonly<{
  io: CliIo;
  verbose: boolean;
  /** Sets the exit code of a command that ends without an error. */
  exit(code: ExitCode): void;
}>;

/** A command of `diorama`; its file under `commands/` is named after it. */
export type CommandFactory = (context: () => CommandContext) => CommandModule<object, never>;

/**
 * Types a yargs module by its own flags and hands it over to be registered beside others. yargs checks
 * values against the flags of `builder`, so this is the one place where the type is taken on trust.
 */
export function defineCommand<Arguments>(
  module: CommandModule<object, Arguments>,
): CommandModule<object, never> {
  return module as unknown as CommandModule<object, never>;
}
