import { access, constants, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BrowserError } from '#shared/core/errors';
import { explicitCandidate, implicitCandidates } from './browser-candidates.ts';
import type { BrowserCandidate, SearchContext } from './browser-candidates.ts';
import { readBrowserVersion } from './browser-version.ts';
import type { VersionReading } from './browser-version.ts';
import type { FoundBrowser } from './browser-types.ts';

/** The machine as the search sees it. */
export type FindContext = SearchContext &
  Readonly<{
    /** True for a file that may be executed. */
    isExecutable: (path: string) => Promise<boolean>;
    /** Starts the browser far enough to say its version. */
    readVersion: (path: string) => Promise<VersionReading>;
  }>;

/** A place that held a browser which does not run, and why. */
export type RejectedBrowser = BrowserCandidate & Readonly<{ reason: string }>;

export type BrowserSearch = Readonly<{
  /** The first browser that runs, or null. */
  browser: FoundBrowser | null;
  /** Browsers that came before it and do not run; worth a line to the user. */
  rejected: readonly RejectedBrowser[];
}>;

/** The real machine. */
export function systemFindContext(): FindContext {
  return {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    listDirectory: listDirectory,
    isExecutable: isExecutable,
    readVersion: (path) => readBrowserVersion(path, process.env),
  };
}

/**
 * Looks for a Chromium: `--browser`, `DIORAMA_BROWSER`, `PUPPETEER_EXECUTABLE_PATH`, our cache,
 * Puppeteer's cache, the system.
 *
 * @param explicitPath what `--browser` said, if anything.
 * @throws BrowserError where a path that the user gave does not exist or does not run. It is never
 *   passed over for another browser.
 */
export async function findBrowser(
  explicitPath: string | undefined,
  context: FindContext = systemFindContext(),
): Promise<BrowserSearch> {
  const explicit = explicitCandidate(explicitPath, context.env);
  if (explicit !== null) {
    return { browser: await requireExplicit(explicit, context), rejected: [] };
  }
  const rejected: RejectedBrowser[] = [];
  for (const candidate of await implicitCandidates(context)) {
    if (!(await context.isExecutable(candidate.path))) continue;
    const reading = await context.readVersion(candidate.path);
    if (reading.ok) return { browser: describeBrowser(candidate, reading), rejected };
    rejected.push({ ...candidate, reason: reading.reason });
  }
  return { browser: null, rejected };
}

/**
 * As {@link findBrowser}, but a browser is required.
 *
 * @throws BrowserError where there is none, with the command that gets one.
 */
export async function requireBrowser(
  explicitPath: string | undefined,
  context: FindContext = systemFindContext(),
): Promise<FoundBrowser> {
  const { browser, rejected } = await findBrowser(explicitPath, context);
  if (browser !== null) return browser;
  const broken = rejected.map((entry) => `\n  ${entry.path} does not run: ${entry.reason}`);
  throw new BrowserError(
    `no Chrome or Chromium found. Run "diorama setup", ` +
      `or give a path with --browser or DIORAMA_BROWSER.${broken.join('')}`,
  );
}

async function requireExplicit(
  candidate: BrowserCandidate,
  context: FindContext,
): Promise<FoundBrowser> {
  const given = candidate.source === 'flag' ? '--browser' : candidate.source;
  if (!(await context.isExecutable(candidate.path))) {
    throw new BrowserError(
      `${given}: expected the path of a Chrome or Chromium, found no executable file at ` +
        `"${candidate.path}". Correct or remove ${given}.`,
    );
  }
  const reading = await context.readVersion(candidate.path);
  if (!reading.ok) {
    throw new BrowserError(
      `${given}: "${candidate.path}" does not run as a browser: ${reading.reason}. ` +
        `Correct or remove ${given}.`,
    );
  }
  return describeBrowser(candidate, reading);
}

function describeBrowser(
  candidate: BrowserCandidate,
  reading: Extract<VersionReading, { ok: true }>,
): FoundBrowser {
  return {
    ...candidate,
    version: reading.version,
    headlessShell:
      candidate.source === 'diorama-cache' || /headless[-_]shell/.test(basename(candidate.path)),
    libraryPath: reading.needsBundledLibraries ? join(dirname(candidate.path), 'lib') : null,
  };
}

async function listDirectory(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch {
    return [];
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
