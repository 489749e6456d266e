/** Memory for packets, which is handed out again once its frame is done. */
export type PacketMemory = Readonly<{
  /** `length` bytes, whose contents are left from before; at the start of their buffer. */
  take: (length: number) => Uint8Array<ArrayBuffer>;
  /** Takes memory back. Nobody may read it from now on. */
  giveBack: (buffer: ArrayBufferLike) => void;
}>;

/** Buffers that wait for another packet; more are let go of. */
const KEPT = 16;
/** Silhouettes make packets of one size of image differ: a buffer is made larger by this, so that it fits others. */
const SPARE = 1.25;

/**
 * Keeps buffers for reuse. A frame's packet has several MiB: where each gets memory of its own, V8 collects
 * garbage about once a frame, for some 10 ms of CPU time.
 */
export function createPacketMemory(): PacketMemory {
  const handedOut = new WeakSet<ArrayBufferLike>();
  const free: ArrayBuffer[] = [];
  return {
    take: (length) => {
      const fits = free.findIndex((buffer) => buffer.byteLength >= length);
      const [buffer = new ArrayBuffer(Math.ceil(length * SPARE))] =
        fits < 0 ? [] : free.splice(fits, 1);
      handedOut.add(buffer);
      return new Uint8Array(buffer, 0, length);
    },
    giveBack: (buffer) => {
      // Only what came from here, and once: the same memory must never be two packets.
      if (!handedOut.delete(buffer)) return;
      free.push(buffer as ArrayBuffer);
      free.sort((a, b) => a.byteLength - b.byteLength);
      if (free.length > KEPT) free.shift();
    },
  };
}
