import { NodeIO } from '@gltf-transform/core';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '#node/assets/build-catalogue';
import { importModel, type ImportOptions } from '#node/assets/import-model';
import { makeBoxDocument, toGlb } from '../../../fixtures/assets/make-model.ts';

const folder = () => mkdtemp(join(tmpdir(), 'diorama-import-'));

async function options(
  file: string,
  content: Uint8Array | string,
  more: Partial<ImportOptions> = {},
): Promise<ImportOptions> {
  const path = join(await folder(), file);
  await writeFile(path, content);
  return {
    file: path,
    out: await folder(),
    id: 'thing',
    license: 'MIT',
    units: 'm',
    up: 'y',
    origin: 'keep',
    weld: false,
    force: false,
    ...more,
  };
}

const near = (values: readonly number[]) => values.map((v) => expect.closeTo(v, 6) as number);

/** Two triangles of a 2 × 3 rectangle on z = 0. */
const QUAD_OBJ =
  'o quad\nv 0 0 0\nv 2 0 0\nv 2 3 0\nv 0 3 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nf 1/1 2/2 3/3 4/4\n';

const QUAD_PLY = `ply
format ascii 1.0
element vertex 4
property float x
property float y
property float z
element face 1
property list uchar int vertex_indices
end_header
0 0 0
2 0 0
2 3 0
0 3 0
4 0 1 2 3
`;

const TRIANGLE_STL = `solid t
facet normal 0 0 1
outer loop
vertex 0 0 0
vertex 2 0 0
vertex 2 3 0
endloop
endfacet
endsolid t
`;

describe('importModel', () => {
  it('converts units and axes, moves the origin, and lists the result', async () => {
    const given = await options('box.glb', await toGlb(makeBoxDocument()), {
      units: 'cm',
      up: 'z',
      origin: 'base',
      category: 'crate',
      author: 'Me',
    });
    const result = await importModel(given);
    // Box of 0.2 × 0.4 × 0.6 units, z up: 0.2 × 0.6 × 0.4 cm.
    expect(result.after.sizeMeters).toEqual(near([0.002, 0.006, 0.004]));
    expect(result.before.triangles).toBe(12);
    const { catalogue } = await buildCatalogue([{ name: 'out', dir: given.out }], {
      cacheDir: await folder(),
      packagedEnvironments: false,
    });
    const [model] = catalogue.models;
    expect(model).toMatchObject({
      id: 'thing',
      category: 'crate',
      license: 'MIT',
      author: 'Me',
      triangles: 12,
      warnings: [],
    });
    expect(model?.bounds.min).toEqual(near([-0.001, 0, -0.002]));
    expect(model?.bounds.max).toEqual(near([0.001, 0.006, 0.002]));
    expect((await readdir(given.out)).sort()).toEqual(['assets.json', 'thing.glb']);
  });

  it('refuses to overwrite, unless forced; other entries stay', async () => {
    const given = await options('box.glb', await toGlb(makeBoxDocument()));
    await importModel(given);
    await importModel({ ...given, id: 'other' });
    await expect(importModel(given)).rejects.toThrow(/already lists "thing".*--force/);
    await importModel({ ...given, force: true, license: 'CC0-1.0' });
    const list = JSON.parse(await readFile(join(given.out, 'assets.json'), 'utf8')) as {
      id: string;
      license: string;
    }[];
    expect(list.map(({ id, license }) => [id, license])).toEqual([
      ['other', 'MIT'],
      ['thing', 'CC0-1.0'],
    ]);
  });

  it.each([
    ['quad.obj', QUAD_OBJ, 2],
    ['quad.ply', QUAD_PLY, 2],
    ['triangle.stl', TRIANGLE_STL, 1],
  ])('reads %s', async (file, content, triangles) => {
    const result = await importModel(await options(file, content, { units: 'mm' }));
    expect(result.after.triangles).toBe(triangles);
    expect(result.after.sizeMeters).toEqual(near([0.002, 0.003, 0]));
  });

  it('keeps texture coordinates of OBJ, and joins equal vertices on request', async () => {
    const given = await options('quad.obj', QUAD_OBJ, { weld: true });
    const { path } = await importModel(given);
    const primitive = (await new NodeIO().read(path))
      .getRoot()
      .listMeshes()[0]
      ?.listPrimitives()[0];
    expect(primitive?.getAttribute('TEXCOORD_0')?.getCount()).toBe(4);
    expect(primitive?.getAttribute('POSITION')?.getCount()).toBe(4);
    expect(primitive?.getAttribute('NORMAL')?.getElement(0, [])).toEqual([0, 0, 1]);
  });

  it('simplifies a flat grid to the share asked for', async () => {
    const lines: string[] = [];
    const n = 20;
    for (let y = 0; y <= n; y++) for (let x = 0; x <= n; x++) lines.push(`v ${x} ${y} 0`);
    for (let y = 0; y < n; y++)
      for (let x = 0; x < n; x++) {
        const i = y * (n + 1) + x + 1;
        lines.push(`f ${i} ${i + 1} ${i + n + 2} ${i + n + 1}`);
      }
    const result = await importModel(
      await options('grid.obj', lines.join('\n'), { simplifyRatio: 0.25 }),
    );
    expect(result.before.triangles).toBe(800);
    expect(result.after.triangles).toBeLessThanOrEqual(220);
    expect(result.after.sizeMeters).toEqual(near([20, 20, 0]));
  });

  it('refuses ids that leave the folder, other formats, and empty meshes', async () => {
    const glb = await toGlb(makeBoxDocument());
    await expect(importModel(await options('box.glb', glb, { id: '../up' }))).rejects.toThrow(
      'expected an id of letters',
    );
    await expect(importModel(await options('box.fbx', glb))).rejects.toThrow('got ".fbx"');
    await expect(importModel(await options('empty.obj', '# nothing\n'))).rejects.toThrow(
      'has no triangles',
    );
  });
});
