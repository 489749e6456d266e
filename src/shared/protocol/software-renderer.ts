/** Names under which software draws. */
const SOFTWARE = /llvmpipe|softpipe|swiftshader|basic render|swrast|software/i;

/** Whether `UNMASKED_RENDERER_WEBGL` names a renderer that is software. */
export function isSoftware(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}
