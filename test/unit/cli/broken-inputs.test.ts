import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '#node/assets/asset-roots';
import { runCli } from '../../../src/cli/run-cli.ts';
import { makeIo } from './make-io.ts';

const SCENE = `
sceneVersion: 1
name: ground
nodes:
  - name: ground
    shape: { kind: plane, size: [4, 4] }
    surface: true
  - { name: crate, shape: { kind: box, size: [1, 1, 1] }, category: crate }
`;
const CONFIG = `
configVersion: 1
name: crate
scene: scene.yaml
frames: 6
categories: [crate]
camera:
  pose: { kind: shell, radiusMeters: { kind: uniform, min: 1, max: 2 }, elevationDegrees: 30 }
`.trim();

let folder: string;
const cacheBefore = process.env['DIORAMA_CACHE'];
const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-inputs-'));
  process.env['DIORAMA_CACHE'] = join(folder, 'cache');
  write('scene.yaml', SCENE);
  write('config.yaml', CONFIG);
});
afterAll(() => {
  if (cacheBefore === undefined) delete process.env['DIORAMA_CACHE'];
  else process.env['DIORAMA_CACHE'] = cacheBefore;
  rmSync(folder, { recursive: true, force: true });
});

async function validate(...words: readonly string[]) {
  const { io, out, err } = makeIo();
  const code = await runCli(['validate', ...words], io);
  return { code, out: out(), err: err() };
}

/** A config in which one text stands for another, or after which one follows. */
const changed = (from: string, to: string): string => {
  expect(CONFIG).toContain(from);
  return CONFIG.replace(from, to);
};

describe('diorama validate', () => {
  it('accepts what the broken ones below are made from', async () => {
    expect(await validate(join(folder, 'config.yaml'))).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    ['broken YAML', () => 'a: [1, 2\nb: 3\n', /broken\.yaml:2:1: not valid YAML: /],
    ['tabs', () => 'configVersion: 1\nimage:\n\twidth: 3\n', /:3:1: not valid YAML: Tabs/],
    ['nothing', () => '', /:1:1: expected a mapping, found nothing/],
    [
      'an unknown key',
      () => changed('frames: 6', 'frame: 6'),
      /:4:1: frame: unknown key "frame"\. Did you mean "frames"\?/,
    ],
    [
      'a range upside down',
      () => changed('min: 1, max: 2', 'min: 3, max: 2'),
      /:7:\d+: camera\.pose\.radiusMeters: expected min <= max, got min 3 > max 2/,
    ],
    [
      'a category that the scene has and the config lacks',
      () => changed('[crate]', '[crat]'),
      /:5:13: categories: unknown category "crate".*Did you mean "crat"\?/,
    ],
    [
      'an unknown model',
      () =>
        `${CONFIG}\nobjects:\n  x: { assets: [aple-1], labelled: false, count: 1, placement: { kind: scatter, surface: ground } }\n`,
      /:9:\d+: objects\.x\.assets\[0\]: unknown model "aple-1"\. Did you mean "apple-1"\?/,
    ],
    [
      'a scene whose file is gone',
      () => changed('scene.yaml', 'scent.yaml'),
      /:3:8: scene: scene not found: .*scent\.yaml\. Did you mean "scene\.yaml"\?/,
    ],
    [
      'a code scene whose file is gone',
      () => changed('scene.yaml', 'gone.ts'),
      /:3:8: scene: scene not found: .*gone\.ts/,
    ],
    [
      'a scene without geometry',
      () => {
        write('empty-scene.yaml', 'sceneVersion: 1\nname: empty\nnodes: []\n');
        return changed('scene.yaml', 'empty-scene.yaml').replace('[crate]', '[]');
      },
      /:3:8: scene: expected something to see, found no visible geometry and no objects/,
    ],
  ])('refuses %s, at its place, with what was expected', async (_name, text, message) => {
    const { code, out, err } = await validate(write('broken.yaml', text()));
    expect(err).toMatch(message);
    expect(err).not.toContain('fault of Diorama');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each([
    ['frames=many', '--set frames: frames: expected a whole number, found "many"'],
    ['image.width=1.5', '--set image.width: image.width: expected a whole number, found 1.5'],
    ['camera.pose.radiusMeters=near', 'camera.pose.radiusMeters: expected a number, or a mapping'],
    ['frames', '--set frames: expected path=value'],
    ['camera.pose=[', '--set camera.pose'],
  ])('refuses --set %s', async (set, message) => {
    const { code, err } = await validate(join(folder, 'config.yaml'), '--set', set);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it.each([
    ['no-such.yaml', /no-such\.yaml: config not found/],
    ['conig.yaml', /conig\.yaml: config not found\. Did you mean "config\.yaml"\?/],
    ['', /expected a config file, found a folder/],
  ])('refuses %j for a config', async (name, message) => {
    const { code, err } = await validate(join(folder, name));
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('a folder of assets', () => {
  it('is refused where it is not there', async () => {
    const { code, err } = await validate(join(folder, 'config.yaml'), '--assets', 'no-such-folder');
    expect(err).toMatch(/--assets: expected a folder, found none at .*no-such-folder/);
    expect(code).toBe(2);
  });

  it('is refused with every model that is missing, cut short or something else', async () => {
    const whole = readFileSync(join(packageRoot(), 'assets/models/apple-1.glb'));
    write('models/cut.glb', whole.subarray(0, 2000));
    write('models/text.glb', 'not a model');
    write('models/assets.json', '[{ "id": "gone", "file": "gone.glb", "license": "CC0-1.0" }]');
    const words = [join(folder, 'config.yaml'), '--assets', join(folder, 'models')];
    const { code, err } = await validate(...words);
    expect(err).toContain('3 assets cannot be used');
    expect(err).toMatch(/asset "gone" \(models\/gone\.glb\): the file does not exist/);
    expect(err).toMatch(/asset "cut" .*: expected \d+ bytes as its header says, found 2000/);
    expect(err).toMatch(/asset "text" .*: not a GLB file/);
    expect(code).toBe(1);
  });
});
