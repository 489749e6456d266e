import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { requireBrowser } from '#node/browser/find-browser';
import { closeBrowser, launchBrowser } from '#node/browser/launch-browser';
import type { Figure } from './figure.ts';

/**
 * Draws figures in a browser, which nothing is drawn on: what comes back is SVG, for light and dark pages alike.
 *
 * @throws BrowserError where there is no browser.
 */
export async function drawFigures(figures: readonly Figure[]): Promise<readonly string[]> {
  const script = await bundlePage();
  const launched = await launchBrowser({
    browser: await requireBrowser(undefined),
    backend: 'swiftshader',
    sandbox: 'auto',
    networkEvents: false,
  });
  try {
    const page = await launched.browser.newPage();
    await page.evaluate(script);
    const drawn: string[] = [];
    for (const figure of figures)
      drawn.push((await page.evaluate(`drawFigure(${JSON.stringify(figure)})`)) as string);
    return drawn;
  } finally {
    await closeBrowser(launched);
  }
}

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('plot-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
