import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BrowserError } from '#shared/core/errors';
import { puppeteerCacheDirectory } from './browser-candidates.ts';
import { cacheDirectory } from './cache-directory.ts';
import { findBrowser } from './find-browser.ts';
import {
  MESA_PACKAGES,
  canInstallDebianPackages,
  installDebianPackages,
  missingDebianPackages,
} from './install-debian-packages.ts';
import { installEmbeddedChromium } from './install-embedded-chromium.ts';
import { describeFailure, runCommand } from './run-command.ts';
import type { BrowserSearch } from './find-browser.ts';
import type { FoundBrowser, LogLine } from './browser-types.ts';

/** A way to get a browser. `attempt` returns null, or why it failed. */
export type InstallWay = Readonly<{ name: string; attempt: () => Promise<string | null> }>;

export type InstallOptions = Readonly<{
  log: LogLine;
  /** Ways to try, in order; the real ones unless a test says otherwise. */
  ways?: readonly InstallWay[] | undefined;
  find?: (() => Promise<BrowserSearch>) | undefined;
}>;

/**
 * How long Puppeteer's download may take. A closed network refuses it at once or not at all, and a
 * command that hangs for long is taken for broken.
 */
const DOWNLOAD_TIMEOUT_MS = 150_000;

/**
 * Gets a browser where there is none: Puppeteer's download, then Debian's packages as root, then the
 * Chromium inside an npm package. A way counts only when the browser that it brought runs.
 *
 * @throws BrowserError with what was tried, why it failed, and what to do.
 */
export async function installBrowser(options: InstallOptions): Promise<FoundBrowser> {
  const { log } = options;
  const find = options.find ?? (() => findBrowser(undefined));
  const failures: string[] = [];
  for (const way of options.ways ?? installWays(log)) {
    log(`trying ${way.name}`);
    const failure = await way.attempt();
    if (failure === null) {
      const { browser, rejected } = await find();
      if (browser !== null) return browser;
      const reasons = rejected.map((entry) => `${entry.path}: ${entry.reason}`).join('; ');
      failures.push(`${way.name}: what it brought does not run (${reasons})`);
    } else {
      failures.push(`${way.name}: ${failure}`);
    }
    log(failures.at(-1) ?? '');
  }
  throw new BrowserError(
    `could not get a browser:\n${failures.map((line) => `  ${line}`).join('\n')}\n` +
      'Install Chrome or Chromium with the means of your system (on Debian, as root: ' +
      `apt-get install chromium ${MESA_PACKAGES.join(' ')}), or copy one here and give its path ` +
      'with --browser or DIORAMA_BROWSER.',
  );
}

/** What became of Mesa, the faster of the two software renderers. */
export type MesaOutcome = Readonly<{
  state: 'present' | 'installed' | 'failed' | 'not-ours';
  detail: string;
}>;

/**
 * Installs Mesa's software renderer where that may be done unasked (Debian, as root): it draws 3.5 to
 * 4.5 times faster than SwiftShader. Elsewhere it says so and does nothing.
 */
export async function ensureMesa(log: LogLine): Promise<MesaOutcome> {
  const names = MESA_PACKAGES.join(' ');
  if (!(await canInstallDebianPackages())) {
    return { state: 'not-ours', detail: `not Debian or not root; ${names} are left to you` };
  }
  const missing = await missingDebianPackages(MESA_PACKAGES);
  if (missing.length === 0) return { state: 'present', detail: `${names} are installed` };
  const failure = await installDebianPackages(missing, { log });
  return failure === null
    ? { state: 'installed', detail: `${missing.join(' ')} were installed` }
    : { state: 'failed', detail: failure };
}

function installWays(log: LogLine): readonly InstallWay[] {
  const context = { env: process.env, platform: process.platform, home: homedir() };
  return [
    {
      name: "Puppeteer's download of Chrome",
      attempt: () => downloadChrome(puppeteerCacheDirectory(context)),
    },
    {
      name: "Debian's chromium",
      attempt: async () =>
        (await canInstallDebianPackages())
          ? installDebianPackages(['chromium', ...MESA_PACKAGES], { log })
          : 'not root on Debian or Ubuntu',
    },
    {
      name: 'the Chromium inside the npm package @sparticuz/chromium',
      attempt: () => installEmbeddedChromium(cacheDirectory(process.env), log),
    },
  ];
}

/** Runs Puppeteer's own installer in a process of its own, which a time-out can end. */
async function downloadChrome(cache: string): Promise<string | null> {
  const require = createRequire(import.meta.url);
  const manifestPath = require.resolve('puppeteer/package.json');
  const manifest = require(manifestPath) as Readonly<{ bin: string }>;
  const program = join(dirname(manifestPath), manifest.bin);
  const args = [program, 'browsers', 'install', 'chrome', '--path', cache];
  const result = await runCommand(process.execPath, args, {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    cwd: tmpdir(),
  });
  return result.code === 0 ? null : describeFailure(result);
}
