import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleScene } from '#shared/sampling/sample-scene';
import { sha256Of } from '#node/assets/asset-cache';
import { assetFaults } from '#node/replay/asset-faults';
import { assetsOfSample } from '#node/replay/assets-of-sample';
import { findScene, sceneCandidates } from '#node/replay/find-scene';
import { CATALOGUE, makeRunInputs } from '../../../makers/make-run-inputs.ts';
import { makeFolder } from '../store/make-dataset.ts';
import { CRATES } from '../verify/make-true-dataset.ts';

const SHA = (text: string): string => sha256Of(text);

describe('assetsOfSample', () => {
  it('lists models, images, materials and the sky that a frame shows, each once', () => {
    const inputs = makeRunInputs(CRATES);
    const sample = sampleScene(inputs, 0);
    const [first] = sample.objects;
    if (first === undefined) throw new Error('expected an object');
    const placed = { scaleMeters: 1, rotationDegrees: 0 };
    const image = { kind: 'image' as const, imageId: 'photo', ...placed };
    const material = { kind: 'material' as const, materialId: 'oak', ...placed };
    const objects = [
      { ...first, assetId: 'a', material: { texture: image } },
      { ...first, assetId: 'b', material: { texture: image } },
      { ...first, assetId: 'a', material: { texture: material } },
    ];
    const environment = { ...sample.environment, mapId: 'noon' };
    const names = assetsOfSample({ ...sample, nodes: [], objects, environment }, { nodes: [] });
    expect(names.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'model a',
      'model b',
      'image photo',
      'material oak',
      'environment noon',
    ]);
  });
});

describe('assetFaults', () => {
  const asset = (id: string, sha256: string) => ({
    id,
    kind: 'model' as const,
    sha256,
    license: 'CC0-1.0',
  });
  const used = (id: string) => [{ kind: 'model' as const, id }];
  const built = { catalogue: CATALOGUE, broken: [] };

  it('accepts what has the recorded hash', () => {
    const assets = [asset('crate-1', 'sha256-of-crate-1')];
    expect(assetFaults(used('crate-1'), { assets }, built)).toEqual([]);
  });

  it('names an asset that changed, with the hash that is expected and the one that is found', () => {
    const assets = [asset('crate-1', 'f'.repeat(64))];
    expect(assetFaults(used('crate-1'), { assets }, built)).toEqual([
      'model "crate-1": expected the SHA-256 ffffffffffff… of dataset.json, found sha256-of-cr… in builtin: it has changed',
    ]);
  });

  it('names an asset that is gone, that is broken, or that the dataset never had', () => {
    const assets = [asset('gone', 'e'.repeat(64))];
    const broken = [
      { kind: 'model' as const, id: 'gone', root: 'mine', file: 'gone.glb', reason: 'truncated' },
    ];
    expect(assetFaults(used('gone'), { assets }, built)[0]).toMatch(
      /found no such asset; give its folder with --assets$/,
    );
    expect(assetFaults(used('gone'), { assets }, { ...built, broken })[0]).toMatch(
      /found gone\.glb: truncated$/,
    );
    expect(assetFaults(used('other'), { assets }, built)[0]).toMatch(/found it not among them$/);
  });
});

describe('findScene', () => {
  const SCENE = 'sceneVersion: 1\nname: bare\nnodes: []\n';
  const manifest = (sha256: string, source = 'base/x.yaml:3') => ({
    scene: { path: '../scenes/bare.yaml', sha256 },
    sources: { scene: source },
  });
  function makeHouse(text: string): string {
    const folder = makeFolder();
    for (const name of ['configs/base', 'configs/scenes'])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'configs/scenes/bare.yaml'), text);
    return folder;
  }

  it('looks from the config’s folder, by the file that stated the scene; the config may be gone', async () => {
    const folder = makeHouse(SCENE);
    const configPath = join(folder, 'configs/gone.yaml');
    const scene = await findScene(manifest(SHA(SCENE)), { configPath }, CATALOGUE);
    expect(scene.description.source).toMatchObject({ path: '../scenes/bare.yaml', kind: 'yaml' });
    const scenePath = join(folder, 'configs/scenes/bare.yaml');
    expect((await findScene(manifest(SHA(SCENE)), { scenePath }, CATALOGUE)).files).toEqual([
      scenePath,
    ]);
  });

  it('refuses another scene with both hashes, and tells where it looked for one that is not there', async () => {
    const changed = SCENE.replace('bare', 'other');
    const configPath = join(makeHouse(changed), 'configs/x.yaml');
    await expect(findScene(manifest(SHA(SCENE)), { configPath }, CATALOGUE)).rejects.toThrow(
      `expected the SHA-256 ${SHA(SCENE).slice(0, 12)}… of dataset.json, found `,
    );
    await expect(
      findScene(manifest(SHA(SCENE)), { configPath: '/nowhere/x.yaml' }, CATALOGUE),
    ).rejects.toThrow(
      /found no such file \(\/nowhere\/scenes\/bare\.yaml\)\. Give the scene with --scene/,
    );
  });

  it('looks where configs lie, or by the working folder for a scene that a flag named', () => {
    const [first, second] = sceneCandidates(manifest(''), {});
    expect(first).toBe(resolve('scenes/bare.yaml'));
    expect(second).toBe(resolve('configs/scenes/bare.yaml'));
    expect(sceneCandidates(manifest('', '--set'), {})).toEqual([resolve('../scenes/bare.yaml')]);
  });
});
