import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RenderEvent } from '#node/run/render-events';
import { openWorkplace, readDataset, type CommandEnd, type Workplace } from './run-diorama.ts';

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
});
afterEach(() => expect(place.leftovers()).toEqual([]));
afterAll(() => place.remove());

const render = (out: string, ...flags: readonly string[]) => [
  'render',
  place.config,
  '--out',
  place.path(out),
  ...flags,
];

/** Mounts a file system of this size; false where this user may not. */
function mountSmall(folder: string, options: string): boolean {
  mkdirSync(folder, { recursive: true });
  const mount = ['-t', 'tmpfs', '-o', options, 'tmpfs', folder];
  return process.platform === 'linux' && spawnSync('mount', mount).status === 0;
}
function usedBytes(folder: string): number {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return (blocks - bfree) * bsize;
}
const remount = (folder: string, options: string) =>
  expect(spawnSync('mount', ['-o', `remount,${options}`, folder]).status).toBe(0);
const unmount = (folder: string) => expect(spawnSync('umount', [folder]).status).toBe(0);

describe('a disk', () => {
  const larger = ['--set', 'frames=12', '--set', 'image.width=256', '--set', 'image.height=192'];

  it('that is full ends the run; with room again it goes on, and nothing is lost', async (test) => {
    const disk = place.path('disk');
    if (!mountSmall(disk, 'size=20m')) test.skip('needs the right to mount a file system');
    try {
      const some = await place.run(render('disk/out', ...larger, '--frames', '0..2'));
      expect(some, some.err).toMatchObject({ code: 0 });
      // Room for about a frame: of the nine that are left most cannot be written, whatever the order.
      remount(disk, `size=${usedBytes(disk) + 80 * 1024}`);
      const full = await place.run(render('disk/out', ...larger, '--workers', '1'));
      expect(full.err).toMatch(/frame \d+: cannot write .*: the disk is full\. Free some space/);
      expect(full.err).toMatch(/^error: .* could not be made: /m);
      expect(full.code).toBe(1);
      expect(readdirSync(place.path('disk/out')).filter((name) => name.startsWith('.'))).toEqual(
        [],
      );
      remount(disk, 'size=20m');
      const rest = await place.run(render('disk/out', ...larger));
      expect(rest, rest.err).toMatchObject({ code: 0 });
      expect(rest.err).toMatch(
        /rendering \d+ frames of 12 into .*; ([3-9]|1[01]) are there already/,
      );
      const whole = await place.run(render('whole', ...larger));
      expect(whole, whole.err).toMatchObject({ code: 0 });
      expect(readDataset(place.path('disk/out'))).toEqual(readDataset(place.path('whole')));
      remount(disk, 'ro');
      const readOnly = await place.run(render('disk/out', ...larger, '--fresh'));
      expect(readOnly.err).toMatch(/cannot write .*: the file system is read-only\. .*--out/);
      expect(readOnly.code).toBe(1);
      expect(readDataset(place.path('disk/out'))).toEqual(readDataset(place.path('whole')));
    } finally {
      unmount(disk);
    }
  });

  it.skipIf(process.platform !== 'linux')('that has no such folder is an error', async () => {
    const end = await place.run(['render', place.config, '--out', '/proc/diorama/out']);
    expect(end.err).toMatch(/^error: cannot write \/proc\/diorama\/out: .* --out/);
    expect(end.code).toBe(1);
  });
});

