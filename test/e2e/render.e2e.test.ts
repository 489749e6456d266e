import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { RenderEvent } from '#node/run/render-events';
import { openWorkplace, readDataset, type Workplace } from './run-diorama.ts';

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
});
afterEach(() => {
  expect(place.leftovers()).toEqual([]);
  expect(profiles()).toEqual([]);
});
afterAll(() => place.remove());

/** Profiles of browsers that are still in the temporary folder. */
const profiles = (): readonly string[] =>
  readdirSync(place.path('tmp')).filter((name) => name.startsWith('diorama-profile-'));
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const render = (out: string, ...flags: readonly string[]) => [
  'render',
  place.config,
  '--out',
  place.path(out),
  ...flags,
];

/** Sends a signal at the `count`th frame. */
function interruptAt(count: number, signal: NodeJS.Signals) {
  let seen = 0;
  return (line: string, kill: (signal: NodeJS.Signals) => void): void => {
    const event = JSON.parse(line) as RenderEvent;
    if (event.type === 'frame' && ++seen === count) kill(signal);
  };
}

describe('diorama render', () => {
  it('writes a dataset whose parts agree', async () => {
    const end = await place.run(render('whole'));
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.out).toMatch(/images: 6 of 6 frames, 6 of them new/);
    expect(end.err).toMatch(/^6\/6 frames, /m);
    const folder = place.path('whole');
    const manifest = readJson(join(folder, 'dataset.json')) as DatasetManifest;
    expect(manifest).toMatchObject({
      name: 'crate',
      seed: '7',
      categories: [{ id: 1, name: 'crate' }],
    });
    expect(manifest.sources['frames']).toMatch(/^crate\.yaml:\d+$/);
    const coco = readJson(join(folder, 'annotations/instances.json')) as {
      images: { id: number; file_name: string; width: number; height: number }[];
      annotations: { image_id: number; area: number }[];
    };
    expect(coco.images.map((image) => image.id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(coco.annotations).toHaveLength(6);
    for (const { file_name, width, height } of coco.images) {
      expect(await sharp(join(folder, file_name)).metadata()).toMatchObject({ width, height });
    }
    expect(
      readdirSync(folder).filter((name) => name.startsWith('.') || name.endsWith('.partial')),
    ).toEqual([]);
    expect(readFileSync(join(folder, 'LICENSES.md'), 'utf8')).toContain('scene.yaml');
  });

  it('finds nothing to do the second time', async () => {
    const before = readDataset(place.path('whole'));
    const end = await place.run(render('whole'));
    expect(end).toMatchObject({ code: 0 });
    expect(end.out).toContain('6 of 6 frames, 0 of them new');
    expect(readDataset(place.path('whole'))).toEqual(before);
  });

  it('refuses a changed config with what changed, and touches nothing', async () => {
    const before = readDataset(place.path('whole'));
    const end = await place.run(render('whole', '--set', 'render.shadowMapPixels=512'));
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toContain('config.render.shadowMapPixels: 1024 → 512');
    expect(end.err).toContain('--fresh');
    expect(readDataset(place.path('whole'))).toEqual(before);
  });

  it('prints events alone with --json, and writes nothing with --dry-run', async () => {
    const dry = await place.run(render('dry', '--dry-run', '--json', '--frames', '2..4'));
    expect(JSON.parse(dry.out)).toMatchObject({
      type: 'dry-run',
      pending: [2, 3, 4],
      completed: 0,
    });
    expect(existsSync(place.path('dry'))).toBe(false);
    const end = await place.run(render('json', '--json', '--frames', '4'));
    const events = end.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RenderEvent);
    const types = events
      .map((event) => event.type)
      .filter((type) => type !== 'status' && type !== 'warning');
    expect(types).toEqual(['start', 'frame', 'end']);
  });
});

describe('an interrupted run', () => {
  // Of one browser no more than four frames are under way: most are not begun at the third one's signal.
  const many = ['--set', 'frames=16', '--workers', '1', '--json'];

  it.each([
    ['SIGTERM', 'SIGTERM' as const],
    ['SIGKILL', 'SIGKILL' as const],
  ])('goes on after %s and ends with the bytes of one that never stopped', async (name, signal) => {
    if (!existsSync(place.path('unstopped'))) {
      expect(await place.run(render('unstopped', ...many))).toMatchObject({ code: 0 });
    }
    const out = `stopped-${name}`;
    const end = await place.run(render(out, ...many), interruptAt(3, signal));
    if (signal === 'SIGKILL') {
      expect(end).toMatchObject({ code: null, signal });
      await awaitOrphans(place);
    } else {
      expect(end).toMatchObject({ code: 130, signal: null });
      const { images } = readJson(join(place.path(out), 'annotations/instances.json')) as {
        images: unknown[];
      };
      expect(images.length).toBeGreaterThanOrEqual(3);
      expect(images.length).toBeLessThan(16);
    }
    expect(await place.run(render(out, ...many))).toMatchObject({ code: 0 });
    expect(readDataset(place.path(out))).toEqual(readDataset(place.path('unstopped')));
  });

  it('ends at once at the second signal, and takes its browsers along', async () => {
    const twice = render('twice', '--set', 'frames=16', '--json');
    const end = await place.run(twice, (line, kill) => {
      if ((JSON.parse(line) as RenderEvent).type !== 'frame') return;
      kill('SIGINT');
      kill('SIGTERM');
    });
    expect(end).toMatchObject({ code: 130 });
  });
});

describe('exit codes', () => {
  it('is 2 for a config that is wrong, with every problem at its place', async () => {
    const end = await place.run([
      'render',
      place.config,
      '--set',
      'frames=0',
      '--set',
      'imagee.width=3',
    ]);
    expect(end).toMatchObject({ code: 2, out: '' });
    expect(end.err).toMatch(/imagee/);
  });

  it('is 1 where there is no browser', async () => {
    const end = await place.run(render('none', '--browser', place.path('no-such-browser')));
    expect(end).toMatchObject({ code: 1 });
    expect(end.err).toMatch(/no-such-browser/);
  });
});

/** A killed parent cannot end its browsers: they notice the closed pipe and go by themselves. */
async function awaitOrphans(workplace: Workplace): Promise<void> {
  await expect.poll(() => workplace.leftovers()).toEqual([]);
  for (const name of profiles()) rmSync(join(workplace.path('tmp'), name), { recursive: true });
}
