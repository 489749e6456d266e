import type { Config } from '../config/config-schema.ts';
import { WEATHER_RANGES, type WeatherParameter } from '../config/weather-ranges.ts';
import type { WeatherSpec } from '../config/weather-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { VeilSample, WeatherSample } from './weather-sample.ts';

type Draw = (value: NumberValue, parameter: WeatherParameter) => number;

/** Draws the weather of a frame, or nothing where the config has none; what a frame does not have is not drawn. */
export function sampleWeather(
  sampler: Sampler,
  { weather }: Config,
): Readonly<{ weather?: WeatherSample }> {
  if (weather === undefined) return {};
  const draw: Draw = (value, parameter) =>
    requireRange(
      sampler.number(value, `weather.${parameter}`),
      `weather.${parameter}`,
      WEATHER_RANGES[parameter],
    );
  const { fog, dust, topMeters } = weather;
  return {
    weather: {
      ...(isPresent(sampler, fog, 'fog') && { fog: sampleVeil({ sampler, draw }, fog, 'fog') }),
      ...(isPresent(sampler, dust, 'dust') && {
        dust: {
          ...sampleVeil({ sampler, draw }, dust, 'dust'),
          angstromExponent: draw(dust.angstromExponent, 'dust.angstromExponent'),
        },
      }),
      ...(topMeters !== undefined && { topMeters: draw(topMeters, 'topMeters') }),
    },
  };
}

type VeilSpec = NonNullable<WeatherSpec['fog']>;
type Veil = 'fog' | 'dust';

function isPresent<S extends VeilSpec>(
  sampler: Sampler,
  veil: S | undefined,
  name: Veil,
): veil is S {
  return veil !== undefined && sampler.flag(veil.present, `weather.${name}.present`);
}

function sampleVeil(
  { sampler, draw }: Readonly<{ sampler: Sampler; draw: Draw }>,
  { visibilityMeters, tint, airlight }: VeilSpec,
  name: Veil,
): VeilSample {
  const path = `weather.${name}`;
  return {
    visibilityMeters: draw(visibilityMeters, `${name}.visibilityMeters`),
    tint: sampler.color(tint, `${path}.tint`),
    ...(airlight !== undefined && { airlight: sampler.color(airlight, `${path}.airlight`) }),
  };
}
