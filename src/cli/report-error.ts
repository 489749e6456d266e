import { ConfigError, DioramaError, UsageError } from '#shared/core/errors';
import { EXIT, type ExitCode } from './cli-io.ts';

/** What is said about an error, and how the process ends. */
export type ErrorReport = Readonly<{ exitCode: ExitCode; code: string; text: string }>;

export type ReportOptions = Readonly<{ verbose: boolean }>;

/** Stacks of an error and of its causes, innermost last. */
function stacksOf(error: unknown): string {
  const stacks: string[] = [];
  for (let cause = error; cause instanceof Error && stacks.length < 8; cause = cause.cause) {
    stacks.push(cause.stack ?? String(cause));
  }
  return stacks.join('\ncaused by: ');
}

/**
 * Decides how an error is told. An error of ours says all that is needed; any other is a fault of Diorama
 * itself, and says so.
 */
export function decideErrorReport(error: unknown, { verbose }: ReportOptions): ErrorReport {
  const usage = error instanceof UsageError || error instanceof ConfigError;
  const exitCode = usage ? EXIT.usage : EXIT.failure;
  const stack = verbose ? `\n${stacksOf(error)}` : '';
  if (error instanceof DioramaError) {
    const hint = error instanceof UsageError ? '\nRun with --help for the flags and examples.' : '';
    return { exitCode, code: error.code, text: `error: ${error.message}${hint}${stack}` };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const advice = verbose ? '' : '\nThis is a fault of Diorama. Run with --verbose for its stack.';
  return { exitCode, code: 'INTERNAL', text: `error: ${message}${advice}${stack}` };
}
