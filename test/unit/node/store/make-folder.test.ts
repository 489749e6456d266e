import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '#node/store/make-folder';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'diorama-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('makeFolder', () => {
  it('makes a folder with those above it, side by side and again', async () => {
    const paths = ['a/b/c', 'a/b/d', 'a', 'a/b/c'].map((path) => join(folder, path));
    await Promise.all(paths.map(makeFolder));
    await makeFolder(join(folder, 'a/b/c'));
    for (const path of paths) expect(statSync(path).isDirectory()).toBe(true);
  });

  it('says that a file stands in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeFolder(join(folder, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(!existsSync('/proc/self'))(
    'comes back from a file system that has no folder to give',
    async () => {
      await expect(makeFolder('/proc/diorama/out')).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});
