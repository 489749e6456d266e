import type { BackendRequest, SandboxMode } from '../browser/browser-types.ts';
import { requireBrowser } from '../browser/find-browser.ts';
import { openPool, type PagePool } from '../browser/page-pool.ts';
import type { ResolveResource } from '../server/page-server.ts';
import { createAssetTally } from './asset-tally.ts';
import type { FrameRenderer } from './frame-renderer.ts';
import type { RendererContext } from './render-prepared.ts';
import type { StageClock } from './stage-clock.ts';

/** Which browsers draw, and with what. */
export type PageRendererOptions = Readonly<{
  gl: BackendRequest;
  browserPath?: string | undefined;
  workers?: number | undefined;
  sandbox: SandboxMode;
  /** The most that each browser keeps of assets between frames; what suits the renderer where it is left out. */
  assetBytes?: number | undefined;
  resolveResource: ResolveResource;
}>;

/**
 * Opens browsers that render. Timings of the page's own steps appear as `page.<step>`; `wait` is the time
 * that a plan waits for a free page.
 *
 * @throws BrowserError where there is no browser or it cannot render.
 */
export async function openPageRenderer(
  options: PageRendererOptions,
  { clock, signal, log }: RendererContext,
): Promise<FrameRenderer> {
  const browser = await requireBrowser(options.browserPath);
  log(`Browser: ${browser.path} (${browser.version})`);
  const pool = await openPool({
    browser,
    backend: options.gl,
    workers: options.workers,
    sandbox: options.sandbox,
    assetBytes: options.assetBytes,
    resolveResource: options.resolveResource,
    signal,
    log,
  });
  return createPoolRenderer(pool, clock);
}

/** A pool as what turns plans into pixels; the pool's steps are timed as {@link openPageRenderer} says. */
export function createPoolRenderer(pool: PagePool, clock: StageClock): FrameRenderer {
  const assetTally = createAssetTally(pool.report.assetBytes);
  return {
    info: pool.renderer,
    workers: pool.workers,
    sandboxed: pool.sandboxed,
    retries: pool.replaced,
    assets: assetTally.summary,
    close: pool.close,
    recycle: ({ color }) => pool.recycle(color.buffer),
    render: (plan) => {
      let stopWaiting = (): void => undefined;
      const waited = clock.time(
        'wait',
        () => new Promise<void>((resolve) => (stopWaiting = resolve)),
      );
      void waited;
      return pool.run(async (client) => {
        stopWaiting();
        const rendered = await clock.time('render', () => client.render(plan));
        const { buffers, timings, assets } = rendered;
        assetTally.add(assets);
        for (const [step, milliseconds] of Object.entries(timings)) {
          clock.note(`page.${step}`, milliseconds);
        }
        return buffers;
      });
    },
  };
}
