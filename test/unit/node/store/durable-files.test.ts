import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WriteError } from '#shared/core/errors';
import { lockDataset } from '#node/store/dataset-lock';
import { describeWriteFailure, writeFileAtomically } from '#node/store/durable-files';
import { makeFolder, readTree } from './make-dataset.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder that even root cannot write: the kernel's own. */
const READ_ONLY = '/sys/kernel';

describe('writeFileAtomically', () => {
  it('writes chunks as one file and leaves nothing else', async () => {
    await writeFileAtomically(join(folder, 'a.txt'), ['one ', Buffer.from('two '), 'drei ü']);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one two drei ü');
    expect(Object.keys(readTree(folder))).toEqual(['a.txt']);
  });

  it('keeps the old file where the new one breaks off', async () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'old');
    function* chunks(): Generator<string> {
      yield 'new';
      throw new Error('the source broke off');
    }
    await expect(writeFileAtomically(path, chunks())).rejects.toThrow('the source broke off');
    expect(readTree(folder)).toEqual({ 'a.txt': 'old' });
  });

  it('replaces what a killed run left', async () => {
    writeFileSync(join(folder, 'a.txt.partial'), 'torn, and longer than the new text');
    await writeFileAtomically(join(folder, 'a.txt'), 'new');
    expect(readTree(folder)).toEqual({ 'a.txt': 'new' });
  });

  it('says which folder cannot be written', async () => {
    mkdirSync(join(folder, 'a.txt'));
    const failure: unknown = await writeFileAtomically(join(folder, 'a.txt'), 'x').catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(WriteError);
    expect((failure as Error).message).toContain(`cannot write ${join(folder, 'a.txt')}: `);
    expect(existsSync(join(folder, 'a.txt.partial'))).toBe(false);
  });
});

describe('a read-only place', () => {
  it('is refused in words', async (test) => {
    try {
      accessSync(READ_ONLY, constants.F_OK);
    } catch {
      test.skip('this system has no /sys, and root may write to any other folder');
    }
    await expect(lockDataset(join(READ_ONLY, 'out'))).rejects.toThrow(
      /cannot write \/sys\/kernel\/out: .*Choose another folder with --out/,
    );
  });
});

describe('describeWriteFailure', () => {
  it.each([
    [
      'ENOSPC',
      'the disk is full. Free some space, then run the same command again: it continues. (ENOSPC)',
    ],
    ['EROFS', 'the file system is read-only. Choose another folder with --out. (EROFS)'],
    [
      'EACCES',
      'no permission to write. Choose another folder with --out, or change its permissions. (EACCES)',
    ],
  ])('%s', (code, text) => {
    expect(describeWriteFailure('out/x', Object.assign(new Error('raw'), { code }))).toBe(
      `cannot write out/x: ${text}`,
    );
  });

  it('hands on what it does not know', () => {
    expect(describeWriteFailure('out/x', new Error('EIO: input/output error'))).toBe(
      'cannot write out/x: EIO: input/output error',
    );
  });
});
