import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import puppeteer from 'puppeteer';
import type { Browser } from 'puppeteer';
import { BrowserError } from '#shared/core/errors';
import { hearBrowser } from './hear-browser.ts';
import { launchEnvironment, launchFlags } from './launch-flags.ts';
import { trackBrowser } from './own-browsers.ts';
import { endProcesses, processTree, survivors } from './process-tree.ts';
import type { Backend, Environment, FoundBrowser, SandboxMode } from './browser-types.ts';

/** How long a browser may take to close before its processes are ended. */
const CLOSE_TIMEOUT_MS = 5_000;
const LAUNCH_TIMEOUT_MS = 60_000;
/** How long processes that were told to end may take to be gone. */
const GONE_TIMEOUT_MS = 30_000;
/** One call into the page may be a long render; the page client has time-outs of its own. */
const PROTOCOL_TIMEOUT_MS = 0;

export type LaunchOptions = Readonly<{
  browser: FoundBrowser;
  backend: Backend;
  /** llvmpipe's threads in this browser; 0: none beside the calling one. Other back ends ignore it. */
  threadsPerBrowser?: number | undefined;
  sandbox: SandboxMode;
  /**
   * Whether Puppeteer tells of the requests of its pages, and has answers to look at. DevTools then keeps the
   * body of each request for as long as the browser runs: what posts frames goes without.
   */
  networkEvents: boolean;
  /** The one port of 127.0.0.1 that pages may reach; none where it is left out. */
  loopbackPort?: number | undefined;
}>;

/** A browser that runs, with what is needed to end it for certain. */
export type LaunchedBrowser = Readonly<{
  browser: Browser;
  backend: Backend;
  /** Product and version, such as `Chrome/156.0.8078.79`. */
  product: string;
  /** Whether Chromium's sandbox is on; the user is told where it is not. */
  sandboxed: boolean;
  pid: number;
  profile: string;
  untrack: () => void;
}>;

/**
 * Starts a browser without a window, behind the network fence, with a profile of its own in the
 * temporary folder. Signals are left to the caller.
 *
 * @throws BrowserError where it does not start.
 */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const sandboxed = sandboxIsOn(options.sandbox);
  // At once: no signal comes between a profile and its being known.
  const profile = mkdtempSync(join(tmpdir(), 'diorama-profile-'));
  const untrack = trackBrowser(profile);
  try {
    const browser = await startBrowser(options, { sandboxed, profile });
    const pid = browser.process()?.pid;
    if (pid === undefined) throw new Error('the browser has no process');
    const product = await browser.version();
    return { browser, backend: options.backend, product, sandboxed, pid, profile, untrack };
  } catch (error) {
    const heard = await hearBrowser({
      path: options.browser.path,
      profile,
      ...launchSettings(options, sandboxed),
    });
    await rm(profile, { recursive: true, force: true });
    untrack();
    throw new BrowserError(explainLaunchFailure(options, { sandboxed, heard, error }), {
      cause: error,
    });
  }
}

/**
 * Whether the sandbox is used: as root Chromium refuses to start with it.
 *
 * @throws BrowserError where it is asked for and the environment makes Puppeteer drop it unasked.
 */
export function sandboxIsOn(
  mode: SandboxMode,
  given: Readonly<{ userId: number | undefined; env: Environment }> = {
    userId: process.getuid?.(),
    env: process.env,
  },
): boolean {
  const dropped = given.env['PUPPETEER_DANGEROUS_NO_SANDBOX'] === 'true';
  if (mode === 'on' && dropped) {
    throw new BrowserError(
      'the sandbox was asked for, but PUPPETEER_DANGEROUS_NO_SANDBOX is "true". Unset it.',
    );
  }
  return mode === 'on' || (mode === 'auto' && given.userId !== 0 && !dropped);
}

/**
 * Closes a browser and makes sure that none of its processes is left and its profile is gone. A browser
 * that does not close in 5 s is ended by its process numbers. Safe to call twice, and after a crash.
 */
export async function closeBrowser(launched: LaunchedBrowser): Promise<void> {
  const members = processTree(launched.pid);
  const closed = launched.browser.close().catch(() => undefined);
  const patience = new AbortController();
  await Promise.race([
    closed,
    delay(CLOSE_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
  // Whatever was started while it closed, and whatever did not go.
  const late = processTree(launched.pid);
  await endForCertain([...members, ...late]);
  await rm(launched.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  launched.untrack();
}

async function endForCertain(members: ReturnType<typeof processTree>): Promise<void> {
  const deadline = process.hrtime.bigint() + BigInt(GONE_TIMEOUT_MS) * 1_000_000n;
  let left = survivors(members);
  while (left.length > 0 && process.hrtime.bigint() < deadline) {
    endProcesses(left.map((entry) => entry.pid));
    await delay(20);
    left = survivors(left);
  }
  if (left.length > 0) {
    const pids = left.map((entry) => entry.pid).join(', ');
    throw new BrowserError(`browser processes ${pids} do not end. End them by hand.`);
  }
}

function launchSettings(
  options: LaunchOptions,
  sandboxed: boolean,
): Readonly<{ flags: readonly string[]; env: Environment }> {
  const { backend, browser, loopbackPort, threadsPerBrowser: threads = 0 } = options;
  return {
    flags: launchFlags({ backend, platform: process.platform, sandboxed, loopbackPort }),
    env: launchEnvironment(process.env, { backend, browser, threads }),
  };
}

function startBrowser(
  options: LaunchOptions,
  given: Readonly<{ sandboxed: boolean; profile: string }>,
): Promise<Browser> {
  const { flags, env } = launchSettings(options, given.sandboxed);
  return puppeteer.launch({
    executablePath: options.browser.path,
    headless: options.browser.headlessShell ? 'shell' : true,
    pipe: true,
    networkEnabled: options.networkEvents,
    args: [...flags],
    env,
    userDataDir: given.profile,
    timeout: LAUNCH_TIMEOUT_MS,
    protocolTimeout: PROTOCOL_TIMEOUT_MS,
    defaultViewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** What is known of a launch that failed. */
export type LaunchFailure = Readonly<{
  sandboxed: boolean;
  /** What the browser said when it was started by itself; null where it then ended well. */
  heard: string | null;
  error: unknown;
}>;

/** Why a browser did not start, in its own words where it has any, with what to do about its sandbox. */
export function explainLaunchFailure(
  { browser, backend }: Pick<LaunchOptions, 'browser' | 'backend'>,
  { sandboxed, heard, error }: LaunchFailure,
): string {
  const reason = error instanceof Error ? error.message.trim() : String(error);
  const said = heard === null ? [] : [`By itself it says: ${heard}`];
  const sandbox =
    sandboxed && /sandbox|zygote|namespace/i.test([reason, ...said].join())
      ? [
          'Its sandbox cannot be used here (root, or user namespaces are forbidden): allow user ' +
            'namespaces, or give --sandbox off if you trust every asset.',
        ]
      : [];
  return [
    `"${browser.path}" (${browser.version}) does not start with the ${backend} back end: ${reason}`,
    ...said,
    ...sandbox,
  ]
    .map((sentence) => sentence.replace(/[.\s]*$/, '.'))
    .join(' ');
}
