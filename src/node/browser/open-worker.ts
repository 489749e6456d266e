import { BrowserError, RenderError } from '#shared/core/errors';
import type { PageServer } from '../server/page-server.ts';
import { closeBrowser, launchBrowser } from './launch-browser.ts';
import type { LaunchedBrowser } from './launch-browser.ts';
import { openPageClient } from './page-client.ts';
import type { PageClient } from './page-client.ts';
import { withTimeout } from './with-timeout.ts';
import type { BackendChoice } from './choose-backend.ts';
import type { FoundBrowser, SandboxMode } from './browser-types.ts';

/** One browser with its one page. */
export type Worker = Readonly<{
  launched: LaunchedBrowser;
  client: PageClient;
  close: () => Promise<void>;
}>;

export type WorkerOptions = Readonly<{
  browser: FoundBrowser;
  choice: BackendChoice;
  sandbox: SandboxMode;
  server: PageServer;
  timeoutMs: number;
  /** Ends the browser at once when it aborts, also while it is being opened. */
  signal: AbortSignal;
}>;

/**
 * Starts a browser behind the fence, opens the page and starts its renderer. Nothing is left behind
 * where that fails.
 *
 * @throws BrowserError where the browser does not start or draws with another renderer than the one
 *   that was chosen; RenderError where the page fails.
 */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const { browser, choice, sandbox, server, timeoutMs, signal } = options;
  signal.throwIfAborted();
  const launched = await launchBrowser({
    browser,
    sandbox,
    backend: choice.backend,
    threadsPerBrowser: choice.threadsPerBrowser,
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
    const client = await openPageClient({ page, server, timeoutMs });
    requireSameRenderer(client, choice);
    return {
      launched,
      client,
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
function requireSameRenderer(client: PageClient, choice: BackendChoice): void {
  if (client.report.renderer !== choice.renderer) {
    throw new BrowserError(
      `renderer: expected "${choice.renderer}" (back end ${choice.backend}), ` +
        `the page got "${client.report.renderer}". Run "diorama doctor".`,
    );
  }
}

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= action());
}
