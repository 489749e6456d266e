import type { GBuffers } from '#shared/annotate/annotations';
import type { FrameTimings } from '#shared/protocol/page-api';
import type { BackendRequest, SandboxMode } from '../browser/browser-types.ts';
import { requireBrowser } from '../browser/find-browser.ts';
import type { PageClient } from '../browser/page-client.ts';
import { openPool, type PagePool, type PageTask } from '../browser/page-pool.ts';
import type { ResolveResource } from '../server/page-server.ts';
import { createAssetTally } from './asset-tally.ts';
import type { FrameRenderer } from './frame-renderer.ts';
import type { RendererContext } from './render-prepared.ts';
import type { StageClock } from './stage-clock.ts';

/** What a page does with a frame, in its order. */
const PAGE_STEPS = [
  'scene',
  'label',
  'silhouettes',
  'color',
  'readback',
  'send',
] as const satisfies readonly (keyof FrameTimings)[];

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
  const pages = new Map<PageClient, number>();
  const numberOf = (client: PageClient): number => {
    const number = pages.get(client) ?? pages.size + 1;
    pages.set(client, number);
    return number;
  };
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
      const { frame } = plan;
      const waited = clock
        .at({ frame })
        .time('wait', () => new Promise<void>((resolve) => (stopWaiting = resolve)));
      void waited;
      const draw: PageTask<GBuffers> = async (client, handOver) => {
        stopWaiting();
        const there = clock.at({ frame, page: numberOf(client) });
        return there.time('render', async () => {
          const { buffers, timings, assets, answeredMs } = await client.render(plan, handOver);
          assetTally.add(assets);
          const steps = PAGE_STEPS.map((step) => [`page.${step}`, timings[step]] as const);
          there.noteEnded(steps, answeredMs);
          return buffers;
        });
      };
      return pool.run(draw, { ahead: true });
    },
  };
}
