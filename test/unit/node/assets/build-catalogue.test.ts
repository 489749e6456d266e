import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NodeIO } from '@gltf-transform/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '#node/assets/asset-cache';
import { buildCatalogue, type CatalogueOptions } from '#node/assets/build-catalogue';
import {
  makeBoxDocument,
  makeDracoBox,
  makeHdr,
  makeMeshoptBox,
  TINY_PNG,
  toGlb,
} from '../../../fixtures/assets/make-model.ts';

type Files = Readonly<Record<string, Uint8Array | string>>;

async function makeFolder(files: Files): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'diorama-assets-'));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), content);
  }
  return dir;
}

async function build(dir: string, options: Partial<CatalogueOptions> = {}) {
  const cacheDir = options.cacheDir ?? (await mkdtemp(join(tmpdir(), 'diorama-cache-')));
  return buildCatalogue([{ name: 'mine', dir }], {
    packagedEnvironments: false,
    ...options,
    cacheDir,
  });
}

const box = async (): Promise<Uint8Array> => toGlb(makeBoxDocument());

describe('buildCatalogue', () => {
  it('gives every photo of a folder its licence and camera, and each its size as it stands upright', async () => {
    const photo = { view: { verticalDegrees: 50, pitchDegrees: -5 } };
    const folder = { id: 'streets', file: 'streets', kind: 'images', license: 'CC-BY-4.0', photo };
    const own = { id: 'mine', file: 'streets/b.png', license: 'CC0-1.0' };
    const dir = await makeFolder({
      'streets/old/a.png': TINY_PNG,
      'streets/b.png': TINY_PNG,
      'side.jpg': await sharp({ create: { width: 6, height: 4, channels: 3, background: '#888' } })
        .jpeg()
        .withMetadata({ orientation: 6 })
        .toBuffer(),
      'assets.json': JSON.stringify([folder, own]),
    });
    const { catalogue, warnings } = await build(dir);
    expect(catalogue.images).toMatchObject([
      { id: 'mine', license: 'CC0-1.0' },
      { id: 'side', license: 'unknown', widthPixels: 4, heightPixels: 6 },
      { id: 'streets/old/a', license: 'CC-BY-4.0', photo },
    ]);
    expect(catalogue.images[0]?.photo).toBeUndefined();
    expect(warnings).toEqual([
      expect.stringContaining('the licence of 1 assets is unknown (side)'),
    ]);
  });

  it('refuses a folder without images, and facts of a photo that cannot be', async () => {
    const entries = (more: object) =>
      makeFolder({ 'a.png': TINY_PNG, 'assets.json': JSON.stringify([{ id: 'a', ...more }]) });
    await expect(build(await entries({ file: 'none', kind: 'images' }))).rejects.toThrow(
      'expected a folder with images',
    );
    const photo = { view: { verticalDegrees: 190, pitchDegrees: 0 } };
    await expect(build(await entries({ file: 'a.png', photo }))).rejects.toThrow(
      '[0].photo: expected view: { verticalDegrees 1..170',
    );
  });

  it('finds models, environments, images and material sets by walking', async () => {
    const dir = await makeFolder({
      'a/box.glb': await box(),
      'sky/noon.hdr': makeHdr(64, 32),
      'photo.png': TINY_PNG,
      'oak/Oak_1K_Color.png': TINY_PNG,
      'oak/Oak_1K_NormalGL.png': TINY_PNG,
      'oak/Oak_1K_NormalDX.png': TINY_PNG,
      'oak/Oak_1K_Roughness.png': TINY_PNG,
      '.hidden/box.glb': 'not looked at',
      'notes.txt': 'nor this',
    });
    const { catalogue, warnings, broken } = await build(dir);
    expect(catalogue.models.map(({ id, file, license }) => ({ id, file, license }))).toEqual([
      { id: 'a/box', file: 'a/box.glb', license: 'unknown' },
    ]);
    expect(catalogue.environments.map(({ id, format }) => [id, format])).toEqual([
      ['sky/noon', 'hdr'],
    ]);
    expect(catalogue.images.map(({ id }) => id)).toEqual([
      'oak/Oak_1K_Color',
      'oak/Oak_1K_NormalDX',
      'oak/Oak_1K_NormalGL',
      'oak/Oak_1K_Roughness',
      'photo',
    ]);
    expect(catalogue.images[0]).toMatchObject({ widthPixels: 1, heightPixels: 1 });
    expect(catalogue.materials).toEqual([
      {
        kind: 'material',
        id: 'oak',
        root: 'mine',
        license: 'unknown',
        author: undefined,
        metalness: undefined,
        color: 'oak/Oak_1K_Color',
        normal: 'oak/Oak_1K_NormalGL',
        roughness: 'oak/Oak_1K_Roughness',
      },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/^mine: the licence of 8 assets is unknown \(.*, …\)/),
    ]);
    expect(catalogue.models[0]?.warnings).toEqual(['its licence is unknown']);
    expect(broken).toEqual([]);
  });

  it('takes occlusion and height into a set, also where three maps are packed in one', async () => {
    const dir = await makeFolder({
      'oak/Oak_1K_Color.png': TINY_PNG,
      'oak/Oak_1K_Roughness.png': TINY_PNG,
      'oak/Oak_1K_AmbientOcclusion.png': TINY_PNG,
      'oak/Oak_1K_Displacement.png': TINY_PNG,
      'wall/wall_diff_2k.png': TINY_PNG,
      'wall/wall_arm_2k.png': TINY_PNG,
      'wall/wall_disp_2k.png': TINY_PNG,
      'lone/lone_diff_1k.png': TINY_PNG,
      'lone/lone_ao_1k.png': TINY_PNG,
    });
    const { catalogue } = await build(dir);
    expect(catalogue.materials.map(({ root: _, license: _l, kind: _k, ...maps }) => maps)).toEqual([
      {
        id: 'oak',
        color: 'oak/Oak_1K_Color',
        roughness: 'oak/Oak_1K_Roughness',
        occlusion: 'oak/Oak_1K_AmbientOcclusion',
        height: 'oak/Oak_1K_Displacement',
      },
      {
        id: 'wall',
        color: 'wall/wall_diff_2k',
        roughness: 'wall/wall_arm_2k',
        metalness: 'wall/wall_arm_2k',
        occlusion: 'wall/wall_arm_2k',
        height: 'wall/wall_disp_2k',
      },
    ]);
  });

  it('takes id, category, licence and author from assets.json, and doubts a wrong size', async () => {
    const entry = {
      id: 'crate',
      file: 'a/box.glb',
      category: 'box',
      license: 'MIT',
      author: 'Me',
      sizeMeters: [0.2, 0.4, 0.7],
    };
    const dir = await makeFolder({
      'a/box.glb': await box(),
      'assets.json': JSON.stringify([entry]),
    });
    const { catalogue } = await build(dir);
    expect(catalogue.models).toHaveLength(1);
    expect(catalogue.models[0]).toMatchObject({
      id: 'crate',
      category: 'box',
      license: 'MIT',
      author: 'Me',
    });
    expect(catalogue.models[0]?.warnings).toEqual([
      'is declared to measure 0.2 × 0.4 × 0.7 m, but measures 0.2 × 0.4 × 0.6 m',
    ]);
  });

  it('accepts a size within 2 %, and rounding to the millimetre', async () => {
    const list = (sizeMeters: number[]) =>
      JSON.stringify([{ id: 'b', file: 'b.glb', license: 'MIT', sizeMeters }]);
    const dir = await makeFolder({ 'b.glb': await box(), 'assets.json': list([0.204, 0.4, 0.6]) });
    expect((await build(dir)).catalogue.models[0]?.warnings).toEqual([]);
    await writeFile(join(dir, 'assets.json'), list([0.205, 0.4, 0.6]));
    expect((await build(dir)).catalogue.models[0]?.warnings).toHaveLength(1);
  });

  it('names every broken asset at once, with file and reason', async () => {
    const glb = await box();
    const list = [
      { id: 'gone', file: 'gone.glb', license: 'MIT' },
      { id: 'changed', file: 'fine.glb', license: 'MIT', sha256: '0'.repeat(64) },
    ];
    const dir = await makeFolder({
      'assets.json': JSON.stringify(list),
      'fine.glb': glb,
      'cut.glb': glb.subarray(0, 200),
      'fake.png': 'GIF89a',
      'cut.png': TINY_PNG.subarray(0, 40),
      'sky.exr': 'nonsense',
    });
    const failure = await build(dir).catch((error: unknown) => error as Error);
    const text = failure instanceof Error ? failure.message : '';
    expect(failure).toMatchObject({ code: 'ASSET_INVALID' });
    expect(text.split('\n')).toHaveLength(7);
    expect(text).toContain('6 assets cannot be used:');
    expect(text).toContain('asset "gone" (mine/gone.glb): the file does not exist.');
    expect(text).toContain('asset "changed" (mine/fine.glb): expected SHA-256 0000');
    expect(text).toContain('asset "cut" (mine/cut.glb): expected');
    expect(text).toContain(
      'asset "fake" (mine/fake.png): expected image/png by its name, found an unknown format',
    );
    expect(text).toContain('asset "cut" (mine/cut.png): the image/png is cut short');
    expect(text).toContain('asset "sky" (mine/sky.exr): not an OpenEXR file');
    const collected = await build(dir, { onBroken: 'collect' });
    expect(collected.broken.map(({ id, kind }) => `${kind} ${id}`).sort()).toEqual([
      'environment sky',
      'image cut',
      'image fake',
      'model changed',
      'model cut',
      'model gone',
    ]);
    expect(collected.catalogue.models).toEqual([]);
  });

  it('refuses an id that two roots use, and names both files', async () => {
    const one = await makeFolder({ 'box.glb': await box() });
    const two = await makeFolder({ 'box.glb': await box() });
    const cacheDir = await mkdtemp(join(tmpdir(), 'diorama-cache-'));
    const roots = [
      { name: 'one', dir: one },
      { name: 'two', dir: two },
    ];
    const building = buildCatalogue(roots, { cacheDir, packagedEnvironments: false });
    await expect(building).rejects.toThrow(
      new RegExp(
        `asset "box" \\(two/box.glb\\): the id is taken by one/box.glb \\(${one}/box.glb\\); this file is ${two}/box.glb`,
      ),
    );
  });

  it('reports every fault of an assets.json with its place', async () => {
    const dir = await makeFolder({
      'assets.json': JSON.stringify([{ id: 'a' }, { id: 'a', file: '../x.glb' }, 5]),
    });
    const text = await build(dir).catch((error: unknown) => String(error));
    expect(text).toContain(
      '[0].file: expected a path inside the folder, with forward slashes, got nothing',
    );
    expect(text).toContain(
      '[1].file: expected a path inside the folder, with forward slashes, got "../x.glb"',
    );
    expect(text).toContain('[1].id: "a" is listed twice');
    expect(text).toContain('[2]: expected an object, got number');
  });

  it('does not follow links out of the folder', async () => {
    const outside = await makeFolder({ 'secret.png': TINY_PNG });
    const dir = await makeFolder({ 'fine.png': TINY_PNG });
    await symlink(join(outside, 'secret.png'), join(dir, 'link.png'));
    await symlink(outside, join(dir, 'folder'));
    const { catalogue, warnings } = await build(dir);
    expect(catalogue.images.map(({ id }) => id)).toEqual(['fine']);
    expect(warnings.filter((text) => text.includes('a link that leads out'))).toHaveLength(2);
  });

  it('offers the packaged environments', async () => {
    const { catalogue, resolve } = await build(await makeFolder({}), {
      packagedEnvironments: true,
    });
    const studio = catalogue.environments.find(({ id }) => id === 'studio');
    expect(studio).toMatchObject({
      format: 'exr',
      license: 'CC0-1.0',
      author: 'Poly Haven',
      root: 'builtin',
    });
    const served = await resolve(studio?.sha256 ?? '');
    expect(served?.contentType).toBe('image/x-exr');
    expect([...(served?.bytes.subarray(0, 4) ?? [])]).toEqual([0x76, 0x2f, 0x31, 0x01]);
    expect(served?.bytes.byteLength).toBe(studio?.bytes);
    expect(sha256Of(served?.bytes ?? '')).toBe(studio?.sha256);
  });
});

