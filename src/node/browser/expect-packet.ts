import { randomUUID } from 'node:crypto';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { maxPacketBytes } from '#shared/protocol/frame-packet';
import type { PacketPlace, PacketTarget } from '#shared/protocol/page-api';
import type { PageServer } from '../server/page-server.ts';
import type { PacketFiles } from './packet-files.ts';

/** A packet that a page is about to send. */
export type AwaitedPacket = Readonly<{
  target: PacketTarget;
  /** The packet, once the page has said where it is. @throws RenderError where it is not there, or too long. */
  take: (place: PacketPlace) => Promise<Uint8Array<ArrayBuffer>>;
  /** Lets go of the ways here. A page that did not answer may still write to its file, which stays taken then. */
  release: (answered: boolean) => void;
}>;

/** What the page says that it posted, and what the server never saw, no other browser will mend. */
function missing(cause: unknown): never {
  throw new RenderError('internal', 'its packet did not arrive', { cause });
}

/** Opens two ways for the packet of a plan: a file, where one is free, and a ticket of the server. */
export function expectPacket(
  plan: FramePlan,
  {
    server,
    files,
    onBegin,
  }: Readonly<{
    server: PageServer;
    files: PacketFiles | null;
    /** Called when a posted packet begins to arrive. */
    onBegin: (() => void) | undefined;
  }>,
): AwaitedPacket {
  const target = { ticket: randomUUID(), file: files?.take() ?? null };
  const maxBytes = maxPacketBytes(plan);
  const withdraw = new AbortController();
  const { signal } = withdraw;
  const posted = server.expectPacket(target.ticket, maxBytes, { signal, onBegin });
  // Heard in `take`; a packet that fails while the page still renders must not count as unhandled.
  posted.catch(() => undefined);
  return {
    target,
    take: (place) => {
      // The page posts before it answers: what has not come by now will not come.
      withdraw.abort();
      if ('posted' in place) return posted.catch(missing);
      const { bytesInFile } = place;
      if (files !== null && target.file !== null && bytesInFile <= maxBytes)
        return files.read(target.file, bytesInFile);
      const text = `its packet was to have at most ${maxBytes} bytes in file ${target.file}, and has ${bytesInFile}`;
      return Promise.reject(new RenderError('internal', text));
    },
    release: (answered) => {
      withdraw.abort();
      if (answered && target.file !== null) files?.giveBack(target.file);
    },
  };
}
