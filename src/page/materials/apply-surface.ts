import {
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  type Color,
  type MeshLambertMaterial,
  type MeshPhongMaterial,
  type Vector3,
} from 'three';
import { RenderError } from '#shared/core/errors';
import type { LinearRgb } from '#shared/core/geometry';
import type { PlanSurface } from '#shared/plan/frame-plan';

export type LitMaterial = MeshStandardMaterial | MeshLambertMaterial | MeshPhongMaterial;

/** What every lit material has, whatever its kind. */
const COMMON: ReadonlySet<keyof PlanSurface> = new Set<keyof PlanSurface>([
  'normalStrength',
  'opacity',
  'emissiveColor',
  'emissiveStrength',
]);

/** Whether a surface has what physically based materials alone have. */
export function isPhysical(surface: PlanSurface | undefined): boolean {
  return Object.keys(surface ?? {}).some((name) => !COMMON.has(name as keyof PlanSurface));
}

/**
 * A material to change: the source's clone, or a physical material that looks the same, where what is to
 * be changed is of physical materials alone.
 * @throws RenderError where the source is of a kind that has nothing of the sort
 */
export function cloneFor(source: LitMaterial, surface: PlanSurface | undefined): LitMaterial {
  if (!isPhysical(surface) || source instanceof MeshPhysicalMaterial) return source.clone();
  if (!(source instanceof MeshStandardMaterial)) {
    const names = Object.keys(surface ?? {}).filter((name) => !COMMON.has(name as never));
    throw new RenderError(
      'unsupported',
      `material "${source.name}" is a ${source.type}, which has no ${names.join(', ')} to change. Leave it out for this object, or give the asset a physically based material.`,
    );
  }
  const material = new MeshPhysicalMaterial();
  // Its own copy() asks for all that a physical source has.
  MeshStandardMaterial.prototype.copy.call(material, source);
  material.defines = { STANDARD: '', PHYSICAL: '' };
  return material;
}

/**
 * Sets what is stated of a surface. What is not stated is left: the material is its source's clone, and
 * is lent only where the same is stated.
 * @param opaqueFrom Opacity from which labels have a blended surface; it then hides what is behind it.
 * @param scale Metres per unit of the mesh's axes.
 */
export function applySurface(
  material: LitMaterial,
  source: LitMaterial,
  {
    surface,
    opaqueFrom,
    scale,
  }: Readonly<{ surface: PlanSurface; opaqueFrom: number; scale: Vector3 }>,
): void {
  const { normalStrength, opacity, emissiveColor, emissiveStrength } = surface;
  if (normalStrength !== undefined)
    material.normalScale.copy(source.normalScale).multiplyScalar(normalStrength);
  if (opacity !== undefined) fade(material, source, { opacity, opaqueFrom });
  setColor(material.emissive, emissiveColor);
  if (emissiveStrength !== undefined) material.emissiveIntensity = emissiveStrength;
  if (material instanceof MeshPhysicalMaterial) applyPhysical(material, surface, scale);
}

/**
 * Blends a surface. One that labels have is drawn into the depth buffer, so that its own nearest part
 * is seen as in labels; one that they look through is not, so that nothing behind it gets lost.
 */
function fade(
  material: LitMaterial,
  source: LitMaterial,
  { opacity, opaqueFrom }: Readonly<{ opacity: number; opaqueFrom: number }>,
): void {
  material.opacity = source.opacity * opacity;
  material.transparent = isFaded(source, opacity);
  if (!source.transparent) material.depthWrite = opacity === 1 || material.opacity >= opaqueFrom;
}

/** Whether a source is blended with this factor on its opacity. */
export function isFaded(source: LitMaterial, opacity: number | undefined): boolean {
  return source.transparent || (opacity !== undefined && opacity < 1);
}

function setColor(target: Color, color: LinearRgb | undefined): void {
  if (color !== undefined) target.setRGB(...color);
}

/** Numbers that three.js has under the same name. */
const SAME_NAMES = [
  'ior',
  'clearcoat',
  'clearcoatRoughness',
  'sheenRoughness',
  'iridescence',
  'anisotropy',
  'transmission',
] as const;

function applyPhysical(material: MeshPhysicalMaterial, surface: PlanSurface, scale: Vector3): void {
  for (const name of SAME_NAMES) {
    const value = surface[name];
    if (value !== undefined) material[name] = value;
  }
  if (surface.specular !== undefined) material.specularIntensity = surface.specular;
  if (surface.iridescenceIor !== undefined) material.iridescenceIOR = surface.iridescenceIor;
  if (surface.iridescenceThicknessNanometers !== undefined)
    material.iridescenceThicknessMaximum = surface.iridescenceThicknessNanometers;
  if (surface.anisotropyRotationRadians !== undefined)
    material.anisotropyRotation = surface.anisotropyRotationRadians;
  // three.js multiplies a thickness by the object's scale.
  if (surface.thicknessMeters !== undefined)
    material.thickness = surface.thicknessMeters / Math.cbrt(scale.x * scale.y * scale.z);
  if (surface.attenuationDistanceMeters !== undefined)
    material.attenuationDistance = surface.attenuationDistanceMeters;
  setColor(material.specularColor, surface.specularColor);
  setColor(material.attenuationColor, surface.attenuationColor);
  setColor(material.sheenColor, surface.sheenColor);
  if (surface.sheenColor !== undefined) material.sheen = 1;
}
