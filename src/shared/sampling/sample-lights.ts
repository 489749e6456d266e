import type { LightSpec } from '../config/light-schema.ts';
import { requireRange } from './require-range.ts';
import { sampleFlicker } from './sample-flicker.ts';
import { samplePlace } from './sample-place.ts';
import type { Sampler } from './sampler.ts';
import type { LightSample } from './scene-sample.ts';

/** Most lights that one group may hold. */
export const MAX_LIGHTS = 8;

/**
 * Draws every light of every group, so many seconds after the sequence began. `lights` are the scene's,
 * overridden by name by the config's.
 */
export function sampleLights(
  sampler: Sampler,
  lights: Readonly<Record<string, LightSpec>>,
  now: number,
): readonly LightSample[] {
  return Object.entries(lights).flatMap(([name, light]) => {
    const path = `lights.${name}`;
    const count = requireRange(sampler.integer(light.count, `${path}.count`), `${path}.count`, [
      0,
      MAX_LIGHTS,
    ]);
    return Array.from({ length: count }, (_, index) =>
      sampleLight(sampler, light, { name: `${name}[${index}]`, now }),
    );
  });
}

function sampleLight(
  sampler: Sampler,
  light: LightSpec,
  { name, now }: Readonly<{ name: string; now: number }>,
): LightSample {
  const path = `lights.${name}`;
  const drawn = (
    field: 'intensity' | 'sizeMeters' | 'coneDegrees' | 'penumbra' | 'widthMeters' | 'heightMeters',
    range: readonly [number, number],
  ): number =>
    requireRange(sampler.number(light[field], `${path}.${field}`), `${path}.${field}`, range);
  return {
    name,
    kind: light.kind,
    ...samplePlace(sampler, light.place, `${path}.place`),
    color: sampler.color(light.color, `${path}.color`),
    intensity: drawn('intensity', [0, 1e9]),
    ...(light.unit !== 'relative' && { unit: light.unit }),
    ...(light.flicker && {
      flicker: sampleFlicker(sampler, light.flicker, { path: `${path}.flicker`, now }),
    }),
    ...(light.kind === 'area' && {
      rectangleMeters: [drawn('widthMeters', [1e-3, 1e3]), drawn('heightMeters', [1e-3, 1e3])],
    }),
    castShadow: sampler.flag(light.castShadow, `${path}.castShadow`),
    sizeMeters: drawn('sizeMeters', [0, 1e3]),
    coneDegrees: drawn('coneDegrees', [1, 89]),
    penumbra: drawn('penumbra', [0, 1]),
  };
}
