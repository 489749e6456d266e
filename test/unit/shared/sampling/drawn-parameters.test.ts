import { describe, expect, it } from 'vitest';
import { drawnParameters, parameterOf } from '#shared/sampling/drawn-parameters';
import { sampleScene } from '#shared/sampling/sample-scene';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const even = { kind: 'uniform', min: 0.5, max: 2 } as const;
const INPUTS = makeRunInputs({
  vars: { sun: even, half: 3 },
  environment: { strength: { kind: 'var', name: 'sun' } },
  objects: {
    crates: {
      assets: ['crate-*'],
      count: { kind: 'integer', min: 2, max: 4 },
      scale: { kind: 'mixture', of: [1, even] },
      placement: { kind: 'scatter', surface: 'floor' },
    },
  },
});

describe('drawnParameters', () => {
  it('lists each draw of the sample once, with its value and what is stated for it', () => {
    const { sample, parameters } = drawnParameters(INPUTS, 3);
    expect(sample).toEqual(sampleScene(INPUTS, 3));
    expect(Object.fromEntries(parameters.map(({ path, value }) => [path, value]))).toEqual(
      sample.draws,
    );
    const statedFor = (path: string) => parameters.find((each) => each.path === path)?.stated;
    expect(statedFor('vars.sun')).toEqual(even);
    expect(statedFor('objects.crates.count')).toEqual({ kind: 'integer', min: 2, max: 4 });
    expect(statedFor('objects.crates[1].scale')).toEqual({ kind: 'mixture', of: [1, even] });
    expect(statedFor('objects.crates[0].asset')).toEqual({
      kind: 'choice',
      values: ['crate-1', 'crate-2'],
      weights: [1, 1],
    });
    expect(statedFor('environment.strength')).toBeUndefined();
  });

  it('names the parameter that objects of a group, lights and levels of a stack share', () => {
    expect(parameterOf('objects.crates[12].scale')).toBe('objects.crates.scale');
    expect(parameterOf('objects.piles[0].levels[3].asset')).toBe('objects.piles.asset');
    expect(parameterOf('lights.key[1].place.position[2]')).toBe('lights.key.place.position[2]');
    expect(parameterOf('camera.targetJitterMeters[1]')).toBe('camera.targetJitterMeters[1]');
  });
});
