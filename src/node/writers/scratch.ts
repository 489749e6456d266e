import { createPacketMemory } from '../server/packet-memory.ts';

const memory = createPacketMemory();

/**
 * Lends `bytes` bytes of memory until `use` has ended; what is in them is left from others. Images that live as long as
 * one file is encoded would otherwise cost more to get, clear and collect than to compute.
 */
export async function withScratch<T>(
  bytes: number,
  use: (lent: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const lent = memory.take(bytes);
  try {
    return await use(lent);
  } finally {
    memory.giveBack(lent.buffer);
  }
}
