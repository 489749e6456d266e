import { spawn } from 'node:child_process';
import type { Environment } from './browser-types.ts';

/** What a finished program left behind. `code` is null where it could not start or was ended. */
export type CommandResult = Readonly<{
  code: number | null;
  stdout: string;
  stderr: string;
  /** Set where the program could not be started or ran past its time. */
  failure: string | null;
}>;

export type CommandOptions = Readonly<{
  timeoutMs: number;
  env?: Environment | undefined;
  cwd?: string | undefined;
  /** Bytes for standard input. */
  input?: Uint8Array | undefined;
}>;

/** Longest output that is kept of each stream, in characters: the end of it. */
const KEPT_CHARACTERS = 20_000;

/**
 * Runs a program to its end, without a shell. Never rejects: a program that is missing, fails or takes
 * too long is a result, which the caller judges. On POSIX it leads its own process group, so that what
 * it started ends with it at a time-out.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const grouped = process.platform !== 'win32';
    const child = spawn(program, args, {
      env: { ...(options.env ?? process.env) },
      cwd: options.cwd,
      detached: grouped,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let failure: string | null = null;
    const timer = setTimeout(() => {
      failure = `ran longer than ${options.timeoutMs} ms`;
      endGroup(child.pid, grouped);
    }, options.timeoutMs);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr, failure });
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-KEPT_CHARACTERS);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-KEPT_CHARACTERS);
    });
    child.on('error', (error) => {
      failure ??= error.message;
      finish(null);
    });
    child.on('close', finish);
    // A program that ends without reading its input closes the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

/** One line on why a command failed: its failure, else the last line of what it said. */
export function describeFailure(result: CommandResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  const said = lines
    .filter((line) => line !== '')
    .slice(-3)
    .join(' | ');
  const reason = result.failure ?? `exit code ${String(result.code)}`;
  return said === '' ? reason : `${reason}: ${said}`;
}

function endGroup(pid: number | undefined, grouped: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(grouped ? -pid : pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
