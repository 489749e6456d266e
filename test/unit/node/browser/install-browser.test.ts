import { describe, expect, it } from 'vitest';
import { BrowserError } from '#shared/core/errors';
import { installBrowser } from '#node/browser/install-browser';
import {
  installDebianPackages,
  missingDebianPackages,
} from '#node/browser/install-debian-packages';
import type { CommandResult } from '#node/browser/run-command';
import type { BrowserSearch } from '#node/browser/find-browser';

const found: BrowserSearch = {
  browser: {
    path: '/usr/bin/chromium',
    source: 'system',
    version: 'Chromium 156.0',
    headlessShell: false,
    libraryPath: null,
  },
  rejected: [],
};
const nothing: BrowserSearch = { browser: null, rejected: [] };
const way = (name: string, failure: string | null, tried: string[]) => ({
  name,
  attempt: () => {
    tried.push(name);
    return Promise.resolve(failure);
  },
});

describe('installBrowser', () => {
  it('tries one way after the other and stops at the first that brings a browser that runs', async () => {
    const tried: string[] = [];
    const lines: string[] = [];
    const browser = await installBrowser({
      log: (line) => lines.push(line),
      ways: [way('first', 'refused', tried), way('second', null, tried), way('third', null, tried)],
      find: () => Promise.resolve(found),
    });
    expect(browser).toBe(found.browser);
    expect(tried).toEqual(['first', 'second']);
    expect(lines).toEqual(['trying first', 'first: refused', 'trying second']);
  });

  it('does not believe a way whose browser does not run', async () => {
    const tried: string[] = [];
    const install = installBrowser({
      log: () => undefined,
      ways: [way('first', null, tried), way('second', 'no root', tried)],
      find: () => Promise.resolve(nothing),
    });
    await expect(install).rejects.toThrow(BrowserError);
    await expect(install).rejects.toThrow(
      /first: what it brought does not run[\s\S]*second: no root[\s\S]*DIORAMA_BROWSER/,
    );
    expect(tried).toEqual(['first', 'second']);
  });
});

function answer(code: number, stderr = '', stdout = ''): CommandResult {
  return { code, stdout, stderr, failure: null };
}

/** Answers in turn, and remembers what was run. */
function packageTool(answers: CommandResult[]) {
  const commands: string[] = [];
  const run = (program: string, args: readonly string[]): Promise<CommandResult> => {
    commands.push([program, ...args].join(' '));
    return Promise.resolve(answers.shift() ?? answer(99));
  };
  return { commands, run };
}

describe('installDebianPackages', () => {
  const install = 'apt-get install -y --no-install-recommends libegl1';
  const log = (): void => undefined;

  it('waits while another process holds the lock', async () => {
    const locked = answer(100, 'E: Could not get lock /var/lib/dpkg/lock-frontend.');
    const { commands, run } = packageTool([locked, locked, answer(0)]);
    expect(await installDebianPackages(['libegl1'], { log, run, lockDelayMs: 0 })).toBeNull();
    expect(commands).toEqual([install, install, install]);
  });

  it('refreshes the package lists once where a package is not found', async () => {
    const unknown = answer(100, 'E: Unable to locate package libegl1');
    const good = packageTool([unknown, answer(0), answer(0)]);
    expect(await installDebianPackages(['libegl1'], { log, run: good.run })).toBeNull();
    expect(good.commands).toEqual([install, 'apt-get update', install]);
    const bad = packageTool([unknown, answer(0), unknown]);
    expect(await installDebianPackages(['libegl1'], { log, run: bad.run })).toMatch(
      'Unable to locate package libegl1',
    );
    expect(bad.commands).toHaveLength(3);
  });

  it('gives up at once for another reason', async () => {
    const { commands, run } = packageTool([answer(100, 'E: You have held broken packages.')]);
    expect(await installDebianPackages(['libegl1'], { log, run })).toMatch('held broken packages');
    expect(commands).toHaveLength(1);
  });

  it('asks dpkg what is missing', async () => {
    const { run } = packageTool([
      answer(0, '', 'installed'),
      answer(0, '', 'config-files'),
      answer(1),
    ]);
    expect(await missingDebianPackages(['a', 'b', 'c'], run)).toEqual(['b', 'c']);
  });
});
