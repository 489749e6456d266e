import { backgroundChoices } from '../config/background-schema.ts';
import { rangeOf } from '../config/value-range.ts';
import { SamplingError } from '../core/errors.ts';
import { cos, DEGREE } from '../core/portable-math.ts';
import { MAX_LIGHTS } from '../sampling/sample-lights.ts';
import { lightsOf, type RunInputs } from '../sampling/sample-scene.ts';
import type { LightSample, SceneSample } from '../sampling/scene-sample.ts';
import type { FramePlan, PlanLight } from './frame-plan.ts';
import { daylightOf, ofUnitLuminance, whiteLuminance } from './photometry.ts';
import { planSky, skyLights } from './plan-sky.ts';

/** The lights of a frame, those of its sky included, and that sky: all that depends on what luminance is white. */
export function planLights(
  sample: SceneSample,
): Pick<FramePlan, 'lights'> & Readonly<{ sky: FramePlan['environment']['sky'] }> {
  const { environment, photometry } = sample;
  if (photometry === undefined)
    return { lights: sample.lights.map((light) => planLight(light, null)), sky: undefined };
  const daylight = environment.sky ? daylightOf(environment.sky) : null;
  const white = whiteLuminance(photometry, daylight);
  const lights = sample.lights.map((light) => planLight(light, white));
  if (!environment.sky || !daylight) return { lights, sky: undefined };
  const scale = { white, strength: environment.strength };
  return {
    lights: [...lights, ...skyLights(environment.sky, daylight, scale)],
    sky: planSky(environment.sky, daylight, scale),
  };
}

function planLight(
  { name, coneDegrees, unit, kind, flicker, ...light }: LightSample,
  white: number | null,
): PlanLight {
  const { position, target } = light;
  if (kind !== 'point' && position.every((at, axis) => at === target[axis])) {
    throw new SamplingError(
      `lights.${name}.place: ${kind === 'area' ? 'an area' : `a ${kind}`} light stands on its target, so it shines nowhere; move one of them`,
    );
  }
  const planned = {
    ...light,
    intensity: light.intensity * (flicker?.factor ?? 1),
    kind: kind === 'area' ? ('spot' as const) : kind,
    coneRadians: coneDegrees * DEGREE,
  };
  if (unit === undefined || white === null) return planned;
  const color = ofUnitLuminance(light.color);
  return { ...planned, color, intensity: relativeIntensity({ ...planned, unit }, white) };
}

type Measured = PlanLight & Readonly<{ unit: NonNullable<LightSample['unit']> }>;

/** Lux, or candela along the axis, as a share of what makes a white card square to it white (1 m away). */
function relativeIntensity(light: Measured, white: number): number {
  const candela = light.intensity * candelaPerUnit(light);
  return candela / (Math.PI * white);
}

/** Lumens are those of the whole sphere, of a spot's cone with its fading rim, or of a rectangle's front (π cd). */
function candelaPerUnit({ unit, kind, coneRadians, penumbra, rectangleMeters }: Measured): number {
  if (unit === 'nit') return rectangleMeters ? rectangleMeters[0] * rectangleMeters[1] : 1;
  if (unit !== 'lumen') return 1;
  if (rectangleMeters) return 1 / Math.PI;
  if (kind === 'point') return 1 / (4 * Math.PI);
  // The rim fades as a smooth step of the cosine, whose mean is a half.
  const [inner, outer] = [cos(coneRadians * (1 - penumbra)), cos(coneRadians)];
  return 1 / (2 * Math.PI * (1 - inner + (inner - outer) / 2));
}

/** How many lights of each kind any frame of a config may have. */
export function lightCapacityOf({ config, scene }: RunInputs): FramePlan['lightCapacity'] {
  const { sky, background } = config.environment;
  const photoSuns = backgroundChoices(background).some(
    ({ spec }) => spec.kind === 'photo' && spec.sun,
  );
  const suns = (sky ? (sky.moon ? 2 : 1) : 0) + (photoSuns ? 1 : 0);
  const capacity = { directional: suns, point: 0, spot: 0 };
  for (const light of Object.values(lightsOf(config, scene))) {
    capacity[light.kind === 'area' ? 'spot' : light.kind] += Math.min(
      MAX_LIGHTS,
      rangeOf(light.count, config.vars)?.max ?? MAX_LIGHTS,
    );
  }
  return capacity;
}
