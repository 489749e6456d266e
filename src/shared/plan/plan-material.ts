import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import { DEGREE } from '../core/portable-math.ts';
import type { MaterialSample, SurfaceSample, TextureSample } from '../sampling/scene-sample.ts';
import { planLayers } from './plan-layers.ts';
import type { PlanMaterial, PlanSurface, PlanTexture, ResourceKey } from './frame-plan.ts';

/** Looks up the bytes behind the ids of a drawn material. */
export function planMaterial(
  material: MaterialSample | undefined,
  catalogue: AssetCatalogue,
): PlanMaterial | undefined {
  if (material === undefined) return undefined;
  const { texture, surface, layers, ...basics } = material;
  return {
    ...basics,
    ...(surface && { surface: planSurface(surface) }),
    ...(layers && layers.length > 0 && { layers: planLayers(layers, catalogue) }),
    texture: texture && {
      source: planTexture(texture, catalogue),
      scaleMeters: texture.scaleMeters,
      rotationRadians: texture.rotationDegrees * DEGREE,
      ...(texture.sharpness !== undefined && { sharpness: texture.sharpness }),
    },
  };
}

function planSurface({ anisotropyRotationDegrees, ...surface }: SurfaceSample): PlanSurface {
  if (anisotropyRotationDegrees === undefined) return surface;
  return { ...surface, anisotropyRotationRadians: anisotropyRotationDegrees * DEGREE };
}

function planTexture(texture: TextureSample, catalogue: AssetCatalogue): PlanTexture {
  const imageKey = (id: string): ResourceKey => {
    const image = catalogue.images.find((candidate) => candidate.id === id);
    if (image) return image.sha256;
    throw new SamplingError(`image asset "${id}" is not in the catalogue`);
  };
  if (texture.kind === 'image') return { kind: 'images', color: imageKey(texture.imageId) };
  if (texture.kind === 'material') {
    const set = catalogue.materials.find(({ id }) => id === texture.materialId);
    if (!set)
      throw new SamplingError(`material asset "${texture.materialId}" is not in the catalogue`);
    return {
      kind: 'images',
      color: imageKey(set.color),
      normal: set.normal && imageKey(set.normal),
      roughness: set.roughness && imageKey(set.roughness),
      metalness: set.metalness && imageKey(set.metalness),
      ...(set.occlusion !== undefined && { occlusion: imageKey(set.occlusion) }),
      ...(set.height !== undefined && { height: imageKey(set.height) }),
    };
  }
  if (texture.kind === 'label') {
    const { scaleMeters: _scale, rotationDegrees: _turn, sharpness: _sharp, ...print } = texture;
    return { ...print, aspect: 1 };
  }
  const {
    reliefMeters,
    scaleMeters,
    rotationDegrees: _turn,
    sharpness: _sharp,
    ...pattern
  } = texture;
  return {
    ...pattern,
    ...(reliefMeters === undefined ? {} : { slope: reliefMeters / scaleMeters }),
  };
}
