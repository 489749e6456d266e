import { LABEL_FORMS } from '../config/label-sheet-schema.ts';
import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import { DEGREE } from '../core/portable-math.ts';
import type { LayerSample } from '../sampling/scene-sample.ts';
import type { PlanLayer } from './frame-plan.ts';

type Scratches = Extract<LayerSample, { kind: 'scratches' }>;
type Decal = Extract<LayerSample, { kind: 'decal' }>;

/** Lines across a scratch's cell that it is wide, half of it: fine, but wider than a texel. */
const SCRATCH_WIDTH = 0.008;

/** Looks up the images of layers and gives decals their size. */
export function planLayers(
  layers: readonly LayerSample[],
  catalogue: AssetCatalogue,
): readonly PlanLayer[] {
  return layers.map((layer) => {
    if (layer.kind === 'scratches') return planScratches(layer);
    return layer.kind === 'decal' ? planDecal(layer, catalogue) : layer;
  });
}

function planScratches(layer: Scratches): PlanLayer {
  const { cells, octaves, turbulence, patternSeed, rotationDegrees, ...rest } = layer;
  return {
    ...rest,
    source: {
      kind: 'scratches',
      // Heights alone are used.
      colors: [
        [0, 0, 0],
        [1, 1, 1],
      ],
      ...{ cells, octaves, turbulence, patternSeed, softness: SCRATCH_WIDTH },
    },
    rotationRadians: rotationDegrees * DEGREE,
  };
}

function planDecal(layer: Decal, catalogue: AssetCatalogue): PlanLayer {
  const { print, widthMeters, rotationDegrees, ...rest } = layer;
  const rotationRadians = rotationDegrees * DEGREE;
  if (!('imageId' in print)) {
    const aspect = LABEL_FORMS[print.form];
    return {
      ...rest,
      source: { kind: 'label', aspect, ...print },
      sizeMeters: [widthMeters, widthMeters * aspect],
      rotationRadians,
    };
  }
  const image = catalogue.images.find(({ id }) => id === print.imageId);
  if (!image) throw new SamplingError(`image asset "${print.imageId}" is not in the catalogue`);
  return {
    ...rest,
    source: { kind: 'images', color: image.sha256 },
    sizeMeters: [widthMeters, (widthMeters * image.heightPixels) / image.widthPixels],
    rotationRadians,
  };
}
