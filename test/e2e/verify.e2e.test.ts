import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, readDataset, type Workplace } from './run-diorama.ts';

/** Every kind of label, in one form or the other. */
const OUTPUTS = [
  'panoptic=true',
  'polygons=true',
  'range=exr',
  'depth.float=npz',
  'normals.png=true',
  'normals.float=exr',
  'objectCoordinates.png=true',
  'objectCoordinates.float=npz',
  'pointCloud=ply',
].flatMap((output) => ['--set', `outputs.${output}`]);

let place: Workplace;
beforeAll(async () => {
  place = openWorkplace();
  const flags = [
    '--out',
    place.path('out'),
    '--set',
    'image.width=40',
    '--seed',
    'again',
    ...OUTPUTS,
  ];
  const end = await place.run(['render', place.config, ...flags]);
  expect(end).toMatchObject({ code: 0, signal: null });
});
afterAll(() => place.remove());

const verify = (...flags: readonly string[]) =>
  place.run(['verify', place.path('out'), '--config', place.config, ...flags]);

describe('diorama verify --rerender', () => {
  it('renders the same bytes again, whatever flags the dataset was rendered with', async () => {
    const before = readDataset(place.path('out'));
    const end = await verify('--rerender', '2');
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.out).toBe(
      `ok: ${place.path('out')}: 6 frames, checked; 2 rendered again (1, 4); 0 errors\n`,
    );
    expect(readDataset(place.path('out'))).toEqual(before);
    expect(place.leftovers()).toEqual([]);
  });

  it('says which pixels are others than those that are rendered', async () => {
    const file = join(place.path('out'), 'images/000004.png');
    const sound = readFileSync(file);
    const { data, info } = await sharp(sound).raw().toBuffer({ resolveWithObject: true });
    data[0] = (data[0] ?? 0) ^ 8;
    const { width, height } = info;
    writeFileSync(
      file,
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const end = await verify('--rerender', '2');
    expect(end.code).toBe(1);
    expect(end.out).toMatch(
      /^error: frame 4: images\/000004\.png: expected \d+ bytes, found \d+\./m,
    );
    expect(end.out).toContain(
      'error: frame 4: images/000004.png: expected the pixels of the dataset, found 1 of 1920 that differ, by at most 8 of 255; the first is (0, 0).',
    );
    writeFileSync(file, sound);
  });

  it('replays a recorded sample as the same frame after the config has changed, and needs the scene', async () => {
    const config = readFileSync(place.config, 'utf8');
    writeFileSync(place.config, config.replace('max: 60', 'max: 21').replace('seed: 7', 'seed: 8'));
    const replay = (...flags: readonly string[]) =>
      place.run(['replay', place.path('out'), '--frame', '4', ...flags]);
    const end = await replay('--config', place.config, '--out', place.path('replay'), '--check');
    expect(end, end.err).toMatchObject({ code: 0, signal: null });
    expect(end.out).toMatch(/^same: 12 files of 1 frame, byte for byte those of /m);
    const before = readDataset(place.path('out'));
    const after = readDataset(place.path('replay'));
    const names = Object.keys(after).filter((name) => name.includes('000004'));
    expect(names).toHaveLength(12);
    for (const name of names) expect(after[name]).toBe(before[name]);
    const lost = await replay('--out', place.path('lost'));
    expect(lost.code).toBe(2);
    expect(lost.err).toMatch(/scene scene\.yaml: expected the SHA-256 .*found no such file/);
    writeFileSync(place.config, config);
  });

  it('refuses another scene with the difference, and tells of a config that was changed since', async () => {
    const config = readFileSync(place.config, 'utf8');
    writeFileSync(place.config, config.replace('max: 60', 'max: 50'));
    const changed = await verify('--rerender', '1');
    expect(changed.code).toBe(0);
    expect(changed.out).toMatch(
      /^note: .*crate\.yaml says something else .* In the file: camera\.pose\.elevationDegrees\.max: 60 → 50\.$/m,
    );
    const scene = readFileSync(place.path('scene.yaml'), 'utf8');
    writeFileSync(place.path('scene.yaml'), scene.replace('[0, 0.2, 0]', '[0, 0.3, 0]'));
    const other = await verify('--rerender', '1');
    expect(other).toMatchObject({ code: 1, out: '' });
    expect(other.err).toMatch(/scene\.sha256: [0-9a-f]{12}… → [0-9a-f]{12}…/);
  });
});
