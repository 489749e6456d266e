import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { COMMON_HEADERS } from './content-policy.ts';

/** What a request gets. */
export type Answer =
  | Readonly<{ status: 204 }>
  /** An answer that goes on: whoever gets the response writes its body, and ends it. */
  | Readonly<{ status: 200; streamType: string; stream: (response: ServerResponse) => void }>
  | (Readonly<{
      status: number;
      contentType: string;
      immutable: boolean;
      headers?: Readonly<Record<string, string>>;
    }> &
      (Readonly<{ bytes: Uint8Array }> | Readonly<{ path: string }>));

/**
 * Sends an answer. A file that cannot be read is answered with 500 and the reason; a page that went away
 * is no error. After a refusal the connection is closed, so that no unread body lingers on it.
 */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  if (response.destroyed) return;
  if ('stream' in answer) {
    const headers = { ...COMMON_HEADERS, 'content-type': answer.streamType };
    response.writeHead(answer.status, { ...headers, 'cache-control': 'no-store' });
    response.flushHeaders();
    answer.stream(response);
    return;
  }
  if (!('contentType' in answer)) {
    response.writeHead(answer.status, { ...COMMON_HEADERS, 'cache-control': 'no-store' }).end();
    return;
  }
  const headers = {
    ...COMMON_HEADERS,
    ...answer.headers,
    'content-type': answer.contentType,
    'cache-control': answer.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    ...(answer.status >= 400 && !request.complete ? { connection: 'close' } : {}),
  };
  if ('bytes' in answer) {
    response.writeHead(answer.status, { ...headers, 'content-length': answer.bytes.byteLength });
    response.end(answer.bytes);
    return;
  }
  await sendFile(response, answer.path, headers);
}

async function sendFile(
  response: ServerResponse,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) {
    response.writeHead(500, { ...COMMON_HEADERS, 'content-type': 'text/plain; charset=utf-8' });
    response.end('the file behind this resource cannot be read\n');
    return;
  }
  response.writeHead(200, { ...headers, 'content-length': size });
  try {
    await pipeline(createReadStream(path), response);
  } catch {
    // The page went away, or the file changed while it was read: the short body fails the page's load.
    response.destroy();
  }
}
