import {
  backgroundChoices,
  type BackgroundSpec,
  type PhotoSpec,
  type ScreenPatternSpec,
} from '../config/background-schema.ts';
import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { requireRange } from './require-range.ts';
import { pickAsset } from './pick-asset.ts';
import { samplePattern } from './sample-pattern.ts';
import { sampleRandomPattern } from './sample-random-pattern.ts';
import type { Sampler } from './sampler.ts';
import type { BackgroundSample, PhotoSample } from './scene-sample.ts';

/** Draws what is behind everything. */
export function sampleBackground(
  sampler: Sampler,
  background: BackgroundSpec,
  catalogue: AssetCatalogue,
): BackgroundSample {
  const choices = backgroundChoices(background);
  const { spec, path } =
    background.kind === 'one-of'
      ? sampler.pick(choices, 'environment.background', {
          weight: ({ weight }) => weight,
          name: (choice) => `${choices.indexOf(choice)}: ${choice.spec.kind}`,
        })
      : { spec: background, path: 'environment.background' };
  switch (spec.kind) {
    case 'environment': {
      const at = `${path}.blur`;
      return {
        kind: 'environment',
        blur: requireRange(sampler.number(spec.blur, at), at, [0, 1]),
      };
    }
    case 'color':
      return { kind: 'color', color: sampler.color(spec.color, `${path}.color`) };
    case 'pattern':
      return {
        kind: 'pattern',
        pattern: sampleScreenPattern(sampler, spec.pattern, `${path}.pattern`),
        repeats: requireRange(
          sampler.number(spec.repeats, `${path}.repeats`),
          `${path}.repeats`,
          [0.01, 1000],
        ),
        rotationDegrees: sampler.number(spec.rotationDegrees, `${path}.rotationDegrees`),
      };
    case 'photo':
      return samplePhoto({ sampler, catalogue }, spec, path);
  }
}

function sampleScreenPattern(
  sampler: Sampler,
  pattern: ScreenPatternSpec,
  path: string,
): ReturnType<typeof samplePattern> {
  if (pattern.kind !== 'random') return samplePattern(sampler, pattern, path);
  // Its relief, which nothing over the image has, is drawn for a repetition of a metre and left out.
  const {
    reliefMeters: _,
    roughness: __,
    ...flat
  } = sampleRandomPattern(sampler, { kinds: pattern.kinds, scaleMeters: 1 }, path);
  return flat;
}

function samplePhoto(
  { sampler, catalogue }: Readonly<{ sampler: Sampler; catalogue: AssetCatalogue }>,
  { image, fit, flip, strength, sun }: PhotoSpec,
  path: string,
): PhotoSample {
  const ids = catalogue.images.map(({ id }) => id);
  const within = (
    value: PhotoSpec['strength'],
    at: string,
    range: readonly [number, number],
  ): number => requireRange(sampler.number(value, at), at, range);
  return {
    kind: 'photo',
    imageId: pickAsset(sampler, { value: image, ids, what: 'image' }, `${path}.image`),
    fit:
      fit.kind === 'view'
        ? fit
        : {
            kind: 'crop',
            zoom: within(fit.zoom, `${path}.fit.zoom`, [1, 1000]),
            x: within(fit.x, `${path}.fit.x`, [0, 1]),
            y: within(fit.y, `${path}.fit.y`, [0, 1]),
          },
    flip: sampler.flag(flip, `${path}.flip`),
    strength: within(strength, `${path}.strength`, [0, 1e6]),
    ...(sun && {
      sun: {
        intensity: within(sun.intensity, `${path}.sun.intensity`, [0, 1e9]),
        color: sampler.color(sun.color, `${path}.sun.color`),
        castShadow: sun.castShadow,
      },
    }),
  };
}
