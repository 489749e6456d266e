import { describe, expect, it } from 'vitest';
import { materialSchema } from '#shared/config/material-schema';
import { planMaterial } from '#shared/plan/plan-material';
import { sampleMaterial } from '#shared/sampling/sample-material';
import { Sampler } from '#shared/sampling/sampler';
import type { LayerSample, MaterialSample } from '#shared/sampling/scene-sample';
import { CATALOGUE } from '../../../makers/make-run-inputs.ts';

const draw = (material: object, frame = 0): MaterialSample | undefined =>
  sampleMaterial(
    { sampler: new Sampler('s', frame), catalogue: CATALOGUE },
    materialSchema.parse(material),
    'm',
  );
const layersOf = (layers: readonly object[], frame = 0): readonly LayerSample[] =>
  draw({ layers }, frame)?.layers ?? [];

describe('sampleLayers', () => {
  it('draws each layer that chance leaves in, in the order of the config', () => {
    const layers = [
      { kind: 'dirt' },
      { kind: 'wear', probability: 0 },
      { kind: 'scratches', amount: { kind: 'uniform', min: 0, max: 1 } },
      { kind: 'decal' },
    ];
    expect(layersOf(layers).map(({ kind }) => kind)).toEqual(['dirt', 'scratches', 'decal']);
    expect(layersOf(layers)).toEqual(layersOf(layers));
    expect(layersOf(layers)).not.toEqual(layersOf(layers, 1));
  });

  it('moves no other draw, and is absent where the config has none', () => {
    const plain = { roughness: { kind: 'uniform', min: 0, max: 1 } };
    const { layers, ...rest } = draw({ ...plain, layers: [{ kind: 'dirt' }] }) ?? {};
    expect(layers).toHaveLength(1);
    expect(rest).toEqual(draw(plain));
    expect(Object.keys(draw(plain) ?? {})).not.toContain('layers');
  });

  it.each([
    [
      { kind: 'dirt', amount: { kind: 'normal', mean: 3, std: 0.1 } },
      'm.layers[0].amount: expected a value in 0..1',
    ],
    [
      { kind: 'decal', side: 'front' },
      'm.layers[0].side: expected a side of the object (+x, -x, +y, -y, +z, -z), drew "front"',
    ],
    [{ kind: 'decal', place: [0.5, 7] }, 'm.layers[0].place[1]: expected a value in -1..2, drew 7'],
    [{ kind: 'decal', image: 'nothing' }, 'm.layers[0].image: no image asset matches "nothing"'],
  ])('refuses by name what no layer can be: %#', (layer, message) => {
    expect(() => layersOf([layer])).toThrow(message);
  });

  it('refuses a decal of two things, and more than four layers', () => {
    const both = { kind: 'decal', image: 'oak', label: { form: 'price' } };
    expect(materialSchema.safeParse({ layers: [both] }).success).toBe(false);
    const five = Array.from({ length: 5 }, () => ({ kind: 'dirt' }));
    expect(materialSchema.safeParse({ layers: five }).success).toBe(false);
  });

  it('plans a decal as high as its print or image says', () => {
    const oak = CATALOGUE.images.find(({ id }) => id === 'oak');
    if (!oak) throw new Error('the catalogue of tests has oak');
    const sample = draw({
      layers: [
        { kind: 'decal', label: { form: 'shipping' }, widthMeters: 0.1, rotationDegrees: 90 },
        { kind: 'decal', image: 'oak', widthMeters: 0.1 },
      ],
    });
    const [label, image] = planMaterial(sample, CATALOGUE)?.layers ?? [];
    if (label?.kind !== 'decal' || image?.kind !== 'decal') throw new Error('two decals');
    expect(label.sizeMeters[1]).toBeCloseTo(0.14, 12);
    expect(label.rotationRadians).toBeCloseTo(Math.PI / 2, 12);
    expect(image.source).toEqual({ kind: 'images', color: oak.sha256 });
    expect(image.sizeMeters[1]).toBeCloseTo((0.1 * oak.heightPixels) / oak.widthPixels, 12);
  });
});
