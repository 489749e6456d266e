import { WEATHER_RANGES, type WeatherParameter } from '../config/weather-ranges.ts';
import type { WeatherSpec } from '../config/weather-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { GlassSample } from './weather-sample.ts';

type GlassSpec = NonNullable<WeatherSpec['glass']>;

/** Draws what is on the glass before the lens; undefined where a frame has nothing on it. */
export function sampleGlass(
  sampler: Sampler,
  glass: GlassSpec | undefined,
): GlassSample | undefined {
  if (glass === undefined || !sampler.flag(glass.present, 'weather.glass.present'))
    return undefined;
  const draw = (value: NumberValue, parameter: WeatherParameter): number =>
    requireRange(
      sampler.number(value, `weather.${parameter}`),
      `weather.${parameter}`,
      WEATHER_RANGES[parameter],
    );
  const { drops, dirt, pupilMillimeters } = glass;
  return {
    distanceMillimeters: draw(glass.distanceMillimeters, 'glass.distanceMillimeters'),
    ...(pupilMillimeters !== undefined && {
      pupilMillimeters: draw(pupilMillimeters, 'glass.pupilMillimeters'),
    }),
    ...(drops && {
      drops: {
        cover: draw(drops.cover, 'glass.drops.cover'),
        radiusMillimeters: draw(drops.radiusMillimeters, 'glass.drops.radiusMillimeters'),
        seed: seedOf(sampler, 'weather.glass.drops.seed'),
        contactDegrees: draw(drops.contactDegrees, 'glass.drops.contactDegrees'),
      },
    }),
    ...(dirt && {
      dirt: {
        cover: draw(dirt.cover, 'glass.dirt.cover'),
        radiusMillimeters: draw(dirt.radiusMillimeters, 'glass.dirt.radiusMillimeters'),
        seed: seedOf(sampler, 'weather.glass.dirt.seed'),
        opacity: draw(dirt.opacity, 'glass.dirt.opacity'),
        color: sampler.color(dirt.color, 'weather.glass.dirt.color'),
      },
    }),
  };
}

/** Of what a hash places: a whole number below 2^24. */
export const seedOf = (sampler: Sampler, path: string): number =>
  Math.floor(sampler.uniform(path) * 2 ** 24);
