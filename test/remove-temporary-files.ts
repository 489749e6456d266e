import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Short: Chromium puts a socket far below it, whose path may have 107 characters. */
const PREFIX = 'dio-';

/**
 * Gives all tests of a run one temporary folder, and removes it with whatever they left there. Vitest runs
 * this for the whole and for each project; the first makes the folder.
 */
export function setup(): () => void {
  if (basename(tmpdir()).startsWith(PREFIX)) return () => undefined;
  const outer = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  process.env['TMPDIR'] = folder;
  return () => {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    rmSync(folder, { recursive: true, force: true });
  };
}
