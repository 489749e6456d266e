/** Hands out a fixed number of slots, first come, first served. */
export type PoolSlots<Slot> = Readonly<{
  /** Waits for a free slot. Rejects once the slots are closed. */
  take: () => Promise<Slot>;
  /** Gives a slot back, to whoever has waited longest. */
  giveBack: (slot: Slot) => void;
  /** Fails everybody who waits, now and later. */
  close: (reason: Error) => void;
}>;

type Waiter<Slot> = Readonly<{ resolve: (slot: Slot) => void; reject: (reason: Error) => void }>;

/** Makes the slots, all free. */
export function createPoolSlots<Slot>(slots: readonly Slot[]): PoolSlots<Slot> {
  const free = [...slots];
  const waiters: Waiter<Slot>[] = [];
  let closed: Error | null = null;
  return {
    take: () => {
      if (closed !== null) return Promise.reject(closed);
      const slot = free.shift();
      if (slot !== undefined) return Promise.resolve(slot);
      return new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
      });
    },
    giveBack: (slot) => {
      const waiter = waiters.shift();
      if (waiter === undefined) free.push(slot);
      else waiter.resolve(slot);
    },
    close: (reason) => {
      closed ??= reason;
      for (const waiter of waiters.splice(0)) waiter.reject(reason);
    },
  };
}
