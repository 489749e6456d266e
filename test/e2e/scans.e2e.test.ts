import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FrameRecord } from '#shared/formats/frame-record';
import { openWorkplace, type Workplace } from './run-diorama.ts';

const SMALL = ['--set', 'image.width=96', '--set', 'image.height=72', '--frames', '0..0'];
/** Sides of the images of a made material and environment, pixels. */
const MAP_PIXELS = 16;

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
});
afterAll(() => place.remove());

function readRecord(folder: string): FrameRecord {
  const [line = ''] = readFileSync(join(folder, 'frames.jsonl'), 'utf8').split('\n');
  return JSON.parse(line) as FrameRecord;
}

/** A radiance map of one grey, without run lengths: RGBE 128, 128, 128, 129 is (1, 1, 1). */
const greyHdr = (): Buffer =>
  Buffer.concat([
    Buffer.from(
      `#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y ${MAP_PIXELS / 2} +X ${MAP_PIXELS}\n`,
      'latin1',
    ),
    Buffer.alloc(((MAP_PIXELS * MAP_PIXELS) / 2) * 4, Buffer.from([128, 128, 128, 129])),
  ]);

const flatPng = (r: number, g: number, b: number): Promise<Buffer> =>
  sharp({
    create: { width: MAP_PIXELS, height: MAP_PIXELS, channels: 3, background: { r, g, b } },
  })
    .png()
    .toBuffer();

type ScansConfig = Readonly<{
  environment: { map: { values: readonly string[] } };
  objects: Readonly<Record<string, { assets: readonly string[] } | null>>;
}>;

/** A folder with stand-ins for everything that configs/scans.yaml names. */
async function makeScansFolder(): Promise<string> {
  const folder = place.path('scans-assets');
  const config = parse(readFileSync('configs/scans.yaml', 'utf8')) as ScansConfig;
  mkdirSync(folder);
  const patterns = Object.values(config.objects).flatMap((group) => group?.assets ?? []);
  for (const pattern of patterns) {
    copyFileSync('assets/models/apple-1.glb', join(folder, `${pattern.replace('*', 'one')}.glb`));
  }
  for (const id of config.environment.map.values)
    writeFileSync(join(folder, `${id}.hdr`), greyHdr());
  for (const id of ['wood-floor-43', 'marble', 'tiles']) {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'M_Color.png'), await flatPng(150, 110, 70));
    writeFileSync(join(folder, id, 'M_Normal.png'), await flatPng(128, 128, 255));
    writeFileSync(join(folder, id, 'M_Roughness.png'), await flatPng(0, 140, 0));
  }
  return folder;
}

describe('the config for a folder of scans', () => {
  it('says what it needs where its folder is not given', async () => {
    const end = await place.run(['validate', 'configs/scans.yaml']);
    expect(end.code).toBe(2);
    expect(end.err).toMatch(/1 problem in the configuration/);
    expect(end.err).toMatch(
      /assets that the config names are not there: .* more\. Give the folder/,
    );
    expect(end.err).toContain('--assets DIR');
  });

  it('renders with a folder that has what it names, photographed materials included', async () => {
    const assets = ['--assets', await makeScansFolder()];
    const out = place.path('scans');
    const material = 'nodes.table-top.material.texture={kind: material, material: marble}';
    const flags = [...assets, '--set', material, ...SMALL];
    const end = await place.run(['render', 'configs/scans.yaml', '--out', out, ...flags]);
    expect(end.code, end.err).toBe(0);
    const record = readRecord(out);
    expect(record.sample.nodes.find(({ name }) => name === 'table-top')?.material?.texture).toEqual(
      expect.objectContaining({ kind: 'material', materialId: 'marble' }),
    );
    expect(record.annotations.instances.length).toBeGreaterThan(0);
    expect(readFileSync(join(out, 'LICENSES.md'), 'utf8')).toContain('unknown');
  });
});
