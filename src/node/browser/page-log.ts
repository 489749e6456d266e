import type { Page } from 'puppeteer';

/** What a page said, and what it is still loading; evidence for an error's text. */
export type PageLog = Readonly<{
  /** Console errors and uncaught errors since the last call, oldest first. */
  takeErrors: () => readonly string[];
  /** Paths of requests that are not answered yet, less the secret prefix. */
  openRequests: () => readonly string[];
}>;

/** A page in a loop may shout without end; the first few lines tell what happened. */
const MAX_ERRORS = 20;
const MAX_CHARACTERS = 600;

/**
 * Listens to a page.
 *
 * @param secretPrefix left out of every line: it opens the server to whoever reads the log.
 */
export function watchPage(page: Page, secretPrefix: string): PageLog {
  let errors: string[] = [];
  const open = new Set<Readonly<{ url: () => string }>>();
  const hide = (text: string): string => text.replaceAll(secretPrefix, '');
  const keep = (text: string): void => {
    if (errors.length < MAX_ERRORS) errors.push(hide(text).slice(0, MAX_CHARACTERS));
  };
  page.on('console', (message) => {
    if (message.type() === 'error') keep(message.text());
  });
  page.on('pageerror', (error) => {
    keep(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  page.on('request', (request) => {
    open.add(request);
  });
  page.on('requestfinished', (request) => {
    open.delete(request);
  });
  page.on('requestfailed', (request) => {
    open.delete(request);
    keep(`${request.method()} ${request.url()}: ${request.failure()?.errorText ?? 'failed'}`);
  });
  return {
    takeErrors: () => {
      const taken = errors;
      errors = [];
      return taken;
    },
    openRequests: () => [...open].map((request) => hide(request.url())),
  };
}
