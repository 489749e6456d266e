import { sunBeam, fullMoonIlluminance, luminanceOf, moonPhaseShare } from '../core/daylight.ts';
import type { Beam } from '../core/daylight.ts';
import { SamplingError } from '../core/errors.ts';
import type { LinearRgb } from '../core/geometry.ts';
import { DEGREE, exp, sin } from '../core/portable-math.ts';
import { skyModel, type SkyModel } from '../core/sky-model.ts';
import type { SceneSample, SkySample } from '../sampling/scene-sample.ts';

const LN2 = 0.6931471805599453;

/** Light of a sky in physical units: lux, cd/m². */
export type Daylight = Readonly<{
  sky: SkyModel;
  sun: Beam;
  moon: Beam | null;
  /** Luminance that the moon lends the whole sky, cd/m². */
  moonlitSky: number;
  /** Of sky, sun and moon on level ground, lux, and by channel for a white card: luminance of `color` is `lux`. */
  ground: Readonly<{ lux: number; color: LinearRgb }>;
}>;

/** What sky, sun and moon give. Under cloud as much of sun and moon is hidden as of the sky. */
export function daylightOf({ sun, turbidity, overcast, moon }: SkySample): Daylight {
  const { elevationDegrees } = sun;
  const sky = skyModel({ elevationDegrees, turbidity, overcast });
  const beam = dimmed(sunBeam(elevationDegrees, turbidity), 1 - overcast);
  const moonlight = moon && moonlightOf(moon, { turbidity, overcast });
  const level = (light: Beam, elevation: number): number =>
    light.illuminance * Math.max(0, sin(elevation * DEGREE));
  const even = sky.illuminance + (moonlight ? Math.PI * moonlight.sky : 0);
  const sunLux = level(beam, elevationDegrees);
  const moonLux = moon && moonlight ? level(moonlight.beam, moon.elevationDegrees) : 0;
  const channel = (i: 0 | 1 | 2): number =>
    even + sunLux * beam.color[i] + moonLux * (moonlight?.beam.color[i] ?? 0);
  return {
    sky,
    sun: beam,
    moon: moonlight?.beam ?? null,
    moonlitSky: moonlight?.sky ?? 0,
    ground: { lux: even + sunLux + moonLux, color: [channel(0), channel(1), channel(2)] },
  };
}

const dimmed = ({ illuminance, color }: Beam, share: number): Beam => ({
  illuminance: illuminance * share,
  color,
});

type Air = Pick<SkySample, 'turbidity' | 'overcast'>;

/** The almanac's moonlight, split between the disc and the sky as the sun's is at that height. */
function moonlightOf(
  { elevationDegrees, phaseDegrees }: NonNullable<SkySample['moon']>,
  { turbidity, overcast }: Air,
): Readonly<{ beam: Beam; sky: number }> {
  const lux = fullMoonIlluminance(elevationDegrees) * moonPhaseShare(phaseDegrees);
  const sun = sunBeam(elevationDegrees, turbidity);
  const height = sin(Math.max(0, elevationDegrees) * DEGREE);
  const { illuminance } = skyModel({ elevationDegrees, turbidity, overcast: 0 });
  const direct = (sun.illuminance * height) / (sun.illuminance * height + illuminance);
  return {
    beam: {
      illuminance: height > 0 ? ((1 - overcast) * lux * direct) / height : 0,
      color: sun.color,
    },
    sky: ((1 - direct) * lux) / Math.PI,
  };
}

/**
 * Luminance that is white before the sensor, cd/m²: 1.2 · 2^EV of an exposure value (ISO 12232; S. Lagarde and
 * C. de Rousiers, "Moving Frostbite to PBR", 2014, §5.1), or that of a white card under the sky.
 */
export function whiteLuminance(
  photometry: NonNullable<SceneSample['photometry']>,
  daylight: Daylight | null,
): number {
  if (photometry.kind === 'ev100') return 1.2 * exp(photometry.ev100 * LN2);
  if (daylight === null) {
    throw new SamplingError(
      'photometry: metered needs environment.sky; state the exposure with { kind: ev100, ev100: … }',
    );
  }
  return daylight.ground.lux / Math.PI / exp(photometry.compensationStops * LN2);
}

/** A colour scaled to luminance 1, for light whose strength is stated in photometric units; black stays black. */
export function ofUnitLuminance(color: LinearRgb): LinearRgb {
  const luminance = luminanceOf(color);
  if (luminance === 0) return color;
  return [color[0] / luminance, color[1] / luminance, color[2] / luminance];
}
