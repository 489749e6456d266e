import type { Config } from '../config/config-schema.ts';
import { SENSOR_RANGES } from '../config/sensor-ranges.ts';
import { WEATHER_RANGES, type WeatherParameter } from '../config/weather-ranges.ts';
import type { WeatherSpec } from '../config/weather-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import type { Vec3 } from '../core/geometry.ts';
import { requireRange } from './require-range.ts';
import { sampleGlass, seedOf } from './sample-glass.ts';
import type { Sampler } from './sampler.ts';
import type { FallSample, GroundSample, VeilSample, WeatherSample } from './weather-sample.ts';

type Draw = (value: NumberValue, parameter: WeatherParameter) => number;
type Source = Readonly<{ sampler: Sampler; draw: Draw }>;

/** Fastest wind along an axis, m/s. */
const STORM = 50;

/** Draws the weather of a frame, or nothing where the config has none; what a frame does not have is not drawn. */
export function sampleWeather(
  sampler: Sampler,
  { weather, sensor }: Config,
): Readonly<{ weather?: WeatherSample }> {
  if (weather === undefined) return {};
  const draw: Draw = (value, parameter) =>
    requireRange(
      sampler.number(value, `weather.${parameter}`),
      `weather.${parameter}`,
      WEATHER_RANGES[parameter],
    );
  const source = { sampler, draw };
  const { fog, dust, topMeters } = weather;
  const rain = sampleFall(source, weather.rain, 'rain');
  const snow = sampleFall(source, weather.snow, 'snow');
  const ground = sampleGround(source, weather);
  const glass = sampleGlass(sampler, weather.glass);
  return {
    weather: {
      ...(isPresent(sampler, fog, 'fog') && { fog: sampleVeil(source, fog, 'fog') }),
      ...(isPresent(sampler, dust, 'dust') && {
        dust: {
          ...sampleVeil(source, dust, 'dust'),
          angstromExponent: draw(dust.angstromExponent, 'dust.angstromExponent'),
        },
      }),
      ...(rain && { rain }),
      ...(snow && { snow }),
      ...((rain ?? snow) && {
        falling: {
          exposureSeconds: sampleShutter(sampler, sensor),
          windMetersPerSecond: sampleWind(sampler, weather),
        },
      }),
      ...(ground && { ground }),
      ...(glass && { glass }),
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
  { sampler, draw }: Source,
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

function sampleFall(
  { sampler, draw }: Source,
  spec: Readonly<{ millimetersPerHour: NumberValue }> | undefined,
  name: 'rain' | 'snow',
): FallSample | undefined {
  if (spec === undefined) return undefined;
  const millimetersPerHour = draw(spec.millimetersPerHour, `${name}.millimetersPerHour`);
  if (millimetersPerHour === 0) return undefined;
  return { millimetersPerHour, seed: seedOf(sampler, `weather.${name}.seed`) };
}

function sampleGround(
  { sampler, draw }: Source,
  { wet, snow }: WeatherSpec,
): GroundSample | undefined {
  const snowCover = snow ? draw(snow.cover, 'snow.cover') : 0;
  const wetness = wet ? draw(wet.amount, 'wet.amount') : 0;
  const share = wet ? draw(wet.puddles, 'wet.puddles') : 0;
  if (snowCover === 0 && wetness === 0 && share === 0) return undefined;
  return {
    wetness,
    ...(wet &&
      share > 0 && { puddles: { share, meters: draw(wet.puddleMeters, 'wet.puddleMeters') } }),
    snowCover,
    seed: seedOf(sampler, 'weather.ground.seed'),
  };
}

/** The value that the sensor takes, too: a parameter is drawn once, however often it is asked for. */
function sampleShutter(sampler: Sampler, { shutterSeconds }: Config['sensor']): number {
  const path = 'sensor.shutterSeconds';
  return requireRange(sampler.number(shutterSeconds, path), path, SENSOR_RANGES.shutterSeconds);
}

function sampleWind(sampler: Sampler, { windMetersPerSecond }: WeatherSpec): Vec3 {
  const path = 'weather.windMetersPerSecond';
  const wind = sampler.vec3(windMetersPerSecond, path);
  for (const part of wind) requireRange(part, path, [-STORM, STORM]);
  return wind;
}
