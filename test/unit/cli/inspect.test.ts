import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeLabelledDataset } from '../node/inspect/make-labelled-dataset.ts';
import { makeIo } from './make-io.ts';

async function run(...argv: readonly string[]) {
  const { io, out, err } = makeIo();
  const code = await runCli(['inspect', ...argv], io);
  return { code, out: out(), err: err() };
}

let folder: string;
beforeAll(async () => {
  folder = await makeLabelledDataset([0, 1]);
});
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe('diorama inspect', () => {
  it('draws frames and says where', async () => {
    const { code, out, err } = await run(folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${join(folder, 'inspect')}: 2 frames (0..1)\n`);
    expect(existsSync(join(folder, 'inspect/000001.png'))).toBe(true);
  });

  it('tells as JSON what it drew', async () => {
    const { out } = await run(folder, '--sheet', '--json', '--frames', '1', '--width', '64');
    expect(JSON.parse(out)).toEqual({
      folder,
      out: join(folder, 'inspect'),
      files: [join(folder, 'inspect/sheet.png')],
      frames: [1],
      missing: [],
      available: 2,
    });
  });

  it('warns of frames that are not there, and draws the others', async () => {
    const { code, out, err } = await run(folder, '--frames', '1..3');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'warning: not drawn, as they are not there (yet): 2..3\n',
    });
    expect(out).toContain('000001.png: 1 frame of the 2 that are there (1)');
  });

  it.each([
    [['no-such-folder'], 'no-such-folder: expected a dataset, found no dataset.json'],
    [['x', '--labels', 'maks'], '--labels: unknown label "maks". Did you mean "masks"?'],
    [['x', '--labels', 'masks,,ids'], '--labels: unknown label "". Labels: image, depth,'],
    [['x', '--columns', '3'], '--columns: expected together with --sheet'],
    [['x', '--sheet', '--columns', '0'], '--columns: expected a whole number from 1, got 0'],
    [['x', '--width', '3.5'], '--width: expected a whole number from 16, got 3.5'],
    [['x', '--frames', 'all'], '--frames: expected a frame such as 17'],
  ])('%j ends with 2 and says what was expected', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('ends with 1 where a file of a frame is gone', async () => {
    const other = await makeLabelledDataset([0]);
    rmSync(join(other, 'images/000000.png'));
    const { code, err } = await run(other);
    expect(err).toContain('000000.png: expected the file that frames.jsonl lists, found none');
    expect(code).toBe(1);
    rmSync(dirname(other), { recursive: true });
  });
});
