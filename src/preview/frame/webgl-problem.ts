/** Why this browser cannot draw frames; null where it can. */
export function webGlProblem(): string | null {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return 'canvas.getContext("webgl2") gave nothing.';
  const floats = gl.getExtension('EXT_color_buffer_float') !== null;
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return floats ? null : 'EXT_color_buffer_float is missing: pictures cannot hold linear light.';
}
