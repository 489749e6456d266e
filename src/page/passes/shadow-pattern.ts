import { ShaderChunk } from 'three';

/** How three turns each place of its pattern, with a cosine and a sine of its own. */
const TURNED_ONE_BY_ONE = `			float theta = float( sampleIndex ) * goldenAngle + phi;
			return vec2( cos( theta ), sin( theta ) ) * r;`;

/** The same by the addition theorems: what hangs on the place is constant, what hangs on the pixel is shared. */
const TURNED_AT_ONCE = `			float theta = float( sampleIndex ) * goldenAngle;
			return mat2( cos( phi ), sin( phi ), - sin( phi ), cos( phi ) ) * ( vec2( cos( theta ), sin( theta ) ) * r );`;

/**
 * Has each pixel turn the five places where it looks a shadow up by one cosine and one sine, in place of five: a
 * software renderer takes that long for few other things. Every material of this page takes part; to be
 * called before the first is compiled.
 * @throws Error where three's shader is another one than expected.
 */
export function turnShadowPatternsAtOnce(): void {
  const chunk = ShaderChunk.shadowmap_pars_fragment;
  if (chunk.includes(TURNED_AT_ONCE)) return;
  if (!chunk.includes(TURNED_ONE_BY_ONE))
    throw new Error('three looks shadows up in another way: see shadow-pattern.ts');
  ShaderChunk.shadowmap_pars_fragment = chunk.replace(TURNED_ONE_BY_ONE, TURNED_AT_ONCE);
}
