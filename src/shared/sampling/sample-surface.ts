import type { MaterialSpec } from '../config/material-schema.ts';
import {
  SURFACE_COLOR_NAMES,
  SURFACE_NUMBER_NAMES,
  SURFACE_NUMBERS,
} from '../config/surface-fields.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { MaterialSample, SurfaceSample } from './scene-sample.ts';

/** Draws what a config states of a surface beyond colour, roughness and metalness. */
export function sampleSurface(
  sampler: Sampler,
  material: MaterialSpec,
  path: string,
): Pick<MaterialSample, 'surface'> {
  const numbers = SURFACE_NUMBER_NAMES.flatMap((name) => {
    const value = material[name];
    if (value === undefined) return [];
    const at = `${path}.${name}`;
    return [[name, requireRange(sampler.number(value, at), at, SURFACE_NUMBERS[name].range)]];
  });
  const colors = SURFACE_COLOR_NAMES.flatMap((name) => {
    const value = material[name];
    return value === undefined ? [] : [[name, sampler.color(value, `${path}.${name}`)]];
  });
  const stated = [...numbers, ...colors];
  return stated.length === 0 ? {} : { surface: Object.fromEntries(stated) as SurfaceSample };
}
