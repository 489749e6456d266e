/** The outside of the command line: exchanged in tests, so that commands run in process. */
export type CliIo = Readonly<{
  /** Results: what a pipe receives. */
  out(text: string): void;
  /** Progress, warnings and errors: what a person reads. */
  err(text: string): void;
  /** Where a progress bar may be drawn; null where there is no terminal. */
  terminal: NodeJS.WriteStream | null;
  color: boolean;
  /** Aborted by SIGINT or SIGTERM. */
  signal: AbortSignal;
}>;

/** Exit codes of `diorama` (docs/cli.md). */
export const EXIT = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
