import { posix, resolve, win32 } from 'node:path';
import {
  EMBEDDED_CHROMIUM_VERSION,
  cacheDirectory,
  embeddedChromiumDirectory,
} from './cache-directory.ts';
import type { BrowserSource, Environment } from './browser-types.ts';

/** A place where a browser may be. */
export type BrowserCandidate = Readonly<{ path: string; source: BrowserSource }>;

/** What the search may see of the machine; tests hand in one of their own. */
export type SearchContext = Readonly<{
  env: Environment;
  platform: string;
  home: string;
  /** Names in a folder; empty where there is no such folder. */
  listDirectory: (path: string) => Promise<readonly string[]>;
}>;

/** Paths and names below a `chrome-<platform>` folder of Puppeteer's cache. */
const PUPPETEER_EXECUTABLES: Readonly<Record<string, readonly string[]>> = {
  linux: ['chrome', 'chrome-headless-shell'],
  darwin: [
    'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-headless-shell',
  ],
  win32: ['chrome.exe', 'chrome-headless-shell.exe'],
};

const NAMES_ON_PATH: readonly string[] = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'chrome-headless-shell',
];

/** A path that the user gave, or null. The flag comes before the environment. */
export function explicitCandidate(
  flag: string | undefined,
  env: Environment,
): BrowserCandidate | null {
  if (flag !== undefined && flag !== '') return { path: resolve(flag), source: 'flag' };
  for (const name of ['DIORAMA_BROWSER', 'PUPPETEER_EXECUTABLE_PATH'] as const) {
    const value = env[name];
    if (value !== undefined && value !== '') return { path: resolve(value), source: name };
  }
  return null;
}

/** Every place to look at, in order: our cache, Puppeteer's cache, the system. */
export async function implicitCandidates(
  context: SearchContext,
): Promise<readonly BrowserCandidate[]> {
  const embedded = posix.join(
    embeddedChromiumDirectory(cacheDirectory(context.env, context.home), EMBEDDED_CHROMIUM_VERSION),
    'chromium',
  );
  // The embedded build is for Linux on x64 alone; elsewhere nothing of ours puts one there.
  const own = context.platform === 'linux' ? [embedded] : [];
  return [
    ...own.map((path) => ({ path, source: 'diorama-cache' as const })),
    ...(await puppeteerCandidates(context)).map((path) => ({
      path,
      source: 'puppeteer-cache' as const,
    })),
    ...systemCandidates(context).map((path) => ({ path, source: 'system' as const })),
  ];
}

/** Folder into which Puppeteer downloads: `$PUPPETEER_CACHE_DIR`, else `~/.cache/puppeteer`. */
export function puppeteerCacheDirectory(context: Omit<SearchContext, 'listDirectory'>): string {
  const chosen = context.env['PUPPETEER_CACHE_DIR'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return (context.platform === 'win32' ? win32 : posix).join(context.home, '.cache', 'puppeteer');
}

/** Puppeteer's cache: `<cache>/<product>/<platform>-<build>/<product>-<platform>/<executable>`, newest first. */
async function puppeteerCandidates(context: SearchContext): Promise<readonly string[]> {
  const join = (...parts: string[]): string =>
    (context.platform === 'win32' ? win32 : posix).join(...parts);
  const cache = puppeteerCacheDirectory(context);
  const names = PUPPETEER_EXECUTABLES[context.platform] ?? [];
  const found: string[] = [];
  for (const product of ['chrome', 'chrome-headless-shell']) {
    const builds = [...(await context.listDirectory(join(cache, product)))].sort(byVersionDown);
    for (const build of builds) {
      const folders = await context.listDirectory(join(cache, product, build));
      for (const folder of folders.filter((name) => name.startsWith(`${product}-`))) {
        for (const name of names) found.push(join(cache, product, build, folder, name));
      }
    }
  }
  return found;
}

function systemCandidates(context: SearchContext): readonly string[] {
  if (context.platform === 'win32') return windowsCandidates(context.env);
  const folders = (context.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const onPath = NAMES_ON_PATH.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  if (context.platform === 'darwin') {
    const bundles = ['Google Chrome', 'Chromium', 'Google Chrome for Testing'].map(
      (name) => `Applications/${name}.app/Contents/MacOS/${name}`,
    );
    const roots = ['/', context.home];
    return [...roots.flatMap((root) => bundles.map((path) => posix.join(root, path))), ...onPath];
  }
  const usual = [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/lib/chromium/chromium-headless-shell',
    '/snap/bin/chromium',
  ];
  return [...new Set([...usual, ...onPath])];
}

function windowsCandidates(env: Environment): readonly string[] {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => env[name])
    .filter((root) => root !== undefined && root !== '');
  const tails = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
  const usual = roots.flatMap((root) => tails.map((tail) => win32.join(root ?? '', tail)));
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(';').filter((folder) => folder !== '');
  return [...usual, ...folders.map((folder) => win32.join(folder, 'chrome.exe'))];
}

/** Orders `linux-148.0.7778.97` before `linux-99.0.1.2`: numbers compare as numbers. */
function byVersionDown(left: string, right: string): number {
  const [ours, theirs] = [left, right].map((name) => (name.match(/\d+/g) ?? []).map(Number));
  for (let part = 0; part < 4; part += 1) {
    const difference = (theirs?.[part] ?? 0) - (ours?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
