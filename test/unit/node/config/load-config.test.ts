import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, type LoadConfigOptions } from '#node/config/load-config';
import { loadSceneFile } from '#node/config/load-scene-file';
import { configHashText } from '#shared/config/canonical-json';
import { ConfigError, formatIssue } from '#shared/core/errors';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'diorama-config-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Problems of an action, with the temporary folder written as `@`. */
async function problems(act: () => Promise<unknown>): Promise<string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map((issue) => formatIssue(issue).replaceAll(folder, '@'));
  }
}

const load = (name: string, more: Omit<LoadConfigOptions, 'path'> = {}) =>
  loadConfig({ path: join(folder, name), ...more });

const whole = `configVersion: 1
name: whole
scene: ../scenes/room.yaml
frames: 2
categories: [mug]
camera:
  pose: { kind: shell, radiusMeters: 1, elevationDegrees: 30 }
`;
const room = 'sceneVersion: 1\nname: room\n';

describe('loadConfig', () => {
  it('merges a chain of bases, and says where everything comes from', async () => {
    await write({
      'scenes/room.yaml': room,
      'configs/base/whole.yaml': whole.replace('../scenes', '../../scenes'),
      'configs/light.yaml': '$schema: x\nsensor:\n  vignetting: 0.2\n  blurSigmaPixels: 1\n',
      'configs/middle.yaml':
        'extends: [base/whole.yaml, light.yaml]\nframes: 5\nsensor: { blurSigmaPixels: null }\n',
      'configs/top.yaml':
        '$schema: ./schema.json\nextends: middle.yaml\nname: top\ncategories: [cup, mug]\n',
    });
    const loaded = await load('configs/top.yaml', {
      sets: [
        'frames=6',
        'camera.rollDegrees={kind: uniform, min: 0, max: 5}',
        'camera.lens.verticalDegrees=40',
      ],
      overrides: { seed: 'abc', frames: 7 },
    });
    expect(loaded.config).toMatchObject({
      name: 'top',
      frames: 7,
      seed: 'abc',
      categories: ['cup', 'mug'],
      scene: '../../scenes/room.yaml',
      sensor: { vignetting: 0.2, blurSigmaPixels: 0 },
      camera: { lens: { verticalDegrees: 40 } },
    });
    expect(loaded.config).not.toHaveProperty('$schema');
    expect(loaded.config).not.toHaveProperty('extends');
    expect(loaded.scenePath).toBe(join(folder, 'scenes/room.yaml'));
    expect(loaded.files.map((file) => file.slice(folder.length))).toEqual([
      '/configs/base/whole.yaml',
      '/configs/light.yaml',
      '/configs/middle.yaml',
      '/configs/top.yaml',
    ]);
    expect(loaded.sources).toEqual({
      configVersion: 'base/whole.yaml:1',
      name: 'top.yaml:3',
      scene: 'base/whole.yaml:3',
      frames: '--frames',
      seed: '--seed',
      'categories[0]': 'top.yaml:4',
      'categories[1]': 'top.yaml:4',
      'camera.pose.kind': 'base/whole.yaml:7',
      'camera.pose.radiusMeters': 'base/whole.yaml:7',
      'camera.pose.elevationDegrees': 'base/whole.yaml:7',
      'camera.rollDegrees.kind': '--set',
      'camera.rollDegrees.min': '--set',
      'camera.rollDegrees.max': '--set',
      'camera.lens.verticalDegrees': '--set',
      'sensor.vignetting': 'light.yaml:3',
    });
    expect(loaded.sha256).toBe(
      createHash('sha256').update(configHashText(loaded.config)).digest('hex'),
    );
  });

  it('locates values, and the parents of defaults', async () => {
    await write({ 'scenes/room.yaml': room, 'configs/a.yaml': whole });
    const { locate } = await load('configs/a.yaml', { sets: ['sensor.vignetting=0.1'] });
    const source = join(folder, 'configs/a.yaml');
    expect(locate('camera.pose.radiusMeters')).toEqual({
      source,
      position: { line: 7, column: 38 },
    });
    expect(locate('camera.nearMeters')).toEqual({ source, position: { line: 6, column: 1 } });
    expect(locate('sensor.vignetting')).toEqual({ source: '--set sensor.vignetting' });
    expect(locate('not a path')).toBeUndefined();
  });

  it('gives equal configs equal hashes, wherever and however they are written', async () => {
    await write({
      'scenes/room.yaml': room,
      'configs/a.yaml': whole,
      'configs/b.yaml': `# other order\ncategories: [mug]\n${whole.replace('categories: [mug]\n', '')}seed: '0'\n`,
      'elsewhere/c.json': '{"extends": "../configs/b.yaml", "frames": 2}',
    });
    const hashes = await Promise.all(
      ['configs/a.yaml', 'configs/b.yaml', 'elsewhere/c.json'].map(
        async (name) => (await load(name)).sha256,
      ),
    );
    expect(new Set(hashes).size).toBe(1);
    expect((await load('configs/a.yaml', { overrides: { seed: 1 } })).sha256).not.toBe(hashes[0]);
  });

  it('takes the scene of a flag from the working folder', async () => {
    await write({ 'scenes/room.yaml': room, 'configs/a.yaml': whole });
    const scene = join(folder, 'scenes/room.yaml');
    expect((await load('configs/a.yaml', { sets: [`scene="${scene}"`] })).scenePath).toBe(scene);
    expect(
      await problems(() => load('configs/a.yaml', { sets: ['scene=no-such-folder/room.yaml'] })),
    ).toEqual([
      '--set scene: scene: scene not found: no-such-folder/room.yaml. The folder no-such-folder does not exist.',
    ]);
  });

  it('reports a missing scene at its line', async () => {
    await write({ 'scenes/rom.yaml': room, 'configs/a.yaml': whole });
    expect(await problems(() => load('configs/a.yaml'))).toEqual([
      '@/configs/a.yaml:3:8: scene: scene not found: @/scenes/room.yaml. Did you mean "rom.yaml"?',
    ]);
  });

  it('reports every missing base at the line of extends', async () => {
    await write({
      'a.yaml': 'name: a\nextends:\n  - bse.yaml\n  - gone/x.yaml\n',
      'base.yaml': '',
    });
    expect(await problems(() => load('a.yaml'))).toEqual([
      '@/a.yaml:3:5: extends[0]: config not found: @/bse.yaml. Did you mean "base.yaml"?',
      '@/a.yaml:4:5: extends[1]: config not found: @/gone/x.yaml. The folder @/gone does not exist.',
    ]);
  });

  it('shows the chain of a cycle', async () => {
    await write({
      'a.yaml': 'extends: b.yaml\n',
      'b.yaml': 'extends: sub/c.yaml\n',
      'sub/c.yaml': '\nextends: ../a.yaml\n',
    });
    expect(await problems(() => load('a.yaml'))).toEqual([
      '@/sub/c.yaml:2:10: extends: expected no cycle, found @/a.yaml → @/b.yaml → @/sub/c.yaml → @/a.yaml',
    ]);
  });

  it('sees through links that hide a cycle', async () => {
    await write({ 'a.yaml': 'extends: deeper/a.yaml\n' });
    await symlink(folder, join(folder, 'deeper'));
    expect(await problems(() => load('a.yaml'))).toEqual([
      '@/a.yaml:1:10: extends: expected no cycle, found @/a.yaml → @/a.yaml',
    ]);
  });

  it('allows two ways to one base', async () => {
    await write({
      'scenes/room.yaml': room,
      'configs/base.yaml': whole,
      'configs/l.yaml': 'extends: base.yaml\nframes: 3',
      'configs/r.yaml': 'extends: base.yaml\nname: r',
      'configs/top.yaml': 'extends: [l.yaml, r.yaml]',
    });
    expect((await load('configs/top.yaml')).config).toMatchObject({ name: 'r', frames: 2 });
  });

  it('reports problems in the file that states them', async () => {
    await write({
      'scenes/room.yaml': room,
      'configs/base.yaml': whole.replace('frames: 2', 'frames: none'),
      'configs/top.yaml':
        'extends: base.yaml\nobjects:\n  fruit: { cuont: 1 }\nsensor: { noise: null }\n',
    });
    expect(
      await problems(() => load('configs/top.yaml', { sets: ['render.subframes=0'] })),
    ).toEqual([
      '@/configs/base.yaml:4:9: frames: expected a whole number, found "none"',
      '@/configs/top.yaml:3:10: objects.fruit.count: expected a whole number, or a mapping with kind "constant", "integer", "choice", "mixture" or others, found nothing',
      '@/configs/top.yaml:3:10: objects.fruit.placement: expected a mapping with kind "scatter", "stack", "grid", "line" or others, found nothing',
      '@/configs/top.yaml:3:12: objects.fruit.cuont: unknown key "cuont". Did you mean "count"?',
      '@/configs/top.yaml:4:11: sensor.noise: expected a mapping, found null. null removes a key that a base config sets; nothing sets this one.',
      '--set render.subframes: render.subframes: expected a whole number >= 1, found 0',
    ]);
  });

  it('reports every bad flag at once', async () => {
    await write({ 'scenes/room.yaml': room, 'configs/a.yaml': whole });
    expect(
      (await problems(() => load('configs/a.yaml', { sets: ['x', 'a=', 'frames=3'] }))).length,
    ).toBe(2);
  });

  it('says what to do about files that cannot be read', async () => {
    await write({ 'dir/inner.yaml': '', 'bytes.yaml': '' });
    await writeFile(join(folder, 'bytes.yaml'), Buffer.from([0x61, 0xff, 0xfe]));
    expect(await problems(() => load('byts.yaml'))).toEqual([
      '@/byts.yaml: config not found. Did you mean "bytes.yaml"?',
    ]);
    expect(await problems(() => load('dir'))).toEqual([
      '@/dir: expected a config file, found a folder. Name a file inside it.',
    ]);
    expect(await problems(() => load('dir/inner.yaml/x.yaml'))).toHaveLength(1);
    expect(await problems(() => load('bytes.yaml'))).toEqual([
      '@/bytes.yaml: expected UTF-8 text, found other bytes',
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('says so where it may not read', async () => {
    await write({ 'secret.yaml': whole });
    await chmod(join(folder, 'secret.yaml'), 0o000);
    expect((await problems(() => load('secret.yaml')))[0]).toMatch(
      /no permission to read this config/,
    );
  });
});

describe('loadSceneFile', () => {
  it('reads a scene', async () => {
    await write({ 'room.yaml': room });
    expect((await loadSceneFile(join(folder, 'room.yaml'))).name).toBe('room');
  });

  it('reports problems at their lines, and missing files', async () => {
    await write({ 'room.yaml': 'sceneVersion: 1\nname: room\nnods: []\n' });
    expect(await problems(() => loadSceneFile(join(folder, 'room.yaml')))).toEqual([
      '@/room.yaml:3:1: nods: unknown key "nods". Did you mean "nodes"?',
    ]);
    expect(await problems(() => loadSceneFile(join(folder, 'rom.yaml')))).toEqual([
      '@/rom.yaml: scene not found. Did you mean "room.yaml"?',
    ]);
  });
});
