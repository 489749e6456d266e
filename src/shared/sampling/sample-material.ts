import type { MaterialSpec, TextureSpec } from '../config/material-schema.ts';
import type { NumberValue } from '../config/value-types.ts';
import { sampleLabelSheet } from './sample-label-sheet.ts';
import { sampleLayers } from './sample-layers.ts';
import { sampleSurface } from './sample-surface.ts';
import { samplePattern, sampleRelief } from './sample-pattern.ts';
import { sampleRandomPattern } from './sample-random-pattern.ts';
import { pickAsset } from './pick-asset.ts';
import type { MaterialContext } from './material-context.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { MaterialSample, ProjectionSample, TextureSample } from './scene-sample.ts';

/** Draws the changes to a surface; undefined where none is made. */
export function sampleMaterial(
  context: MaterialContext,
  material: MaterialSpec | undefined,
  path: string,
): MaterialSample | undefined {
  if (material === undefined) return undefined;
  const { sampler } = context;
  const { probability } = material;
  if (
    !sampler.flag(probability === 1 ? true : { kind: 'chance', probability }, `${path}.probability`)
  ) {
    return undefined;
  }
  const unit = (field: 'roughness' | 'metalness'): number | undefined => {
    const value = material[field];
    if (value === undefined) return undefined;
    return requireRange(sampler.number(value, `${path}.${field}`), `${path}.${field}`, [0, 1]);
  };
  return {
    color:
      material.color === undefined ? undefined : sampler.color(material.color, `${path}.color`),
    roughness: unit('roughness'),
    metalness: unit('metalness'),
    ...sampleSurface(sampler, material, path),
    texture: sampleTexture(context, material.texture, `${path}.texture`),
    ...sampleLayers(context, material.layers, `${path}.layers`),
  };
}

function sampleTexture(
  context: MaterialContext,
  texture: MaterialSpec['texture'],
  path: string,
): TextureSample | undefined {
  if (texture === undefined) return undefined;
  if (texture.kind !== 'one-of') return sampleOneTexture(context, texture, path);
  const choices = texture.textures.map((spec, index) => ({
    spec,
    index,
    weight: texture.weights?.[index] ?? 1,
  }));
  const { spec, index } = context.sampler.pick(choices, path, {
    weight: (choice) => choice.weight,
    name: (choice) => `${choice.index}: ${choice.spec.kind}`,
  });
  return sampleOneTexture(context, spec, `${path}.textures[${index}]`);
}

function sampleOneTexture(
  { sampler, catalogue }: MaterialContext,
  texture: TextureSpec,
  path: string,
): TextureSample {
  const placed = sampleProjection(sampler, texture, path);
  if (texture.kind === 'image') {
    const ids = catalogue.images.map(({ id }) => id);
    return {
      kind: 'image',
      imageId: pickAsset(sampler, { value: texture.image, ids, what: 'image' }, `${path}.image`),
      ...placed,
    };
  }
  if (texture.kind === 'material') {
    const ids = catalogue.materials.map(({ id }) => id);
    return {
      kind: 'material',
      materialId: pickAsset(
        sampler,
        { value: texture.material, ids, what: 'material' },
        `${path}.material`,
      ),
      ...placed,
    };
  }
  if (texture.kind === 'random') {
    const { kinds } = texture;
    const { scaleMeters } = placed;
    return {
      ...sampleRandomPattern(sampler, { kinds, scaleMeters }, path),
      ...sampleRelief(sampler, texture, path),
      ...placed,
    };
  }
  if (texture.kind === 'label') {
    return { kind: 'label', ...sampleLabelSheet(sampler, texture, path), ...placed };
  }
  return { ...samplePattern(sampler, texture, path), ...placed };
}

function sampleProjection(
  sampler: Sampler,
  { scaleMeters, rotationDegrees, sharpness }: TextureSpec,
  path: string,
): ProjectionSample {
  const within = (value: NumberValue, name: string, range: readonly [number, number]): number =>
    requireRange(sampler.number(value, `${path}.${name}`), `${path}.${name}`, range);
  return {
    scaleMeters: within(scaleMeters, 'scaleMeters', [1e-4, 1e4]),
    rotationDegrees: sampler.number(rotationDegrees, `${path}.rotationDegrees`),
    ...(sharpness !== undefined && { sharpness: within(sharpness, 'sharpness', [1, 64]) }),
  };
}
