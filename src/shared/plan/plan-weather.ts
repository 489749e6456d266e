import type { LinearRgb } from '../core/geometry.ts';
import { log, pow } from '../core/portable-math.ts';
import { rainExtinction, snowExtinction } from '../core/precipitation-laws.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import type { VeilSample, WeatherSample } from '../sampling/weather-sample.ts';
import type { FramePlan, PlanLight, PlanSky } from './frame-plan.ts';
import { meanSkyRadiance } from './mean-sky.ts';
import { planGlass } from './plan-glass.ts';
import { planGround } from './plan-ground.ts';
import { planPrecipitation } from './plan-precipitation.ts';
import type { PlanGlow, PlanMedium } from './weather-plan.ts';

/** Contrast that is left at the meteorological optical range (WMO-No. 8, part I, chapter 9). */
const CONTRAST_LEFT = 0.05;
/** Dominant wavelengths of the primaries of BT.709 over that of its green, at which visibility is stated; nm. */
const WAVELENGTHS: LinearRgb = [611 / 549, 1, 464 / 549];
/** No chromatic dependence: droplets are large against wavelengths. */
const GREY = 0;
const WHITE: LinearRgb = [1, 1, 1];

type Veil = Pick<VeilSample, 'tint' | 'airlight'> & Readonly<{ extinction: LinearRgb }>;
type View = Pick<FramePlan, 'camera' | 'size' | 'lights'> & Readonly<{ sky: PlanSky | undefined }>;

/** The weather of a plan: nothing where the sample has none. */
export function planWeather(
  { weather, environment, sequence }: SceneSample,
  view: View,
): Pick<FramePlan, 'weather'> {
  if (weather === undefined) return {};
  const veils = veilsOf(weather);
  const glow = glowOf(view, environment.strength);
  const precipitation = planPrecipitation(weather, {
    ...view,
    glow,
    timeSeconds: sequence?.timeSeconds ?? 0,
  });
  return {
    weather: {
      ...(veils.length > 0 && {
        medium: { ...mediumOf(veils, glow), topMeters: weather.topMeters ?? null },
      }),
      ...(precipitation.length > 0 && { precipitation }),
      ...(weather.ground && { ground: planGround(weather.ground) }),
      ...(weather.glass && { glass: planGlass(weather.glass, view) }),
    },
  };
}

function veilsOf({ fog, dust, rain, snow }: WeatherSample): readonly Veil[] {
  const even = (extinction: number): Veil => ({
    extinction: [extinction, extinction, extinction],
    tint: WHITE,
  });
  return [
    ...(fog ? [{ ...fog, extinction: extinctionOf(fog.visibilityMeters, GREY) }] : []),
    ...(dust
      ? [{ ...dust, extinction: extinctionOf(dust.visibilityMeters, dust.angstromExponent) }]
      : []),
    ...(rain ? [even(rainExtinction(rain.millimetersPerHour))] : []),
    ...(snow ? [even(snowExtinction(snow.millimetersPerHour))] : []),
  ];
}

/** Extinction by channel: −ln 0.05 over the visibility (H. Koschmieder, 1924), by Ångström's law of wavelengths (1929). */
export function extinctionOf(visibilityMeters: number, angstromExponent: number): LinearRgb {
  const green = -log(CONTRAST_LEFT) / visibilityMeters;
  const [red, , blue] = WAVELENGTHS;
  return [green * pow(red, -angstromExponent), green, green * pow(blue, -angstromExponent)];
}

/** Media that are in one place: extinctions add up, and each shines by its share of them. */
function mediumOf(veils: readonly Veil[], light: PlanGlow): Omit<PlanMedium, 'topMeters'> {
  const per = (of: (channel: 0 | 1 | 2) => number): LinearRgb => [of(0), of(1), of(2)];
  const extinctionPerMeter = per((c) => veils.reduce((sum, v) => sum + v.extinction[c], 0));
  const mixed = (c: 0 | 1 | 2, shine: (veil: Veil) => number): number =>
    veils.reduce((sum, v) => sum + v.extinction[c] * v.tint[c] * shine(v), 0) /
    extinctionPerMeter[c];
  const { airlight: given, environmentShare: mapped } = light;
  return {
    extinctionPerMeter,
    airlight: per((c) => mixed(c, ({ airlight }) => (airlight ?? given)[c])),
    environmentShare: per((c) => mixed(c, ({ airlight }) => (airlight ? 0 : mapped[c]))),
  };
}

function glowOf({ lights, sky }: View, strength: number): PlanGlow {
  const mapped = sky === undefined ? strength : 0;
  return { airlight: airlightOf({ lights, sky }), environmentShare: [mapped, mapped, mapped] };
}

/**
 * Radiance of an endless depth of something white that scatters evenly: the mean radiance over all directions,
 * ∫ L dω / 4π. A light from far away of intensity I has the illuminance πI. Lamps, which light what is near
 * them, are left out; the environment map, which only the page can read, is added there.
 */
export function airlightOf({
  lights,
  sky,
}: Readonly<{ lights: readonly PlanLight[]; sky: PlanSky | undefined }>): LinearRgb {
  const beams = lights.filter(({ kind }) => kind === 'directional');
  const above = sky ? meanSkyRadiance(sky) : [0, 0, 0];
  const channel = (c: 0 | 1 | 2): number =>
    beams.reduce((sum, { intensity, color }) => sum + (intensity * color[c]) / 4, 0) +
    ((above[c] ?? 0) + (sky?.ground[c] ?? 0)) / 2;
  return [channel(0), channel(1), channel(2)];
}
