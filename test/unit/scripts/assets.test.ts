import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getBounds, NodeIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { buildAsset } from '../../../scripts/assets/lib/write-glb.ts';
import { recipes } from '../../../scripts/assets/library.ts';

interface AssetEntry {
  id: string;
  file: string;
  category: string;
  license: string;
  sizeMeters: [number, number, number];
  bytes: number;
  sha256: string;
}

const MAX_LIBRARY_BYTES = 10.5 * 1024 * 1024;
/** Longest side of the largest model, metres. */
const MAX_SIDE_METERS = 12;
const assetsFolder = fileURLToPath(new URL('../../../assets/', import.meta.url));
const index = JSON.parse(await readFile(`${assetsFolder}assets.json`, 'utf8')) as AssetEntry[];
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

describe('shipped asset library', () => {
  it('lists exactly the models of the generator, within the size budget', () => {
    expect(index.map((entry) => entry.id)).toEqual(recipes.map((recipe) => recipe.id));
    expect(index.reduce((sum, entry) => sum + entry.bytes, 0)).toBeLessThan(MAX_LIBRARY_BYTES);
  });

  it.each([
    'dice-1',
    'sofa-1',
    'novel-1',
    'houseplant-1',
    'remote-control-1',
    'weed-3',
    'robot-arm-1',
  ])('rebuilds %s to the committed bytes', async (wanted) => {
    const recipe = recipes.find(({ id }) => id === wanted);
    if (!recipe) throw new Error(`no recipe ${wanted}`);
    const { glb } = await buildAsset(recipe);
    expect(sha256(glb)).toBe(index.find(({ id }) => id === wanted)?.sha256);
  });
});

describe.each(index)('$id', (entry) => {
  it('matches its index entry', async () => {
    const data = await readFile(`${assetsFolder}${entry.file}`);
    expect(data.byteLength).toBe(entry.bytes);
    expect(sha256(data)).toBe(entry.sha256);
    expect(entry.license).toBe('CC0-1.0');
  });

  it('stands centred on y = 0 at its real size under one named root', async () => {
    const document = await new NodeIO().read(`${assetsFolder}${entry.file}`);
    const scene = document.getRoot().getDefaultScene();
    if (!scene) throw new Error('no default scene');
    const { min, max } = getBounds(scene);
    expect(Math.abs(min[1])).toBeLessThan(1e-4);
    for (const axis of [0, 2] as const) {
      expect(Math.abs(min[axis] + max[axis]) / 2).toBeLessThan(0.002);
    }
    for (const axis of [0, 1, 2] as const) {
      expect(Math.abs(max[axis] - min[axis] - entry.sizeMeters[axis])).toBeLessThan(0.001);
    }
    const longest = Math.max(...entry.sizeMeters);
    expect(longest).toBeGreaterThan(0.01);
    expect(longest).toBeLessThan(MAX_SIDE_METERS);
    const [root, ...others] = scene.listChildren();
    expect(others).toEqual([]);
    expect(root?.getName()).toBe(entry.id);
    expect(root?.getExtras()).toEqual({ category: entry.category });
  });

  it('has no validation errors or warnings', async () => {
    const data = new Uint8Array(await readFile(`${assetsFolder}${entry.file}`));
    const { issues } = await validateBytes(data, {});
    expect(issues.messages.filter(({ severity }) => severity <= 1)).toEqual([]);
  });
});
