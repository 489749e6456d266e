import type { IncomingMessage } from 'node:http';
import { UsageError } from '#shared/core/errors';

/** Longest body of a request in JSON: parameters that a person typed or dragged, never pictures. */
export const MAX_JSON_BYTES = 1 << 20;

/**
 * The body of a request, as JSON.
 *
 * @throws UsageError where it is none, or longer than {@link MAX_JSON_BYTES}.
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MAX_JSON_BYTES) {
      throw new UsageError(`request: expected at most ${MAX_JSON_BYTES} bytes of JSON, got more`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new UsageError(`request: expected JSON: ${(cause as Error).message}`, { cause });
  }
}
