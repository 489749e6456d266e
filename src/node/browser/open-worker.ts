import { BrowserError, RenderError } from '#shared/core/errors';
import type { ReadBack } from '#shared/protocol/read-back';
import type { PageServer } from '../server/page-server.ts';
import { closeBrowser, launchBrowser } from './launch-browser.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { openPageClient } from './page-client.ts';
import type { PageClient } from './page-client.ts';
import { withTimeout } from './with-timeout.ts';
import type { Backend, FoundBrowser, LogLine, SandboxMode } from './browser-types.ts';

/** One browser with its one page. */
export type Worker = Readonly<{
  launched: LaunchedBrowser;
  client: PageClient;
  /** `UNMASKED_RENDERER_WEBGL` of its page. */
  renderer: string;
  close: () => Promise<void>;
}>;

export type WorkerOptions = Readonly<{
  browser: FoundBrowser;
  backend: Backend;
  /** llvmpipe's threads in this browser. */
  threadsPerBrowser: number;
  /** What must draw; anything where it is left out. */
  renderer?: string | undefined;
  sandbox: SandboxMode;
  server: PageServer;
  timeoutMs: number;
  /** The most that its page keeps of assets between frames; what suits the renderer where it is left out. */
  assetBytes?: number | undefined;
  /** How its page reads pixels back; as suits the renderer where it is left out. */
  readBack?: ReadBack | undefined;
  /** Told where the browser does not work as well as it should. */
  tell: LogLine;
  /** Ends the browser at once when it aborts, also while it is being opened. */
  signal: AbortSignal;
}>;

/**
 * Starts a browser behind the fence, opens the page and starts its renderer. Nothing is left behind
 * where that fails.
 *
 * @throws BrowserError where the browser does not start or draws with another renderer than the one
 *   that is asked for; RenderError where the page fails.
 */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const { browser, backend, threadsPerBrowser, sandbox, server, signal } = options;
  const { timeoutMs, assetBytes, readBack, tell } = options;
  signal.throwIfAborted();
  const launched = await launchBrowser({
    browser,
    sandbox,
    backend,
    threadsPerBrowser,
    networkEvents: false,
    loopbackPort: server.port,
  });
  const close = once(() => closeBrowser(launched));
  const closeOnAbort = (): void => {
    // Whoever holds the worker closes it too and hears of a failure there.
    close().catch(() => undefined);
  };
  signal.addEventListener('abort', closeOnAbort, { once: true });
  try {
    signal.throwIfAborted();
    const page = await withTimeout(launched.browser.newPage(), timeoutMs, () => {
      return new RenderError('timeout', `the browser opened no page within ${timeoutMs} ms`);
    });
    const { profile } = launched;
    const settings = { profile, timeoutMs, assetBytes, readBack, tell };
    const client = await openPageClient({ page, server, ...settings });
    const { renderer } = client.report;
    requireSameRenderer(renderer, options);
    return {
      launched,
      client,
      renderer,
      close: () => {
        signal.removeEventListener('abort', closeOnAbort);
        return close();
      },
    };
  } catch (error) {
    signal.removeEventListener('abort', closeOnAbort);
    await close();
    throw error;
  }
}

/** Another renderer draws other bytes; a fallback in the middle of a run must not pass unseen. */
function requireSameRenderer(found: string, { renderer, backend }: WorkerOptions): void {
  if (renderer !== undefined && renderer !== found) {
    throw new BrowserError(
      `renderer: expected "${renderer}" (back end ${backend}), ` +
        `the page got "${found}". Run "diorama doctor".`,
    );
  }
}

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= action());
}