describe('a browser that ends at once', () => {
  it('is quoted, by render and by doctor', async () => {
    const browser = place.write(
      'crashing-browser',
      '#!/bin/sh\ncase "$*" in *--version*) echo "Chromium 150.0.1.2"; exit 0;; esac\n' +
        'echo "cannot open display" >&2; exit 7\n',
    );
    chmodSync(browser, 0o755);
    const end = await place.run(render('crash', '--browser', browser));
    expect(end.err).toContain('this browser does not start with any back end');
    expect(end.err).toContain('By itself it says: exit code 7 | cannot open display');
    expect(end.code).toBe(1);
    // The lock is gone, and no half-made dataset stands in the way of the next try.
    expect(existsSync(place.path('crash/dataset.json'))).toBe(false);
    const doctor = await place.run(['doctor', '--browser', browser]);
    expect(doctor.out).toMatch(/^FAILED {2}renderer: this browser does not start/m);
    expect(doctor.out).toContain('cannot open display');
    expect(doctor.out).toContain('This machine cannot render.');
    expect(doctor.code).toBe(1);
    expect(await place.run(render('crash', '--frames', '0'))).toMatchObject({ code: 0 });
  });
});

describe('frames that cannot be', () => {
  it('are refused where there is nothing to see but background', async () => {
    const config = place.write(
      'sky.yaml',
      'extends: crate.yaml\nname: sky\ncamera: { pose: { kind: at, position: [0, 3, 0], target: [0, 9, 0.1] } }\n',
    );
    const end = await place.run(['render', config, '--frames', '0', '--out', place.path('sky')]);
    expect(end.err).toMatch(/failed: frame 0: colour: expected an image, but every pixel is/);
    expect(end.err).toMatch(/^error: 1 frame could not be made: 0; why stands above\.$/m);
    expect(end.code).toBe(1);
    expect(existsSync(place.path('sky/images/000000.png'))).toBe(false);
  });

  it('are told with the command that makes them again, and others are made with --keep-going', async () => {
    place.write(
      'shelf.yaml',
      'sceneVersion: 1\nname: shelf\nnodes:\n  - { name: shelf, shape: { kind: box, size: [0.5, 0.02, 0.3] }, surface: true }\n',
    );
    const config = place.write(
      'tight.yaml',
      'extends: crate.yaml\nname: tight\nscene: shelf.yaml\ncategories: [cereal-box]\n' +
        'objects:\n  boxes:\n    categories: [cereal-box]\n    count: { kind: integer, min: 1, max: 8 }\n' +
        '    placement: { kind: scatter, surface: shelf }\n',
    );
    const words = ['render', config, '--out', place.path('tight'), '--json'];
    const end = await place.run([...words, '--keep-going']);
    const events = end.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RenderEvent);
    const failed = events.flatMap((event) => (event.type === 'frame-failed' ? [event] : []));
    const made = events.filter((event) => event.type === 'frame');
    expect(failed.length).toBeGreaterThan(0);
    expect(made.length).toBeGreaterThan(0);
    expect(failed.length + made.length).toBe(6);
    expect(end.code).toBe(1);
    const [first] = failed;
    const message = first?.message ?? '';
    expect(message).toMatch(/objects\.boxes\[\d\]: no room for cereal-box-\d after \d+ attempts\./);
    const command = /^Reproduce: npx diorama (.*)$/m.exec(message)?.[1] ?? '';
    expect(command).toContain(`--seed 7 --frames ${first?.frame}..${first?.frame}`);
    const again = await place.run(
      command.split(' ').map((word) => (word.startsWith('out/') ? place.path(word) : word)),
    );
    expect(again.err).toContain(message.split('\n')[0] ?? 'no message');
    expect(again.code).toBe(1);
  });
});

describe('a folder in use', () => {
  it('is left to the run that has it', async () => {
    let second: CommandEnd | undefined;
    const words = render('used', '--workers', '1', '--json');
    const first = await place.run(words, async (line, kill) => {
      if ((JSON.parse(line) as RenderEvent).type !== 'frame' || second !== undefined) return;
      second = await place.run(render('used'));
      kill('SIGINT');
    });
    expect(second?.err).toMatch(/process \d+ on .* is writing this dataset\. .*--out/);
    expect(second?.code).toBe(1);
    expect(first.code).toBe(130);
    const lines = readFileSync(join(place.path('used'), 'frames.jsonl'), 'utf8').trimEnd();
    expect(() => lines.split('\n').map((line) => JSON.parse(line) as unknown)).not.toThrow();
  });
});
