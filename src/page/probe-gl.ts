import {
  NearestFilter,
  UnsignedByteType,
  Vector2,
  WebGLRenderTarget,
  type WebGLRenderer,
} from 'three';
import { now } from './clock.ts';
import { FullScreen } from './passes/full-screen.ts';

/** Each pixel's red and green are its column and row, blue a product of both. */
const PATTERN_SHADER = /* glsl */ `
out vec4 outColor;
uniform ivec2 size;
void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  outColor = vec4(float(p.x & 255), float(p.y & 255), float((p.x * p.y) & 255), 255.0) / 255.0;
}
`;

/** Side of the probe's image: 1 MiB of RGBA. */
const SIDE = 512;
const REPEATS = 5;

/** Compiles a shader, draws a known pattern and reads it back: milliseconds, and whether every byte is right. */
export function probeGl(
  renderer: WebGLRenderer,
): Readonly<{ compileMs: number; readbackMsPerMiB: number; exact: boolean }> {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const target = new WebGLRenderTarget(SIDE, SIDE, {
    type: UnsignedByteType,
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  const pattern = new FullScreen(PATTERN_SHADER, { size: { value: new Vector2(SIDE, SIDE) } });
  const bytes = new Uint8Array(SIDE * SIDE * 4);
  const read = (): void => gl.readPixels(0, 0, SIDE, SIDE, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  const start = now();
  pattern.draw(renderer, target);
  read();
  const compiled = now();
  for (let i = 0; i < REPEATS; i++) read();
  const readbackMsPerMiB = (now() - compiled) / REPEATS;
  target.dispose();
  return { compileMs: compiled - start, readbackMsPerMiB, exact: isPattern(bytes) };
}

function isPattern(bytes: Uint8Array): boolean {
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = (y * SIDE + x) * 4;
      if (
        bytes[at] !== (x & 255) ||
        bytes[at + 1] !== (y & 255) ||
        bytes[at + 2] !== ((x * y) & 255)
      )
        return false;
    }
  }
  return true;
}
