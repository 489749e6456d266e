import { describe, expect, it } from 'vitest';
import { materialSchema } from '#shared/config/material-schema';
import {
  SURFACE_COLOR_NAMES,
  SURFACE_NUMBER_NAMES,
  SURFACE_NUMBERS,
} from '#shared/config/surface-fields';
import { planMaterial } from '#shared/plan/plan-material';
import { sampleMaterial } from '#shared/sampling/sample-material';
import { Sampler } from '#shared/sampling/sampler';
import type { MaterialSample } from '#shared/sampling/scene-sample';
import { CATALOGUE } from '../../../makers/make-run-inputs.ts';

const draw = (material: object, frame = 0): MaterialSample | undefined =>
  sampleMaterial(
    { sampler: new Sampler('s', frame), catalogue: CATALOGUE },
    materialSchema.parse(material),
    'm',
  );

describe('sampleSurface', () => {
  it('draws every number and colour that is stated, each from a stream of its own', () => {
    const numbers = SURFACE_NUMBER_NAMES.map((name) => {
      const [min, max] = SURFACE_NUMBERS[name].range;
      return [name, { kind: 'uniform', min: Math.max(min, 0), max: Math.min(max, 90) }];
    });
    const colors = SURFACE_COLOR_NAMES.map((name) => [
      name,
      { kind: 'choice', values: ['#ff0000', '#0000ff'] },
    ]);
    const material = Object.fromEntries([...numbers, ...colors]) as object;
    const surface = draw(material)?.surface ?? {};
    expect(Object.keys(surface).sort()).toEqual(
      [...SURFACE_NUMBER_NAMES, ...SURFACE_COLOR_NAMES].sort(),
    );
    // As shares of their ranges, no two are alike.
    const shares = SURFACE_NUMBER_NAMES.map((name) => {
      const [min, max] = SURFACE_NUMBERS[name].range;
      const [low, high] = [Math.max(min, 0), Math.min(max, 90)];
      return ((surface[name] ?? NaN) - low) / (high - low);
    });
    expect(new Set(shares.map((share) => share.toFixed(9))).size).toBe(shares.length);
    for (const share of shares) expect(share).toSatisfy((s: number) => s >= 0 && s <= 1);
    expect(draw(material)?.surface).toEqual(surface);
    expect(draw(material, 1)?.surface).not.toEqual(surface);
  });

  it('moves no other draw, and is absent where nothing is stated', () => {
    const plain = { roughness: { kind: 'uniform', min: 0, max: 1 } };
    const { surface, ...rest } = draw({ ...plain, clearcoat: 0.5 }) ?? {};
    expect(surface).toEqual({ clearcoat: 0.5 });
    expect(rest).toEqual(draw(plain));
    expect(Object.keys(draw(plain) ?? {})).not.toContain('surface');
  });

  it.each(SURFACE_NUMBER_NAMES.filter((name) => name !== 'anisotropyRotationDegrees'))(
    'refuses a draw of %s outside of what it can mean',
    (name) => {
      const [min, max] = SURFACE_NUMBERS[name].range;
      const value = { kind: 'normal', mean: min - 1, std: 1e-6 };
      expect(() => draw({ [name]: value })).toThrow(
        `m.${name}: expected a value in ${min}..${max}`,
      );
    },
  );

  it('is planned in radians and linear light', () => {
    const sample = draw({ anisotropy: 0.5, anisotropyRotationDegrees: 90, sheenColor: '#808080' });
    expect(planMaterial(sample, CATALOGUE)?.surface).toEqual({
      anisotropy: 0.5,
      anisotropyRotationRadians: Math.PI / 2,
      // ((128 / 255 + 0.055) / 1.055) ^ 2.4 (IEC 61966-2-1)
      sheenColor: [0.21586050011389926, 0.21586050011389926, 0.21586050011389926].map(
        (v) => expect.closeTo(v, 12) as number,
      ),
    });
  });
});
