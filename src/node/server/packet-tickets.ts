import type { IncomingMessage } from 'node:http';
import { RenderError } from '#shared/core/errors';

/** How a posted packet was answered. */
export type PacketOutcome = Readonly<{ status: 204 | 400 | 404 | 411 | 413; message: string }>;

type Ticket = Readonly<{
  maxBytes: number;
  resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  reject: (reason: Error) => void;
}>;

/** Packets that are awaited. Each ticket is good for one body. */
export type PacketTickets = Readonly<{
  expect: (
    ticket: string,
    maxBytes: number,
    signal?: AbortSignal,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  receive: (ticket: string, request: IncomingMessage) => Promise<PacketOutcome>;
  /** Fails every packet that is still awaited. */
  rejectAll: (reason: Error) => void;
}>;

/** Makes an empty table of tickets. */
export function createPacketTickets(): PacketTickets {
  const open = new Map<string, Ticket>();
  return {
    expect: (name, maxBytes, signal) => {
      if (open.has(name)) {
        return Promise.reject(new RenderError('internal', `packet ticket "${name}" is taken`));
      }
      return new Promise((resolve, reject) => {
        const withdraw = (): void => {
          open.delete(name);
          reject(new RenderError('lost', `packet "${name}" is no longer awaited`));
        };
        if (signal?.aborted) return withdraw();
        signal?.addEventListener('abort', withdraw, { once: true });
        open.set(name, { maxBytes, resolve, reject });
      });
    },
    receive: async (name, request) => {
      const ticket = open.get(name);
      if (ticket === undefined) return { status: 404, message: 'no such ticket' };
      open.delete(name);
      return receiveBody(name, ticket, request);
    },
    rejectAll: (reason) => {
      for (const ticket of open.values()) ticket.reject(reason);
      open.clear();
    },
  };
}

async function receiveBody(
  name: string,
  ticket: Ticket,
  request: IncomingMessage,
): Promise<PacketOutcome> {
  const declared = request.headers['content-length'];
  // Chromium always declares the length of a Blob; memory is taken only for a length that was checked.
  if (declared === undefined) return refuse(ticket, 411, `packet "${name}": no Content-Length`);
  const bytes = Number(declared);
  if (bytes > ticket.maxBytes) {
    const text = `packet "${name}": expected at most ${ticket.maxBytes} bytes, got ${bytes}`;
    return refuse(ticket, 413, text);
  }
  try {
    ticket.resolve(await readExactly(request, bytes));
    return { status: 204, message: '' };
  } catch (error) {
    ticket.reject(new RenderError('lost', `packet "${name}" broke off`, { cause: error }));
    return { status: 400, message: 'the body broke off' };
  }
}

function refuse(ticket: Ticket, status: 411 | 413, message: string): PacketOutcome {
  ticket.reject(new RenderError('internal', message));
  return { status, message };
}

/** Reads a body into memory of its own, so that it can be handed to a worker without a copy. */
async function readExactly(
  request: IncomingMessage,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let filled = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, filled);
    filled += chunk.byteLength;
  }
  if (filled !== length) throw new Error(`expected ${length} bytes, got ${filled}`);
  return bytes;
}
