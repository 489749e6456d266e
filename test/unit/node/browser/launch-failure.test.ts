import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hearBrowser, tellingLines } from '#node/browser/hear-browser';
import { explainLaunchFailure } from '#node/browser/launch-browser';

const browser = {
  path: '/opt/chrome',
  source: 'flag',
  version: 'Chrome 150.0',
  headlessShell: false,
  libraryPath: null,
} as const;
const explain = (failure: Readonly<{ sandboxed: boolean; heard: string | null }>) =>
  explainLaunchFailure({ browser, backend: 'mesa' }, { ...failure, error: new Error('gone') });

describe('explainLaunchFailure', () => {
  it('adds what the browser itself says', () => {
    expect(explain({ sandboxed: false, heard: 'exit code 7 | boom.' })).toBe(
      '"/opt/chrome" (Chrome 150.0) does not start with the mesa back end: gone. ' +
        'By itself it says: exit code 7 | boom.',
    );
    expect(explain({ sandboxed: false, heard: null })).toMatch(/back end: gone\.$/);
  });

  it.each([
    '[FATAL:zygote_host_impl_linux.cc:207] Check failed: . : No such file or directory (2)',
    '[FATAL:zygote_host_impl_linux.cc:128] No usable sandbox!',
  ])('knows a sandbox that cannot be used by %s', (heard) => {
    expect(explain({ sandboxed: true, heard })).toContain('--sandbox off');
    expect(explain({ sandboxed: false, heard })).not.toContain('--sandbox off');
  });
});

describe('tellingLines', () => {
  it('keeps the errors, without what every server lacks, stacks, numbers and times', () => {
    const text = [
      '/usr/bin/chromium: 9: [: 25276514304: unexpected operator',
      '[5471:5499:1125/030931.428989:ERROR:dbus/bus.cc:405] Failed to connect to the bus',
      '[5447:5447:1125/030930.638359:FATAL:zygote_host_impl_linux.cc:101] No usable sandbox!',
      '[1:1:1/2:ERROR:third_party/crashpad/crashpad/util/file/file_io_posix.cc:145] open /sys',
      '#0 0x55d0c8a1 base::debug::StackTrace',
      '[end of stack trace]',
    ].join('\n');
    expect(tellingLines(text)).toEqual([
      '[FATAL:zygote_host_impl_linux.cc:101] No usable sandbox!',
    ]);
  });

  it('keeps the last lines where none is marked', () => {
    expect(tellingLines('one\n\ntwo\nthree\nfour')).toEqual(['two', 'three', 'four']);
  });
});

describe.skipIf(process.platform === 'win32')('hearBrowser', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'diorama-hear-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const program = (text: string): string => {
    const path = join(folder, 'browser');
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const hear = (path: string) =>
    hearBrowser({ path, flags: ['--flag'], env: process.env, profile: folder });

  it('tells how a browser ended and what it said', async () => {
    expect(await hear(program('echo "no display for $1" >&2; exit 7'))).toBe(
      'exit code 7 | no display for --flag',
    );
  });

  it('tells of one that was ended by a signal', async () => {
    expect(await hear(program('echo gone >&2; kill -9 $$'))).toBe('crashed | gone');
  });

  it('has nothing to tell of one that ended well', async () => {
    expect(await hear(program('echo "[1:2:3/4:ERROR:x.cc:5] odd" >&2; exit 0'))).toBeNull();
  });
});
