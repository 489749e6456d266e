import { runCommand } from './run-command.ts';
import type { Environment } from './browser-types.ts';

/** How to start a browser by itself. */
export type HearOptions = Readonly<{
  path: string;
  /** As for the launch that failed. */
  flags: readonly string[];
  env: Environment;
  profile: string;
}>;

/** A browser that starts draws an empty page in a second or two. */
const HEAR_TIMEOUT_MS = 15_000;
/** Missing desktop buses, the crash reporter's own troubles, stack frames, registers. */
const NOISE = /dbus\/|\/crashpad\/|^#\d+ |^\[end of stack trace|^r\d+: /;
const KEPT_LINES = 3;
const MAX_CHARACTERS = 300;

/**
 * Starts a browser by itself on an empty page, and returns what it said where it ended badly; null where
 * it ended well. Puppeteer tells that a browser went away, but not why.
 */
export async function hearBrowser(options: HearOptions): Promise<string | null> {
  const { path, flags, env, profile } = options;
  const result = await runCommand(
    path,
    [...flags, '--headless', `--user-data-dir=${profile}`, '--dump-dom', 'about:blank'],
    { timeoutMs: HEAR_TIMEOUT_MS, env },
  );
  if (result.code === 0) return null;
  const end = result.failure ?? (result.code === null ? 'crashed' : `exit code ${result.code}`);
  return [end, ...tellingLines(result.stderr)].join(' | ');
}

/**
 * The lines of a browser's standard error that say what is wrong, errors alone where some are marked: not
 * what every server lacks, such as a desktop bus, nor stack frames. Process numbers and times are cut off.
 */
export function tellingLines(text: string): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(/^\[[\d:/.]+:([A-Z]+):/, '[$1:'))
    .filter((line) => line !== '' && !NOISE.test(line));
  const marked = lines.filter((line) => /^\[(FATAL|ERROR):|error/i.test(line));
  return (marked.length > 0 ? marked : lines)
    .slice(-KEPT_LINES)
    .map((line) => line.slice(0, MAX_CHARACTERS));
}
