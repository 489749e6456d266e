import { describe, expect, it } from 'vitest';
import { materialSchema } from '#shared/config/material-schema';
import type { StringValue } from '#shared/config/value-schemas';
import { pickAsset } from '#shared/sampling/pick-asset';
import { sampleMaterial } from '#shared/sampling/sample-material';
import { Sampler } from '#shared/sampling/sampler';
import type { MaterialSample } from '#shared/sampling/scene-sample';
import { CATALOGUE } from '../../../makers/make-run-inputs.ts';
import { CHI_SQUARE_LIMIT, chiSquare, countsOf } from './goodness-of-fit.ts';

const FRAMES = 2000;
const colors = ['#ff0000', '#00ff00', '#0000ff'];

const draw = (material: object, frame = 0, path = 'm'): MaterialSample | undefined =>
  sampleMaterial(
    { sampler: new Sampler('s', frame), catalogue: CATALOGUE },
    materialSchema.parse(material),
    path,
  );
const overFrames = <T>(of: (frame: number) => T): T[] =>
  Array.from({ length: FRAMES }, (_, frame) => of(frame));

describe('sampleMaterial', () => {
  it('changes a surface with its probability (chi-square, 0.1 %)', () => {
    const made = overFrames((frame) => draw({ roughness: 0.5, probability: 0.25 }, frame));
    const counts = countsOf(
      made.map((material) => material !== undefined),
      [true, false],
    );
    expect(chiSquare(counts, [FRAMES / 4, (FRAMES * 3) / 4])).toBeLessThan(
      CHI_SQUARE_LIMIT[1] ?? NaN,
    );
    expect(draw({ probability: 0, color: '#ffffff' })).toBeUndefined();
  });

  it('draws one of several textures by weight, each with parameters of its own (chi-square, 0.1 %)', () => {
    const textures = ['noise', 'checks', 'gradient'].map((kind) => ({ kind, colors }));
    const texture = { kind: 'one-of', textures, weights: [1, 0, 3] };
    const kinds = overFrames((frame) => draw({ texture }, frame)?.texture?.kind);
    const counts = countsOf(kinds, ['noise', 'gradient']);
    expect(counts.reduce((a, b) => a + b)).toBe(FRAMES);
    expect(chiSquare(counts, [FRAMES / 4, (FRAMES * 3) / 4])).toBeLessThan(
      CHI_SQUARE_LIMIT[1] ?? NaN,
    );
  });

  it('seeds patterns by place and frame, with a whole number below 2^24', () => {
    const seedOf = (frame: number, path: string): number => {
      const texture = draw({ texture: { kind: 'marble', colors } }, frame, path)?.texture;
      return texture?.kind === 'marble' ? texture.patternSeed : NaN;
    };
    const seeds = [...overFrames((frame) => seedOf(frame, 'a')), seedOf(0, 'b')];
    // Among 2001 of 2^24 numbers, two meet 0.12 times on average (the birthdays' bound: 2001² / 2^25).
    expect(new Set(seeds).size).toBeGreaterThan(FRAMES - 2);
    for (const seed of seeds)
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 24).toBe(true);
  });

  it('leaves out what is absent, so that the asset stays as it is', () => {
    expect(JSON.parse(JSON.stringify(draw({ metalness: 1 })))).toEqual({ metalness: 1 });
    expect(draw({})).toEqual({});
  });

  it.each([
    [
      { roughness: { kind: 'normal', mean: 3, std: 0.1 } },
      'm.roughness: expected a value in 0..1, drew ',
    ],
    [
      { metalness: { kind: 'normal', mean: -3, std: 0.1 } },
      'm.metalness: expected a value in 0..1, drew -',
    ],
    [
      { texture: { kind: 'stripes', colors, softness: { kind: 'normal', mean: 3, std: 0.1 } } },
      'm.texture.softness: expected a value in 0..1, drew ',
    ],
    [
      { texture: { kind: 'checks', colors, scaleMeters: { kind: 'normal', mean: -1, std: 0.1 } } },
      'm.texture.scaleMeters: expected a value in 0.0001..10000, drew -',
    ],
    [
      { texture: { kind: 'image', image: 'silk' } },
      'm.texture.image: no image asset matches "silk". List what there is with: npx diorama assets list',
    ],
  ])('refuses by name what no surface can be: %#', (material, message) => {
    expect(() => draw(material)).toThrow(message);
  });
});

describe('pickAsset', () => {
  const ids = CATALOGUE.images.map(({ id }) => id);
  it('draws evenly among the matches of a pattern (chi-square, 0.1 %), and a name as it is', () => {
    const picked = overFrames((frame) =>
      pickAsset(new Sampler('s', frame), { value: 'fabrics/*', ids, what: 'image' }, 'p'),
    );
    const counts = countsOf(picked, ['fabrics/linen', 'fabrics/wool']);
    expect(chiSquare(counts, [FRAMES / 2, FRAMES / 2])).toBeLessThan(CHI_SQUARE_LIMIT[1] ?? NaN);
    const sampler = new Sampler('s', 0);
    expect(pickAsset(sampler, { value: 'oak', ids, what: 'image' }, 'p')).toBe('oak');
    expect(sampler.draws).toEqual({});
  });

  it('draws a pattern of a choice first, then one of its matches', () => {
    const value: StringValue = { kind: 'choice', values: ['oak', 'fabrics/*'] };
    const patterns = new Set<unknown>();
    for (let frame = 0; frame < 20; frame++) {
      const sampler = new Sampler('s', frame);
      const picked = pickAsset(sampler, { value, ids, what: 'image' }, 'p');
      const { p: pattern, 'p.match': match } = sampler.draws;
      expect(picked).toBe(pattern === 'oak' ? 'oak' : match);
      expect(picked.startsWith('fabrics/')).toBe(pattern === 'fabrics/*');
      patterns.add(pattern);
    }
    expect(patterns).toEqual(new Set(['oak', 'fabrics/*']));
  });
});
