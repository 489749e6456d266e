import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyReport } from '#node/verify/verify-dataset';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeTrueDataset } from '../node/verify/make-true-dataset.ts';
import { makeIo } from './make-io.ts';

async function run(...argv: readonly string[]) {
  const { io, out, err } = makeIo();
  const code = await runCli(['verify', ...argv], io);
  return { code, out: out(), err: err() };
}

let folder: string;
beforeAll(async () => {
  folder = await makeTrueDataset();
});
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe('diorama verify', () => {
  it('says ok, with 0', async () => {
    const end = { code: 0, out: `ok: ${folder}: 4 frames, checked; 0 errors\n`, err: '' };
    expect(await run(folder)).toEqual(end);
  });

  it('prints a line for each problem, and ends with 1 where one is an error', async () => {
    const damaged = await makeTrueDataset({}, [0, 2]);
    writeFileSync(join(damaged, 'images/000002.png'), 'no image');
    writeFileSync(join(damaged, 'notes.txt'), 'mine');
    const { code, out } = await run(damaged);
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(
        /^error: frame 2: images\/000002\.png: expected \d+ bytes, found 8\. Reproduce: npx diorama /,
      ),
      expect.stringMatching(/^error: frame 2: images\/000002\.png: expected an image, /),
      'warning: expected 4 frames, found 2; not there: 1, 3.',
      'note: notes.txt: no frame of the journal has this file.',
      `not ok: ${damaged}: 2 of 4 frames, checked; 2 errors, 1 warning, 1 note`,
    ]);
    expect((await run(damaged, '--frames', '0')).code).toBe(0);
    expect((await run(damaged, '--frames', '0..1', '--complete')).code).toBe(1);
    rmSync(dirname(damaged), { recursive: true });
  });

  it('prints a report as JSON', async () => {
    const { code, out } = await run(folder, '--json', '--frames', '1..2');
    expect(code).toBe(0);
    expect(JSON.parse(out) as VerifyReport).toEqual({
      folder,
      name: 'test',
      outcome: 'ok',
      writing: false,
      frames: { expected: 2, found: 2, checked: 2 },
      rerendered: [],
      errors: 0,
      groups: [],
    });
  });

  it('ends with 130 where it was interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const { io, out } = makeIo(controller.signal);
    expect(await runCli(['verify', folder], io)).toBe(130);
    expect(out()).toBe(`interrupted: ${folder}: 4 frames, 0 checked; 0 errors\n`);
  });

  it.each([
    [['no-such-folder'], 'no-such-folder: expected a dataset, found no dataset.json'],
    [['x', '--rerender', '2'], '--rerender: expected --config with it'],
    [
      ['x', '--rerender', '0', '--config', 'x.yaml'],
      '--rerender: expected a whole number from 1, got 0',
    ],
    [['x', '--frames', 'all'], '--frames: expected a frame such as 17'],
  ])('%j ends with 2 and says what was expected', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
