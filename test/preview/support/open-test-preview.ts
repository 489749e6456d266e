import type { Page } from 'puppeteer';
import { closeBrowser, launchBrowser } from '#node/browser/launch-browser';
import { requireBrowser } from '#node/browser/find-browser';
import { openPreview } from '#node/preview/open-preview';
import type { Preview, PreviewOptions } from '#node/preview/open-preview';
import type { TestBackend } from '../../page/support/open-test-pool.ts';

/** A preview, and a browser that looks at it. */
export type TestPreview = Readonly<{
  url: string;
  page: Page;
  /** Lines of the console that are warnings or worse, errors that nobody caught, loads that failed. */
  complaints: readonly string[];
  /** Addresses of other hosts that the page asked for. */
  strangers: readonly string[];
  /** Tells the page, as the server does. */
  tell: Preview['tell'];
  /** Goes to a place, and waits for its frame. */
  go(hash: string): Promise<void>;
  /** Waits until the frame in view is the one that is wanted. */
  settled(): Promise<void>;
  close(): Promise<void>;
}>;

/** A window of a small laptop. */
export const WINDOW = { width: 1280, height: 720 } as const;
/** Of whatever waits for the page: pictures are drawn in software, and the machine may be busy. */
const PATIENCE_MS = 300_000;

function listen(page: Page, origin: string): Pick<TestPreview, 'complaints' | 'strangers'> {
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    const level = message.type();
    if (level === 'error' || level === 'warn') complaints.push(`${level}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${String(error)}`));
  page.on('requestfailed', (request) => {
    // The stream of events ends with the page.
    if (!request.url().endsWith('/api/events')) complaints.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const ours = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!ours) strangers.push(request.url());
  });
  return { complaints, strangers };
}

/** Opens the preview of a config in a real browser, with the built page. */
export async function openTestPreview(
  request: PreviewOptions['request'],
  backend: TestBackend = 'mesa',
  options: Omit<PreviewOptions, 'request'> = {},
): Promise<TestPreview> {
  const preview = await openPreview({ request, ...options });
  const { origin, port } = new URL(preview.url);
  const launched = await launchBrowser({
    browser: await requireBrowser(undefined),
    backend,
    sandbox: 'auto',
    networkEvents: true,
    loopbackPort: Number(port),
  });
  const page = await launched.browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewport(WINDOW);
  const heard = listen(page, origin);
  const settled = async (): Promise<void> => {
    // A change is taken up within two paints; whatever it asks for is then under way or there.
    await page.waitForFunction(
      'window.diorama?.settled && (window.waited = (window.waited ?? 0) + 1) > 3',
      { polling: 50 },
    );
    await page.evaluate('window.waited = 0');
  };
  return {
    url: preview.url,
    page,
    ...heard,
    settled,
    tell: preview.tell,
    go: async (hash) => {
      await page.goto(`${preview.url}${hash}`);
      await settled();
    },
    close: async () => {
      await closeBrowser(launched);
      await preview.close();
    },
  };
}
