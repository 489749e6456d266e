import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commandLineOf, listProcesses } from '#node/browser/process-tree';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.skipIf(process.platform === 'win32')(
  'takes along, at an exit, a browser that has not told its number yet, and its profile',
  async () => {
    const script = fileURLToPath(new URL('exit-with-browser.ts', import.meta.url));
    const flags = ['--import', 'tsx', '--conditions=source'];
    const child = spawn(process.execPath, [...flags, script, folder], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(readdirSync(folder)).toEqual([]);
    const left = listProcesses().filter(({ pid }) => commandLineOf(pid).includes(folder));
    expect(left).toEqual([]);
  },
);
