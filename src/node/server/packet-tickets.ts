import type { IncomingMessage } from 'node:http';
import { RenderError } from '#shared/core/errors';
import type { PacketMemory } from './packet-memory.ts';

/** How a posted packet was answered. */
export type PacketOutcome = Readonly<{ status: 204 | 400 | 404 | 411 | 413; message: string }>;

type Ticket = Readonly<{
  maxBytes: number;
  resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  reject: (reason: Error) => void;
  onBegin: (() => void) | undefined;
}>;

/** How long a packet is awaited, and who is told of it. */
export type Expectation = Readonly<{
  signal?: AbortSignal;
  /** Called when the packet begins to arrive: whoever sends it has made it. */
  onBegin?: (() => void) | undefined;
}>;

/** Packets that are awaited. Each ticket is good for one body. */
export type PacketTickets = Readonly<{
  expect: (ticket: string, maxBytes: number, how?: Expectation) => Promise<Uint8Array<ArrayBuffer>>;
  receive: (ticket: string, request: IncomingMessage) => Promise<PacketOutcome>;
  /** Fails every packet that is still awaited. */
  rejectAll: (reason: Error) => void;
}>;

/** Makes an empty table of tickets, whose packets lie in `memory`. */
export function createPacketTickets(memory: PacketMemory): PacketTickets {
  const open = new Map<string, Ticket>();
  return {
    expect: (name, maxBytes, { signal, onBegin } = {}) => {
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
        open.set(name, { maxBytes, resolve, reject, onBegin });
      });
    },
    receive: async (name, request) => {
      const ticket = open.get(name);
      if (ticket === undefined) return { status: 404, message: 'no such ticket' };
      open.delete(name);
      ticket.onBegin?.();
      return receiveBody(request, { name, ticket, memory });
    },
    rejectAll: (reason) => {
      for (const ticket of open.values()) ticket.reject(reason);
      open.clear();
    },
  };
}

type Awaited = Readonly<{ name: string; ticket: Ticket; memory: PacketMemory }>;

async function receiveBody(
  request: IncomingMessage,
  { name, ticket, memory }: Awaited,
): Promise<PacketOutcome> {
  const declared = request.headers['content-length'];
  // Chromium always declares the length of a Blob; memory is taken only for a length that was checked.
  if (declared === undefined) return refuse(ticket, 411, `packet "${name}": no Content-Length`);
  const bytes = Number(declared);
  if (bytes > ticket.maxBytes) {
    const text = `packet "${name}": expected at most ${ticket.maxBytes} bytes, got ${bytes}`;
    return refuse(ticket, 413, text);
  }
  const packet = memory.take(bytes);
  try {
    await readExactly(request, packet);
    ticket.resolve(packet);
    return { status: 204, message: '' };
  } catch (error) {
    memory.giveBack(packet.buffer);
    ticket.reject(new RenderError('lost', `packet "${name}" broke off`, { cause: error }));
    return { status: 400, message: 'the body broke off' };
  }
}

function refuse(ticket: Ticket, status: 411 | 413, message: string): PacketOutcome {
  ticket.reject(new RenderError('internal', message));
  return { status, message };
}

/** Reads a body that is just as long as `bytes`. */
async function readExactly(request: IncomingMessage, bytes: Uint8Array): Promise<void> {
  const { length } = bytes;
  let filled = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, filled);
    filled += chunk.byteLength;
  }
  if (filled !== length) throw new Error(`expected ${length} bytes, got ${filled}`);
}
