import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type {
  AssetCatalogue,
  ImageAsset,
  MaterialAsset,
  ModelAsset,
} from '#shared/core/asset-catalogue';
import { buildManifest } from '#node/run/build-manifest';
import { listPossibleAssets, possibleStrings } from '#node/run/list-possible-assets';
import { makeConfig } from '../store/make-dataset.ts';
import { makeRun } from './make-run.ts';

const about = (id: string) => ({
  id,
  file: id,
  root: 'builtin',
  sha256: id.padEnd(64, '0'),
  bytes: 1,
  license: 'CC0-1.0',
});

function makeModel(id: string, category: string): ModelAsset {
  return {
    ...about(id),
    kind: 'model',
    category,
    bounds: { min: [0, 0, 0], max: [1, 1, 1] },
    triangles: 12,
    footprint: [],
    nodes: [],
    materialNames: [],
    hasUvs: true,
    animations: [],
    extensions: [],
    warnings: [],
  };
}

const makeImage = (id: string): ImageAsset => ({
  ...about(id),
  kind: 'image',
  widthPixels: 2,
  heightPixels: 2,
});
const makeMaterial = (id: string, color: string, normal?: string): MaterialAsset => ({
  kind: 'material',
  id,
  root: 'builtin',
  license: 'CC0-1.0',
  color,
  normal,
});

const catalogue: AssetCatalogue = {
  models: [makeModel('apple', 'fruit'), makeModel('crate', 'box'), makeModel('pear', 'fruit')],
  environments: ['dawn', 'noon', 'storm'].map((id) => ({
    ...about(id),
    kind: 'environment',
    format: 'hdr',
  })),
  images: ['cloth', 'oak', 'oak-normal', 'tiles'].map(makeImage),
  materials: [makeMaterial('slate', 'tiles'), makeMaterial('wood', 'oak', 'oak-normal')],
};

const surface = { kind: 'scatter', surface: 'table' } as const;

function inputsOf(changes: Partial<ConfigInput>) {
  return { ...makeRun('out').inputs, catalogue, config: makeConfig(changes) };
}
const idsOf = (changes: Partial<ConfigInput>): readonly string[] =>
  listPossibleAssets(inputsOf(changes)).map(({ kind, id }) => `${kind} ${id}`);

describe('listPossibleAssets', () => {
  it('lists nothing for a config that names nothing', () => expect(idsOf({})).toEqual([]));

  it('lists models by category and pattern, but not those of weight 0', () => {
    const group = { categories: ['fruit'], weights: { pear: 0 }, count: 1, placement: surface };
    expect(idsOf({ objects: { group } })).toEqual(['model apple']);
    expect(idsOf({ objects: { group: { assets: ['*'], count: 0, placement: surface } } })).toEqual([
      'model apple',
      'model crate',
      'model pear',
    ]);
  });

  it('follows choices and variables to the assets that they may name', () => {
    const map = { kind: 'var', name: 'sky' } as const;
    const sky = { kind: 'choice', values: ['dawn', 'storm'], weights: [1, 0] } as const;
    expect(
      idsOf({
        environment: { map },
        vars: { sky: { ...sky, values: [...sky.values], weights: [1, 0] } },
      }),
    ).toEqual(['environment dawn']);
    expect(idsOf({ environment: { map: '*' } })).toHaveLength(3);
  });

  it('lists a material with its images', () => {
    const texture = {
      kind: 'one-of',
      textures: [
        { kind: 'material', material: 'wood' },
        { kind: 'image', image: 'cl*' },
        { kind: 'material', material: 'slate' },
      ],
      weights: [1, 1, 0],
    } as const;
    const material = {
      texture: { ...texture, textures: [...texture.textures], weights: [1, 1, 0] },
    };
    expect(idsOf({ nodes: { table: { material } } })).toEqual([
      'image cloth',
      'image oak',
      'image oak-normal',
      'material wood',
    ]);
    expect(idsOf({ nodes: { table: { material: { ...material, probability: 0 } } } })).toEqual([]);
  });
});

describe('possibleStrings', () => {
  it('sees through every form of a text', () => {
    const vars = { a: 'x', b: { kind: 'choice' as const, values: ['y', 1, 'z'] }, c: 3 };
    expect(possibleStrings('plain', vars)).toEqual(['plain']);
    expect(possibleStrings({ kind: 'constant', value: 'k' }, vars)).toEqual(['k']);
    expect(possibleStrings({ kind: 'var', name: 'a' }, vars)).toEqual(['x']);
    expect(possibleStrings({ kind: 'var', name: 'b' }, vars)).toEqual(['y', 'z']);
    expect(possibleStrings({ kind: 'var', name: 'c' }, vars)).toEqual([]);
  });
});

describe('buildManifest', () => {
  const origin = { sources: {}, sha256: 'f'.repeat(64), toolVersion: '1.2.3' };

  it('numbers categories from 1 in the order of the config', () => {
    const inputs = inputsOf({ categories: ['pear', { name: 'apple', supercategory: 'fruit' }] });
    expect(buildManifest(inputs, origin).categories).toEqual([
      { id: 1, name: 'pear' },
      { id: 2, name: 'apple', supercategory: 'fruit', isthing: true },
    ]);
  });

  it('lists the scene before the assets, and gives a material a hash of its images', () => {
    const wood = (color: string) => {
      const texture = { kind: 'material', material: 'wood' } as const;
      const inputs = inputsOf({ nodes: { table: { material: { texture } } } });
      const images = catalogue.images.map((i) =>
        i.id === 'oak' ? { ...i, sha256: color.repeat(64) } : i,
      );
      return buildManifest({ ...inputs, catalogue: { ...catalogue, images } }, origin).assets;
    };
    expect(wood('1').map(({ kind }) => kind)).toEqual(['scene', 'image', 'image', 'material']);
    const hashOf = (color: string) => wood(color).find(({ kind }) => kind === 'material')?.sha256;
    expect(hashOf('1')).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf('1')).toBe(hashOf('1'));
    expect(hashOf('1')).not.toBe(hashOf('2'));
  });
});
