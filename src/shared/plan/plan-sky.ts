import { SUN_RADIUS_DEGREES, type Beam } from '../core/daylight.ts';
import type { LinearRgb, Vec3 } from '../core/geometry.ts';
import { cos, DEGREE, tan } from '../core/portable-math.ts';
import { directionFromAngles } from '../sampling/sample-place.ts';
import type { SkyDirection, SkySample } from '../sampling/scene-sample.ts';
import type { PlanLight, PlanSky } from './frame-plan.ts';
import type { Daylight } from './photometry.ts';

/** Distance at which sun and moon are lights, metres; only their direction and angle matter. */
const FAR_METERS = 1000;
/** The solid angle of the sun's disc, steradians. */
const DISC_STERADIANS = 2 * Math.PI * (1 - cos(SUN_RADIUS_DEGREES * DEGREE));

/**
 * A surface of slope θ needs (reach of the shadow's filter) · sin θ texels; the filter of one texel and its
 * interpolation reach 1.5. A frustum as wide as a field has texels of centimetres.
 */
const BIAS_TEXELS = 2;

/** What a sky is scaled by: luminance of white, cd/m², and `environment.strength`. */
type Scale = Readonly<{ white: number; strength: number }>;

/** The sky of a plan: radiances on the scale of images. */
export function planSky(
  { sun, ground }: SkySample,
  daylight: Daylight,
  { white, strength }: Scale,
): PlanSky {
  const { sky } = daylight;
  const scale = strength / white;
  const color = daylight.ground.color.map(
    (lux, i) => (scale * lux * (ground[i] ?? 0)) / Math.PI,
  ) as unknown as LinearRgb;
  return {
    sun: directionOf(sun),
    perez: sky.perez,
    // The distribution is that of a sun on the horizon where it is below.
    glow: directionFromAngles(sun.azimuthDegrees, Math.max(0, sun.elevationDegrees)),
    clear: scale * sky.clear,
    chromaticity: sky.chromaticity,
    overcast: scale * sky.overcast,
    even: scale * daylight.moonlitSky,
    ground: color,
    disc: scaled(daylight.sun.color, (scale * daylight.sun.illuminance) / DISC_STERADIANS),
  };
}

/** Sun and moon as lights that agree with the sky; those below the horizon are dark. */
export function skyLights(sky: SkySample, daylight: Daylight, scale: Scale): readonly PlanLight[] {
  const light = (at: SkyDirection, beam: Beam): PlanLight => {
    const direction = directionOf(at);
    return {
      kind: 'directional',
      position: [direction[0] * FAR_METERS, direction[1] * FAR_METERS, direction[2] * FAR_METERS],
      target: [0, 0, 0],
      color: beam.color,
      // A white card square to a light of intensity 1 has radiance 1.
      intensity: (scale.strength * beam.illuminance) / (Math.PI * scale.white),
      castShadow: sky.castShadow,
      sizeMeters: FAR_METERS * tan(SUN_RADIUS_DEGREES * DEGREE),
      coneRadians: Math.PI / 4,
      penumbra: 0,
      biasTexels: BIAS_TEXELS,
    };
  };
  const { sun, moon } = daylight;
  return [light(sky.sun, sun), ...(sky.moon && moon ? [light(sky.moon, moon)] : [])];
}

const directionOf = ({ azimuthDegrees, elevationDegrees }: SkyDirection): Vec3 =>
  directionFromAngles(azimuthDegrees, elevationDegrees);

const scaled = ([r, g, b]: LinearRgb, by: number): LinearRgb => [r * by, g * by, b * by];
