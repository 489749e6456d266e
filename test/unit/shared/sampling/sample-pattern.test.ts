import { describe, expect, it } from 'vitest';
import { materialSchema } from '#shared/config/material-schema';
import {
  PATTERN_FORMS,
  patternSchemas,
  PROCEDURAL_KINDS,
  type ProceduralKind,
} from '#shared/config/pattern-schema';
import { planMaterial } from '#shared/plan/plan-material';
import { sampleMaterial } from '#shared/sampling/sample-material';
import { Sampler } from '#shared/sampling/sampler';
import type { TextureSample } from '#shared/sampling/scene-sample';
import { CATALOGUE } from '../../../makers/make-run-inputs.ts';
import { CHI_SQUARE_LIMIT, chiSquare, countsOf } from './goodness-of-fit.ts';

const colors = ['#ff0000', '#00ff00'];

function draw(texture: object, frame = 0): TextureSample | undefined {
  const context = { sampler: new Sampler('s', frame), catalogue: CATALOGUE };
  return sampleMaterial(context, materialSchema.parse({ texture }), 'm')?.texture;
}

describe('a pattern', () => {
  it('has its form by its place in the list', () => {
    for (const [kind, forms] of Object.entries(PATTERN_FORMS)) {
      for (const [index, form] of forms.entries()) {
        expect(draw({ kind, colors, form })).toMatchObject({ kind, variant: index });
      }
    }
  });

  it('has neither relief nor roughness unless the config says so', () => {
    for (const kind of PROCEDURAL_KINDS) {
      const drawn = draw({ kind, colors });
      expect(drawn).not.toHaveProperty('reliefMeters');
      expect(drawn).not.toHaveProperty('roughness');
    }
  });

  it('is planned with the slope of its relief, both lengths in metres', () => {
    const texture = { kind: 'noise', colors, reliefMeters: 0.01, scaleMeters: 0.25 };
    const planned = planMaterial({ texture: draw({ ...texture, roughness: [1, 0.5] }) }, CATALOGUE);
    expect(planned?.texture?.source).toMatchObject({ slope: 0.04, roughness: [1, 0.5] });
    expect(planned?.texture?.source).not.toHaveProperty('scaleMeters');
  });

  it.each([
    [{ reliefMeters: { kind: 'normal', mean: -5, std: 0.1 } }, 'm.texture.reliefMeters: expected'],
    [{ roughness: [{ kind: 'normal', mean: 5, std: 0.1 }, 1] }, 'm.texture.roughness[0]: expected'],
    [
      { roughness: [1, { kind: 'normal', mean: -5, std: 0.1 }] },
      'm.texture.roughness[1]: expected',
    ],
  ])('refuses by name what no surface can be: %#', (fields, message) => {
    expect(() => draw({ kind: 'tiles', colors, ...fields })).toThrow(message);
  });
});

describe('a random pattern', () => {
  const frames = Array.from({ length: 1300 }, (_, frame) => frame);

  it('is of each kind as often as of any other (chi-square, 0.1 %)', () => {
    const kinds = frames.map((frame) => draw({ kind: 'random' }, frame)?.kind as ProceduralKind);
    // 12 degrees of freedom.
    expect(
      chiSquare(
        countsOf(kinds, PROCEDURAL_KINDS),
        PROCEDURAL_KINDS.map(() => 100),
      ),
    ).toBeLessThan(CHI_SQUARE_LIMIT[12] ?? 32.909);
  });

  it('is of the kinds that are asked for alone', () => {
    const kinds = frames.map(
      (frame) => draw({ kind: 'random', kinds: ['wood', 'tiles'] }, frame)?.kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['wood', 'tiles']));
  });

  it('is what a config could ask for too: parameters within the schema, colours within the gamut', () => {
    for (const frame of frames) {
      const drawn = draw({ kind: 'random', scaleMeters: 2 }, frame);
      if (drawn === undefined || !('patternSeed' in drawn)) throw new Error('expected a pattern');
      const { kind, octaves, cells, softness, turbulence, variant, reliefMeters, roughness } =
        drawn;
      const schema = patternSchemas.find(({ shape }) => shape.kind.value === kind);
      const keys = Object.keys(schema?.shape ?? {});
      const fields = { octaves, cells, softness, turbulence, reliefMeters, roughness };
      const form = Object.entries(PATTERN_FORMS).find(([name]) => name === kind)?.[1][
        variant ?? -1
      ];
      const known = Object.entries({ ...fields, form }).filter(([key]) => keys.includes(key));
      expect(schema?.safeParse({ kind, colors, ...Object.fromEntries(known) }).success).toBe(true);
      expect(variant === undefined).toBe(form === undefined);
      expect(drawn.colors.length >= 2 && drawn.colors.length <= 4).toBe(true);
      for (const value of drawn.colors.flat()) expect(value >= 0 && value <= 1).toBe(true);
      for (const value of roughness ?? []) expect(value > 0 && value <= 1).toBe(true);
      expect(reliefMeters).toBeLessThanOrEqual(0.08);
      expect(softness >= 0 && softness <= 1).toBe(true);
    }
  });

  it('has the relief and the roughness of the config where it states them', () => {
    expect(draw({ kind: 'random', reliefMeters: 0.5, roughness: [0.2, 0.3] })).toMatchObject({
      reliefMeters: 0.5,
      roughness: [0.2, 0.3],
    });
  });

  it('has colours that differ from each other', () => {
    for (const frame of frames) {
      const drawn = draw({ kind: 'random' }, frame);
      if (drawn === undefined || !('colors' in drawn)) throw new Error('expected a pattern');
      expect(new Set(drawn.colors.map((color) => color.join())).size).toBe(drawn.colors.length);
    }
  });
});
