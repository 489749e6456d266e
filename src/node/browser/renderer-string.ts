import { BrowserError } from '#shared/core/errors';
import { closeBrowser, launchBrowser } from './launch-browser.ts';
import type { LaunchOptions, LaunchedBrowser } from './launch-browser.ts';
import { withTimeout } from './with-timeout.ts';

/**
 * Runs in a blank page: the name of what draws WebGL2, or null where there is no WebGL2. A string, since
 * Node's side knows no DOM, and a transpiler must not touch it.
 */
const READ_RENDERER = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
})()`;

const PROBE_TIMEOUT_MS = 60_000;

/** Starts a browser, asks what draws WebGL2, and closes it again. Null: no WebGL2 with these flags. */
export async function readRendererString(options: LaunchOptions): Promise<string | null> {
  const launched = await launchBrowser(options);
  try {
    const found = await withTimeout(evaluateBlank(launched), PROBE_TIMEOUT_MS, () => {
      return new BrowserError(`WebGL2 probe: no answer within ${PROBE_TIMEOUT_MS} ms`);
    });
    if (found !== null && typeof found !== 'string') {
      throw new BrowserError(`WebGL2 probe: expected a renderer's name, got ${typeof found}`);
    }
    return found;
  } finally {
    await closeBrowser(launched);
  }
}

async function evaluateBlank(launched: LaunchedBrowser): Promise<unknown> {
  const page = await launched.browser.newPage();
  return page.evaluate(READ_RENDERER);
}
