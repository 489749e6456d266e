import { EXIT, type CliIo, type ExitCode } from './cli-io.ts';
import { createProgram } from './create-program.ts';
import { expandAliases } from './flags.ts';
import { decideErrorReport } from './report-error.ts';

/**
 * Runs one command line; the process is left to go on.
 *
 * @param argv words after `diorama`.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const verbose = argv.includes('--verbose');
  const json = argv.includes('--json');
  const program = createProgram(
    () => ({
      io,
      verbose,
      exit: (code) => {
        exitCode = code;
      },
    }),
    argv,
  );
  try {
    let text = '';
    await program.parseAsync([...expandAliases(argv)], {}, (_error, _args, output) => {
      text = output;
    });
    if (text !== '') io.out(`${text}\n`);
    return exitCode;
  } catch (thrown) {
    // What a command was told to stop by is no error of it; main.ts has said that it stops.
    if (io.signal.aborted && thrown === io.signal.reason) return EXIT.interrupted;
    const { exitCode: code, code: name, text } = decideErrorReport(thrown, { verbose, json, argv });
    if (json)
      io.out(`${JSON.stringify({ type: 'error', code: name, exitCode: code, message: text })}\n`);
    io.err(`${text}\n`);
    return code;
  }
}
