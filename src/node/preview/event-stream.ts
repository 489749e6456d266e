import type { ServerResponse } from 'node:http';
import type { PreviewEvent } from '#shared/protocol/preview-api';
import type { Answer } from '../server/send-answer.ts';

/** Server-sent events to every page that listens. */
export type EventStream = Readonly<{
  /** The answer to a page that wants to listen. */
  open(): Answer;
  send(event: PreviewEvent): void;
  close(): void;
}>;

/** Opens a stream of events; it ends when it is closed, or page by page as they go away. */
export function openEventStream(): EventStream {
  const listeners = new Set<ServerResponse>();
  return {
    open: () => ({
      status: 200,
      streamType: 'text/event-stream; charset=utf-8',
      stream: (response) => {
        listeners.add(response);
        response.on('close', () => listeners.delete(response));
        // How long a page waits before it listens again, should the connection break: milliseconds.
        response.write('retry: 1000\n\n');
      },
    }),
    send: (event) => {
      for (const response of listeners) response.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    close: () => {
      for (const response of listeners) response.end();
      listeners.clear();
    },
  };
}
