/** Hands out slots, first come, first served. */
export type PoolSlots<Slot> = Readonly<{
  /** Whether a slot is free, so that `take` does not wait. */
  hasFree: () => boolean;
  /** Waits for a free slot. Rejects once the slots are closed. */
  take: () => Promise<Slot>;
  /** Gives a slot back, or a new one in, to whoever has waited longest. */
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
    hasFree: () => free.length > 0,
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
