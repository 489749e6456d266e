import { Vector4 } from 'three';
import type { PlanGround } from '#shared/plan/weather-plan';

/** Uniforms of what weather leaves on surfaces, alike for all of them. */
export type GroundUniforms = Readonly<{
  /** Wetness; height of the noise from which there are puddles; hills to a metre; snow that lies. */
  groundWeather: { value: Vector4 };
  /** Where in the noise the world's origin is. */
  groundSeed: { value: number };
}>;

/** Above every hill of the noise. */
const NO_PUDDLES = 2;

export function createGroundUniforms(): GroundUniforms {
  return { groundWeather: { value: new Vector4() }, groundSeed: { value: 0 } };
}

/** Takes the ground of a plan. */
export function setGround(uniforms: GroundUniforms, ground: PlanGround): void {
  const { wetness, puddles, snowCover, seed } = ground;
  const [threshold, hills] = puddles ? [puddles.threshold, 1 / puddles.meters] : [NO_PUDDLES, 1];
  uniforms.groundWeather.value.set(wetness, threshold, hills, snowCover);
  uniforms.groundSeed.value = seed;
}

/**
 * Value noise of four octaves, 0..1, its lattice hashed by whole numbers, so that every renderer has the same. Its
 * distribution is close to normal (shared/plan/plan-ground.ts).
 */
export const GROUND_DECLARATIONS = /* glsl */ `
#ifdef WEATHERED
uniform vec4 groundWeather;
uniform float groundSeed;

float groundLattice(ivec2 at) {
  uint h = uint(at.x) * 0x8da6b343u + uint(at.y) * 0xd8163841u + uint(groundSeed) * 0xcb1ab31fu;
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return float((h ^ (h >> 16)) >> 8) / 16777216.0;
}

float groundNoise(vec2 at) {
  float sum = 0.0;
  float weight = 0.5;
  for (int octave = 0; octave < 4; octave++) {
    vec2 cell = floor(at);
    vec2 t = at - cell;
    t = t * t * (3.0 - 2.0 * t);
    ivec2 i = ivec2(cell);
    sum += weight * mix(
      mix(groundLattice(i), groundLattice(i + ivec2(1, 0)), t.x),
      mix(groundLattice(i + ivec2(0, 1)), groundLattice(i + ivec2(1, 1)), t.x),
      t.y
    );
    at = at * 2.0 + 17.0;
    weight *= 0.5;
  }
  return sum / 0.9375;
}
#endif
`;

/**
 * Wet surfaces after S. Lagarde, "Water drop 3b: Physically based wet surfaces" (2013): porosity from roughness, albedo
 * down to a fifth where all pores are full, roughness halfway as far. Puddles are smooth and level; snow hides what it
 * lies on. It stands where normal and roughness are known and light is not yet.
 */
export const GROUND_FRAGMENT = /* glsl */ `
#ifdef WEATHERED
{
  // From the view to the world: the transpose of the view's rotation.
  vec3 groundAt = cameraPosition - (vec4(vViewPosition, 0.0) * viewMatrix).xyz;
  float upward = dot(nonPerturbedNormal, viewMatrix[1].xyz);
  float hill = groundNoise(groundAt.xz * groundWeather.z);
  float level = smoothstep(0.95, 0.99, upward);
  float puddle = level * smoothstep(groundWeather.y - 0.015, groundWeather.y + 0.015, hill);
  float wet = max(groundWeather.x, puddle);
  float lying = smoothstep(-0.12, 0.12, upward + 0.5 * (hill - 0.5) - mix(1.4, 0.35, groundWeather.w));
  lying *= step(1e-6, groundWeather.w);
#ifdef STANDARD
  float pores = clamp((roughnessFactor - 0.5) / 0.4, 0.0, 1.0) * (1.0 - metalnessFactor);
#else
  float pores = 1.0;
#endif
  float soaked = mix(1.0, 0.2, pores);
  diffuseColor.rgb *= mix(1.0, soaked, wet);
#ifdef STANDARD
  roughnessFactor *= mix(1.0, soaked, 0.5 * wet);
  roughnessFactor = mix(mix(roughnessFactor, 0.04, puddle), 0.9, lying);
  metalnessFactor *= 1.0 - lying;
#endif
  diffuseColor.rgb = mix(diffuseColor.rgb, vec3(0.86, 0.88, 0.9), lying);
  normal = normalize(mix(normal, nonPerturbedNormal, max(puddle, 0.8 * lying)));
}
#endif
`;
