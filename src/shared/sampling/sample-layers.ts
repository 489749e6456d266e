import { LAYER_RANGES, SIDES, type LayerSpec, type Side } from '../config/layer-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import { pickAsset } from './pick-asset.ts';
import { requireRange } from './require-range.ts';
import { sampleLabelSheet } from './sample-label-sheet.ts';
import type { MaterialContext } from './material-context.ts';
import { patternSeed } from './sample-pattern.ts';
import type { Sampler } from './sampler.ts';
import type { LayerSample, MaterialSample } from './scene-sample.ts';

type Coat = Extract<LayerSpec, { kind: 'dirt' | 'wear' }>;
type Scratches = Extract<LayerSpec, { kind: 'scratches' }>;
type Decal = Extract<LayerSpec, { kind: 'decal' }>;

/** Draws the layers over a surface; those that chance leaves out are not in the sample. */
export function sampleLayers(
  context: MaterialContext,
  layers: readonly LayerSpec[] | undefined,
  path: string,
): Pick<MaterialSample, 'layers'> {
  if (layers === undefined) return {};
  const { sampler } = context;
  const drawn = layers.flatMap((layer, index) => {
    const at = `${path}[${index}]`;
    const { probability } = layer;
    const there = probability === 1 ? true : ({ kind: 'chance', probability } as const);
    return sampler.flag(there, `${at}.probability`) ? [sampleLayer(context, layer, at)] : [];
  });
  return { layers: drawn };
}

function sampleLayer(context: MaterialContext, layer: LayerSpec, path: string): LayerSample {
  switch (layer.kind) {
    case 'dirt':
    case 'wear':
      return sampleCoat(context.sampler, layer, path);
    case 'scratches':
      return sampleScratches(context.sampler, layer, path);
    case 'decal':
      return sampleDecal(context, layer, path);
  }
}

type RangeName = keyof typeof LAYER_RANGES;

/** Draws a number of a layer within what it can mean. */
function drawOf(sampler: Sampler, path: string) {
  return (value: NumberValue, name: RangeName, within = name as string): number =>
    requireRange(
      sampler.number(value, `${path}.${within}`),
      `${path}.${within}`,
      LAYER_RANGES[name],
    );
}

function sampleCoat(sampler: Sampler, coat: Coat, path: string): LayerSample {
  const draw = drawOf(sampler, path);
  return {
    kind: coat.kind,
    color: sampler.color(coat.color, `${path}.color`),
    roughness: draw(coat.roughness, 'roughness'),
    ...(coat.kind === 'wear' ? { metalness: draw(coat.metalness, 'metalness') } : {}),
    amount: draw(coat.amount, 'amount'),
    scaleMeters: draw(coat.scaleMeters, 'scaleMeters'),
    softness: draw(coat.softness, 'softness'),
    upward: draw(coat.upward, 'upward'),
    low: draw(coat.low, 'low'),
    cavity: draw(coat.cavity, 'cavity'),
    patternSeed: patternSeed(sampler, path),
  };
}

function sampleScratches(sampler: Sampler, layer: Scratches, path: string): LayerSample {
  const draw = drawOf(sampler, path);
  return {
    kind: 'scratches',
    color: sampler.color(layer.color, `${path}.color`),
    amount: draw(layer.amount, 'amount'),
    roughness: draw(layer.roughness, 'roughness'),
    metalness: draw(layer.metalness, 'metalness'),
    scaleMeters: draw(layer.scaleMeters, 'scaleMeters'),
    rotationDegrees: sampler.number(layer.rotationDegrees, `${path}.rotationDegrees`),
    cells: layer.cells,
    octaves: layer.octaves,
    turbulence: draw(layer.turbulence, 'turbulence'),
    patternSeed: patternSeed(sampler, path),
  };
}

function sampleDecal(
  { sampler, catalogue }: MaterialContext,
  decal: Decal,
  path: string,
): LayerSample {
  const draw = drawOf(sampler, path);
  const ids = catalogue.images.map(({ id }) => id);
  const { image, label } = decal;
  return {
    kind: 'decal',
    print:
      image === undefined
        ? sampleLabelSheet(sampler, label, `${path}.label`)
        : { imageId: pickAsset(sampler, { value: image, ids, what: 'image' }, `${path}.image`) },
    side: requireSide(sampler.string(decal.side, `${path}.side`), `${path}.side`),
    place: [draw(decal.place[0], 'place', 'place[0]'), draw(decal.place[1], 'place', 'place[1]')],
    widthMeters: draw(decal.widthMeters, 'widthMeters'),
    rotationDegrees: sampler.number(decal.rotationDegrees, `${path}.rotationDegrees`),
    reach: draw(decal.reach, 'reach'),
    roughness: draw(decal.roughness, 'roughness'),
  };
}

function requireSide(text: string, path: string): Side {
  const side = SIDES.find((name) => name === text);
  if (side !== undefined) return side;
  throw new SamplingError(
    `${path}: expected a side of the object (${SIDES.join(', ')}), drew "${text}". Name one of these.`,
  );
}
