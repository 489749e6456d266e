import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPacketFiles, type PacketFiles } from '#node/browser/packet-files';
import { createPacketMemory } from '#node/server/packet-memory';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'diorama-profile-'));
});
afterEach(() => {
  rmSync(profile, { recursive: true });
});

/** Writes a file below the profile. */
function write(path: string, contents: string | Uint8Array): void {
  const whole = join(profile, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, contents);
}

const memory = createPacketMemory();

/** Opens packet files whose page writes the marks into files of these names. */
async function openIn(names: readonly string[]): Promise<PacketFiles | string> {
  return openPacketFiles({ profile, memory }, (marks) => {
    for (const [i, name] of names.entries()) write(name, marks[i] ?? '');
    return Promise.resolve(null);
  });
}

async function requireFiles(names: readonly string[]): Promise<PacketFiles> {
  const files = await openIn(names);
  if (typeof files === 'string') throw new Error(files);
  return files;
}

const NAMES = ['Default/File System/000/t/00/00000000', 'elsewhere/b', 'c', 'd/e/f'];

describe('packet files', () => {
  it('are found by what they hold, wherever they are', async () => {
    write('Default/Preferences', '{}');
    write('Default/File System/000/t/00/00000009', 'f'.repeat(32));
    const files = await requireFiles(NAMES);
    for (const [i, name] of NAMES.entries()) write(name, new Uint8Array([i, 7, 8, 9]));
    for (const i of NAMES.keys()) expect([...(await files.read(i, 3))]).toEqual([i, 7, 8]);
  });

  it('are not used where one of them cannot be found', async () => {
    expect(await openIn(NAMES.slice(1))).toBe('3 of 4 files were found in its profile');
  });

  it('are not used where the page has none', async () => {
    const opened = openPacketFiles({ profile, memory }, () => Promise.resolve('SecurityError'));
    expect(await opened).toBe('SecurityError');
  });

  it('belong to one frame at a time', async () => {
    const files = await requireFiles(NAMES);
    expect([1, 2, 3, 4, 5].map(() => files.take())).toEqual([0, 1, 2, 3, null]);
    files.giveBack(1);
    expect([files.take(), files.take()]).toEqual([1, null]);
  });

  it('that are too short are a fault that another browser may mend, and keep no memory', async () => {
    const files = await requireFiles(NAMES);
    write(NAMES[1] ?? '', new Uint8Array(2 ** 16));
    const reading = files.read(1, 2 ** 17);
    await expect(reading).rejects.toMatchObject({ failure: 'lost', retryable: true });
    await expect(reading).rejects.toThrow('expected 131072 bytes, got 65536');
    expect(await files.read(1, 2 ** 16)).toHaveLength(2 ** 16);
  });
});
