import type { ConsoleMessage, Page } from 'puppeteer';
import type { PageVisit } from '../server/page-visits.ts';

/** What a page said, and what it is still loading; evidence for an error's text. */
export type PageLog = Readonly<{
  /** Console errors and uncaught errors since the last call, oldest first. */
  takeErrors: () => readonly string[];
  /** Requests that our server has not answered yet; nothing outside of it is ever waited for. */
  openRequests: () => readonly string[];
  /** A text of the page's without the secret prefix, which opens the server to whoever reads the text. */
  hide: (text: string) => string;
}>;

/** A page in a loop may shout without end; the first few lines tell what happened. */
const MAX_ERRORS = 20;
const MAX_CHARACTERS = 600;

/** How Chromium begins what it says of a load that failed, on its own or by the status of the answer. */
const FAILED_LOAD = 'Failed to load resource';

/** Listens to a page. Asks for no network events: DevTools would keep the body of each request. */
export function watchPage(page: Page, { basePath, openRequests }: PageVisit): PageLog {
  let errors: string[] = [];
  const hide = (text: string): string => text.replaceAll(basePath, '');
  const keep = (text: string): void => {
    if (errors.length < MAX_ERRORS) errors.push(hide(text).slice(0, MAX_CHARACTERS));
  };
  page.on('console', (message) => {
    if (message.type() === 'error') keep(describeMessage(message));
  });
  page.on('pageerror', (error) => {
    keep(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  return {
    takeErrors: () => {
      const taken = errors;
      errors = [];
      return taken;
    },
    openRequests,
    hide,
  };
}

/** A message of the console; of a load that failed, with what was loaded. */
function describeMessage(message: ConsoleMessage): string {
  const text = message.text();
  return text.startsWith(FAILED_LOAD)
    ? `${message.location().url ?? 'an unknown address'}: ${text}`
    : text;
}
