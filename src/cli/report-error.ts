import { ConfigError, DioramaError, UsageError } from '#shared/core/errors';
import { FramesFailedError } from '#node/run/frame-error';
import { formatFrames } from '#shared/core/format-frames';
import { EXIT, type ExitCode } from './cli-io.ts';
import { COMMAND_NAMES } from './create-program.ts';

/** What is said about an error, and how the process ends. */
export type ErrorReport = Readonly<{ exitCode: ExitCode; code: string; text: string }>;

export type ReportOptions = Readonly<{
  verbose: boolean;
  /** Whether events go out as JSON, so that people have read none of them. */
  json: boolean;
  /** Words of the command line. */
  argv: readonly string[];
}>;

/** Stacks of an error and of its causes, innermost last. */
function stacksOf(error: unknown): string {
  const stacks: string[] = [];
  for (let cause = error; cause instanceof Error && stacks.length < 8; cause = cause.cause) {
    stacks.push(cause.stack ?? String(cause));
  }
  return stacks.join('\ncaused by: ');
}

/** Frames that failed were told one by one as they did; to people they are not told again. */
function messageOf(error: DioramaError, { json }: ReportOptions): string {
  if (json || !(error instanceof FramesFailedError)) return error.message;
  const { failures } = error;
  const frames = formatFrames(failures.map(({ frame }) => frame));
  return failures.length === 1
    ? `1 frame could not be made: ${frames}; why stands above.`
    : `${failures.length} frames could not be made: ${frames}; why stands above.`;
}

function hintOf(error: DioramaError, { argv }: ReportOptions): string {
  if (!(error instanceof UsageError)) return '';
  const command = COMMAND_NAMES.find((name) => name === argv[0]);
  const words = command === undefined ? 'diorama --help' : `diorama ${command} --help`;
  return `\nRun "${words}" for ${command === undefined ? 'the commands' : 'its flags and examples'}.`;
}

/**
 * Decides how an error is told. An error of ours says all that is needed; any other is a fault of Diorama
 * itself, and says so.
 */
export function decideErrorReport(error: unknown, options: ReportOptions): ErrorReport {
  const { verbose } = options;
  const usage = error instanceof UsageError || error instanceof ConfigError;
  const exitCode = usage ? EXIT.usage : EXIT.failure;
  const stack = verbose ? `\n${stacksOf(error)}` : '';
  if (error instanceof DioramaError) {
    const text = `error: ${messageOf(error, options)}${hintOf(error, options)}`;
    return { exitCode, code: error.code, text: `${text}${stack}` };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const advice = verbose ? '' : '\nThis is a fault of Diorama. Run with --verbose for its stack.';
  return { exitCode, code: 'INTERNAL', text: `error: ${message}${advice}${stack}` };
}
