import { describe, expect, it } from 'vitest';
import { BrowserError } from '#shared/core/errors';
import { findBrowser, requireBrowser } from '#node/browser/find-browser';
import type { FindContext } from '#node/browser/find-browser';

type Machine = Readonly<{
  env?: Record<string, string>;
  platform?: string;
  /** Executable files and the version each says; null: it does not run. */
  files?: Record<string, string | null>;
  folders?: Record<string, readonly string[]>;
}>;

function machine({ env = {}, platform = 'linux', files = {}, folders = {} }: Machine): FindContext {
  return {
    env,
    platform,
    home: '/home/ada',
    listDirectory: (path) => Promise.resolve(folders[path] ?? []),
    isExecutable: (path) => Promise.resolve(path in files),
    readVersion: (path) => {
      const version = files[path];
      return Promise.resolve(
        version === null || version === undefined
          ? { ok: false, reason: 'libnss3.so: cannot open' }
          : { ok: true, version, needsBundledLibraries: false },
      );
    },
  };
}

const CACHED = '/home/ada/.cache/diorama/chromium/147.0.0/chromium';
const PUPPETEER = '/home/ada/.cache/puppeteer';
const everywhere = {
  files: {
    '/flag/chrome': 'Chrome 1.0',
    '/env/chrome': 'Chrome 2.0',
    '/pptr/chrome': 'Chrome 3.0',
    [CACHED]: 'Chromium 147.0.0',
    [`${PUPPETEER}/chrome/linux-148.0.1/chrome-linux64/chrome`]: 'Chrome 148.0.1',
    '/usr/bin/chromium': 'Chromium 156.0',
  },
  folders: {
    [`${PUPPETEER}/chrome`]: ['linux-148.0.1'],
    [`${PUPPETEER}/chrome/linux-148.0.1`]: ['chrome-linux64'],
  },
};

async function sourceOf(flag: string | undefined, given: Machine): Promise<string | undefined> {
  return (await findBrowser(flag, machine(given))).browser?.source;
}

describe('order of search', () => {
  const both = { DIORAMA_BROWSER: '/env/chrome', PUPPETEER_EXECUTABLE_PATH: '/pptr/chrome' };

  it('takes flag, our variable, Puppeteer’s variable, our cache, Puppeteer’s cache, system', async () => {
    expect(await sourceOf('/flag/chrome', { ...everywhere, env: both })).toBe('flag');
    expect(await sourceOf(undefined, { ...everywhere, env: both })).toBe('DIORAMA_BROWSER');
    const { PUPPETEER_EXECUTABLE_PATH } = both;
    expect(await sourceOf(undefined, { ...everywhere, env: { PUPPETEER_EXECUTABLE_PATH } })).toBe(
      'PUPPETEER_EXECUTABLE_PATH',
    );
    expect(await sourceOf(undefined, everywhere)).toBe('diorama-cache');
    const { [CACHED]: _cached, ...files } = everywhere.files;
    expect(await sourceOf(undefined, { ...everywhere, files })).toBe('puppeteer-cache');
    expect(await sourceOf(undefined, { files: { '/usr/bin/chromium': 'Chromium 156.0' } })).toBe(
      'system',
    );
  });

  it('takes the newest build of Puppeteer’s cache, comparing numbers as numbers', async () => {
    const at = (build: string): string => `${PUPPETEER}/chrome/${build}/chrome-linux64/chrome`;
    const { browser } = await findBrowser(
      undefined,
      machine({
        files: { [at('linux-99.0.1')]: 'Chrome 99.0.1', [at('linux-148.0.1')]: 'Chrome 148.0.1' },
        folders: {
          [`${PUPPETEER}/chrome`]: ['linux-148.0.1', 'linux-99.0.1'],
          [`${PUPPETEER}/chrome/linux-148.0.1`]: ['chrome-linux64'],
          [`${PUPPETEER}/chrome/linux-99.0.1`]: ['chrome-linux64'],
        },
      }),
    );
    expect(browser?.path).toBe(at('linux-148.0.1'));
  });

  it('honours DIORAMA_CACHE and PATH', async () => {
    const own = '/big/chromium/147.0.0/chromium';
    const env = { DIORAMA_CACHE: '/big', PATH: '/a:/b' };
    expect(await sourceOf(undefined, { env, files: { [own]: 'Chromium 147.0' } })).toBe(
      'diorama-cache',
    );
    const { browser } = await findBrowser(
      undefined,
      machine({ env, files: { '/b/google-chrome': 'Google Chrome 150.0' } }),
    );
    expect(browser).toMatchObject({ path: '/b/google-chrome', source: 'system' });
  });

  it('knows the usual places of macOS and Windows', async () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(await sourceOf(undefined, { platform: 'darwin', files: { [mac]: 'Chrome 1.0' } })).toBe(
      'system',
    );
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    expect(
      await sourceOf(undefined, {
        platform: 'win32',
        env: { PROGRAMFILES: 'C:\\Program Files' },
        files: { [windows]: 'Chrome 1.0' },
      }),
    ).toBe('system');
  });
});

describe('a path that was given', () => {
  it.each([
    ['--browser', '/nowhere', {}],
    ['DIORAMA_BROWSER', undefined, { DIORAMA_BROWSER: '/nowhere' }],
    ['PUPPETEER_EXECUTABLE_PATH', undefined, { PUPPETEER_EXECUTABLE_PATH: '/nowhere' }],
  ])('is an error where nothing is there: %s', async (name, flag, env) => {
    const search = findBrowser(flag, machine({ ...everywhere, env }));
    await expect(search).rejects.toThrow(BrowserError);
    await expect(search).rejects.toThrow(`${name}: expected the path`);
    await expect(search).rejects.toThrow('/nowhere');
  });

  it('is an error where it does not run, never passed over', async () => {
    const files = { ...everywhere.files, '/broken': null };
    await expect(findBrowser('/broken', machine({ ...everywhere, files }))).rejects.toThrow(
      'does not run as a browser: libnss3.so: cannot open',
    );
  });
});

describe('browsers that do not run', () => {
  it('are passed over when found by search, and told', async () => {
    const files = { [CACHED]: null, '/usr/bin/chromium': 'Chromium 156.0' };
    const search = await findBrowser(undefined, machine({ files }));
    expect(search.browser?.path).toBe('/usr/bin/chromium');
    expect(search.rejected.map((entry) => entry.path)).toEqual([CACHED]);
  });

  it('are named when there is no other', async () => {
    const context = machine({ files: { '/usr/bin/chromium': null } });
    await expect(requireBrowser(undefined, context)).rejects.toThrow(
      /diorama setup[\s\S]*\/usr\/bin\/chromium does not run: libnss3/,
    );
  });
});

describe('headless shell', () => {
  it('is told by its name, and our own cache holds one', async () => {
    const shell = '/usr/lib/chromium/chromium-headless-shell';
    const found = async (files: Record<string, string>): Promise<boolean | undefined> =>
      (await findBrowser(undefined, machine({ files }))).browser?.headlessShell;
    expect(await found({ [shell]: 'Chromium 156.0' })).toBe(true);
    expect(await found({ [CACHED]: 'Chromium 147.0' })).toBe(true);
    expect(await found({ '/usr/bin/chromium': 'Chromium 156.0' })).toBe(false);
  });
});
