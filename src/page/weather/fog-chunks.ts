import { ShaderChunk } from 'three';

/**
 * What a medium lets through, by channel, along a path that it may end above: `extinction` per metre, `top` its
 * world height, `height` that of the eye.
 */
export const MEDIUM_FUNCTIONS = /* glsl */ `
// To a point at a distance, higher than the eye by rise.
vec3 mediumTransmittance(vec3 extinction, float top, float height, float rise, float range) {
  float low = min(rise, 0.0);
  float share = clamp((top - height - low) / max(abs(rise), 1e-6), 0.0, 1.0);
  return exp(-extinction * (range * share));
}

// Without end, along a direction of length 1.
vec3 mediumTransmittanceFar(vec3 extinction, float top, float height, float up) {
  float head = top - height;
  bool leaves = head > 0.0 ? up > 0.0 && head / up < 1e9 : up >= 0.0;
  return leaves ? exp(-extinction * (head > 0.0 ? head / up : 0.0)) : vec3(0.0);
}
`;

/** World height of the end of a medium that has none, metres. */
export const NO_TOP = 1e9;

/**
 * three's fog made exact: L = R·t + A·(1 − t) with t = exp(−βd) by channel, d the distance from the eye and not
 * the depth, found for each pixel and not each vertex (H. Koschmieder, 1924). Of its uniforms, `fogColor` is A
 * and `fogDensity` β with the height of the medium's end as the fourth.
 */
const FOG_PARS_FRAGMENT = /* glsl */ `
#ifdef USE_FOG
uniform vec3 fogColor;
uniform vec4 fogDensity;
varying vec3 vFogPosition;
${MEDIUM_FUNCTIONS}
vec3 fogTransmittance() {
  float rise = dot(vFogPosition, viewMatrix[1].xyz);
  return mediumTransmittance(fogDensity.xyz, fogDensity.w, cameraPosition.y, rise, length(vFogPosition));
}
#endif
`;

const FOG_FRAGMENT = /* glsl */ `
#ifdef USE_FOG
vec3 veilTransmittance = fogTransmittance();
gl_FragColor.rgb = gl_FragColor.rgb * veilTransmittance + fogColor * (1.0 - veilTransmittance);
#endif
`;

/** What is seen through glass is veiled from the eye on already, and the glass will be: the share of the way to it is undone. */
const SEEN_THROUGH_GLASS = /* glsl */ `
vec4 seenBehind = textureBicubic( transmissionSamplerMap, fragCoord.xy, lod );
#ifdef USE_FOG
vec3 toGlass = fogTransmittance();
seenBehind.rgb = max(seenBehind.rgb - fogColor * (1.0 - toGlass), 0.0) / max(toGlass, 1e-4);
#endif
return seenBehind;
`;

/** Puts this fog in place of three's, for every built-in material; call before any shader is compiled. */
export function installFogChunks(): void {
  ShaderChunk.fog_pars_vertex = '#ifdef USE_FOG\nvarying vec3 vFogPosition;\n#endif\n';
  ShaderChunk.fog_vertex = '#ifdef USE_FOG\nvFogPosition = mvPosition.xyz;\n#endif\n';
  ShaderChunk.fog_pars_fragment = FOG_PARS_FRAGMENT;
  ShaderChunk.fog_fragment = FOG_FRAGMENT;
  ShaderChunk.transmission_pars_fragment = replaced(
    ShaderChunk.transmission_pars_fragment,
    'return textureBicubic( transmissionSamplerMap, fragCoord.xy, lod );',
    SEEN_THROUGH_GLASS,
  );
}

function replaced(source: string, what: string, by: string): string {
  if (!source.includes(what)) throw new Error(`three's shader has no "${what}"`);
  return source.replace(what, by);
}