describe('the cache', () => {
  it('gives the same catalogue again, and rebuilds entries that are damaged', async () => {
    const dir = await makeFolder({ 'box.glb': await box(), 'p.png': TINY_PNG });
    for (const file of ['box.glb', 'p.png']) await utimes(join(dir, file), 1000, 1000);
    const cacheDir = await mkdtemp(join(tmpdir(), 'diorama-cache-'));
    const first = await build(dir, { cacheDir });
    const entries = (await readdir(cacheDir, { recursive: true })).filter((name) =>
      name.endsWith('.json'),
    );
    expect(entries).toHaveLength(3);
    expect((await build(dir, { cacheDir })).catalogue).toEqual(first.catalogue);
    for (const name of entries) {
      const text = await readFile(join(cacheDir, name), 'utf8');
      await writeFile(join(cacheDir, name), text.replace(/12|8/g, '9'));
    }
    expect((await build(dir, { cacheDir })).catalogue).toEqual(first.catalogue);
    for (const name of entries) await writeFile(join(cacheDir, name), '{');
    expect((await build(dir, { cacheDir })).catalogue).toEqual(first.catalogue);
  });

  it('is done without where it cannot be written, with a sentence that says so', async () => {
    const dir = await makeFolder({ 'box.glb': await box(), file: '' });
    const within = await build(dir);
    const without = await build(dir, { cacheDir: join(dir, 'file', 'cache') });
    expect(without.catalogue).toEqual(within.catalogue);
    expect(within.cacheProblem).toBeNull();
    expect(without.cacheProblem).toMatch(/file\/cache cannot be written \(.*DIORAMA_CACHE/);
    expect(await without.resolve(without.catalogue.models[0]?.sha256 ?? '')).not.toBeNull();
  });

  it('sees a file that has changed', async () => {
    const dir = await makeFolder({ 'box.glb': await box() });
    await utimes(join(dir, 'box.glb'), 1000, 1000);
    const cacheDir = await mkdtemp(join(tmpdir(), 'diorama-cache-'));
    const first = await build(dir, { cacheDir });
    const document = makeBoxDocument();
    document.getRoot().listNodes()[0]?.setTranslation([2, 0.5, 0]);
    await writeFile(join(dir, 'box.glb'), await toGlb(document));
    const second = await build(dir, { cacheDir });
    expect(second.catalogue.models[0]?.sha256).not.toBe(first.catalogue.models[0]?.sha256);
    expect(second.catalogue.models[0]?.bounds.max[0]).toBeCloseTo(2.1, 6);
    await expect(first.resolve(first.catalogue.models[0]?.sha256 ?? '')).rejects.toThrow(
      'has changed since the catalogue was built',
    );
  });
});

describe('resolve', () => {
  it('hands out plain models as they are, and nothing for unknown keys', async () => {
    const glb = await box();
    const { catalogue, resolve } = await build(await makeFolder({ 'box.glb': glb }));
    const served = await resolve(catalogue.models[0]?.sha256 ?? '');
    expect(served?.contentType).toBe('model/gltf-binary');
    expect(Buffer.from(served?.bytes ?? []).equals(Buffer.from(glb))).toBe(true);
    expect(await resolve('f'.repeat(64))).toBeNull();
  });

  it.each([
    ['Draco', makeDracoBox],
    ['meshopt with quantisation', makeMeshoptBox],
  ])('unpacks %s: a plain reader finds float positions', async (_name, make) => {
    const { catalogue, resolve } = await build(await makeFolder({ 'box.glb': await make() }));
    const key = catalogue.models[0]?.sha256 ?? '';
    const served = await resolve(key);
    const document = await new NodeIO().readBinary(new Uint8Array(served?.bytes ?? []));
    expect(document.getRoot().listExtensionsUsed()).toEqual([]);
    const position = document
      .getRoot()
      .listMeshes()[0]
      ?.listPrimitives()[0]
      ?.getAttribute('POSITION');
    expect(position?.getArray()).toBeInstanceOf(Float32Array);
    expect(
      Buffer.from((await resolve(key))?.bytes ?? []).equals(Buffer.from(served?.bytes ?? [])),
    ).toBe(true);
  });

  it('packs a .gltf with its files into one GLB; its identity covers them', async () => {
    const { json, resources } = await new NodeIO().writeJSON(makeBoxDocument(), {
      basename: 'box',
    });
    const files = { 'box.gltf': JSON.stringify(json), ...resources, 'free.png': TINY_PNG };
    const dir = await makeFolder(files);
    const { catalogue, resolve } = await build(dir);
    const model = catalogue.models[0];
    expect(model).toMatchObject({ id: 'box', triangles: 12 });
    const served = await resolve(model?.sha256 ?? '');
    const document = await new NodeIO().readBinary(new Uint8Array(served?.bytes ?? []));
    expect(
      document
        .getRoot()
        .listNodes()
        .map((n) => n.getName()),
    ).toEqual(['Box']);
    const bin = await readFile(join(dir, 'box.bin'));
    bin.writeFloatLE(-0.11, 0);
    await writeFile(join(dir, 'box.bin'), bin);
    await writeFile(
      join(dir, 'box.gltf'),
      JSON.stringify(json).replaceAll('-0.10000000149011612', '-0.10999999940395355'),
    );
    const again = await build(dir);
    expect(again.catalogue.models[0]?.sha256).not.toBe(model?.sha256);
  });
});

const SHARED = join(import.meta.dirname, '../../../../../shared/assets');

describe('real scans, low-poly models, maps and materials', () => {
  it.skipIf(!existsSync(SHARED))(
    'are all usable (skipped where shared assets are absent)',
    async () => {
      const { catalogue, broken } = await build(SHARED);
      expect(broken).toEqual([]);
      expect([
        catalogue.models.length,
        catalogue.environments.length,
        catalogue.materials.length,
      ]).toEqual([60, 8, 5]);
      const banana = catalogue.models.find(({ id }) => id === 'ycbbanana');
      const size = banana?.bounds.max.map((v, i) => v - (banana.bounds.min[i] ?? NaN));
      expect(size).toEqual([0.196, 0.037, 0.079].map((v) => expect.closeTo(v, 3) as number));
      expect(
        catalogue.models.every(({ footprint }) => footprint.length >= 3 && footprint.length <= 32),
      ).toBe(true);
      expect(
        catalogue.models
          .filter(({ id }) => !id.startsWith('lowpoly'))
          .flatMap(({ warnings }) => warnings),
      ).toEqual([]);
    },
  );
});
