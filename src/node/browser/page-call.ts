import type { Page } from 'puppeteer';
import { RenderError } from '#shared/core/errors';
import { PAGE_GLOBAL } from '#shared/protocol/page-api';
import type { PageLog } from './page-log.ts';

/**
 * Calls functions of the page by name. A page does one thing after another: the time that a call may take begins
 * when those before it have ended.
 */
export type PageCaller = Readonly<{
  /**
   * Calls a function of the page's global with arguments that are plain JSON.
   *
   * @throws RenderError: `lost` where the page or its browser is gone, `timeout` where it does not
   *   answer in time, `internal` where the function itself threw.
   */
  call: (method: string, args: readonly unknown[], timeoutMs: number) => Promise<unknown>;
  /** Evaluates an expression of the client's own, under the same rules. */
  evaluate: (expression: string, timeoutMs: number) => Promise<unknown>;
}>;

/** Watches for the end of a page, and makes calls that end with it. */
export function createPageCaller(page: Page, log: PageLog): PageCaller {
  const gone = watchForEnd(page);
  let before: Promise<unknown> = Promise.resolve();
  const evaluateAfter = async (
    turn: Promise<unknown>,
    expression: string,
    timeoutMs: number,
  ): Promise<unknown> => {
    const ended = gone.reason();
    if (ended !== null) throw lostError(ended, log);
    const abandon = new AbortController();
    try {
      return await Promise.race([
        page.evaluate(expression),
        gone.whenEnded(abandon.signal),
        turn.then(() => timeOut(timeoutMs, log, abandon.signal)),
      ]);
    } catch (error) {
      throw toRenderError(error, gone.reason(), log);
    } finally {
      abandon.abort();
    }
  };
  const evaluate = (expression: string, timeoutMs: number): Promise<unknown> => {
    const answer = evaluateAfter(before, expression, timeoutMs);
    before = answer.catch(() => undefined);
    return answer;
  };
  return {
    evaluate,
    call: (method, args, timeoutMs) => evaluate(callExpression(method, args), timeoutMs),
  };
}

/**
 * The call as an expression: nothing of ours is turned into text, and no transpiler touches it. The
 * arguments pass through `JSON.parse`, which is faster than a literal and gives `__proto__` no power.
 */
export function callExpression(method: string, args: readonly unknown[]): string {
  const json = JSON.stringify(JSON.stringify(args));
  return `globalThis[${JSON.stringify(PAGE_GLOBAL)}][${JSON.stringify(method)}](...JSON.parse(${json}))`;
}

/** The message with what the page said of itself. */
export function withPageErrors(message: string, log: PageLog): string {
  const lines = log.takeErrors();
  return lines.length === 0
    ? message
    : `${message}\nThe page said:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

type EndOfPage = Readonly<{
  reason: () => string | null;
  whenEnded: (abandon: AbortSignal) => Promise<never>;
}>;

function watchForEnd(page: Page): EndOfPage {
  let reason: string | null = null;
  const listeners = new Set<(error: Error) => void>();
  const end = (text: string): void => {
    reason ??= text;
    for (const reject of listeners) reject(new PageEnded(reason));
  };
  page.on('error', (error: Error) => {
    end(`the page crashed (${error.message})`);
  });
  page.on('close', () => {
    end('the page was closed');
  });
  page.browser().on('disconnected', () => {
    end('the browser went away');
  });
  return {
    reason: () => reason,
    whenEnded: (abandon) =>
      new Promise((_, reject) => {
        listeners.add(reject);
        abandon.addEventListener('abort', () => listeners.delete(reject), { once: true });
      }),
  };
}

/** Marks the end of a page apart from what a call may throw by itself. */
class PageEnded extends Error {}

function timeOut(timeoutMs: number, log: PageLog, abandon: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (abandon.aborted) return;
    const timer = setTimeout(() => {
      const open = log.openRequests();
      const waiting =
        open.length === 0
          ? 'no request was open'
          : `still loading:\n${open.map((url) => `  ${url}`).join('\n')}`;
      const text = `the page did not answer within ${timeoutMs} ms; ${waiting}`;
      reject(new RenderError('timeout', withPageErrors(text, log)));
    }, timeoutMs);
    abandon.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
      },
      { once: true },
    );
  });
}

function lostError(reason: string, log: PageLog, cause?: unknown): RenderError {
  return new RenderError('lost', withPageErrors(reason, log), { cause });
}

function toRenderError(error: unknown, ended: string | null, log: PageLog): RenderError {
  if (error instanceof RenderError) return error;
  if (error instanceof PageEnded) return lostError(error.message, log);
  if (ended !== null) return lostError(ended, log, error);
  const message = error instanceof Error ? error.message : String(error);
  // Puppeteer tells the loss of a target by its own classes; the page's exceptions arrive as others.
  const name = error instanceof Error ? error.name : '';
  if (name === 'TargetCloseError' || name === 'ProtocolError' || name === 'ConnectionClosedError') {
    return lostError(message, log, error);
  }
  return new RenderError('internal', withPageErrors(`the page threw: ${message}`, log), {
    cause: error,
  });
}
