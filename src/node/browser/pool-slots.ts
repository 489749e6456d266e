/** How many tasks a slot has at most: one that is drawn, and one that waits in the page for its turn. */
const SEATS = 2;

/** A seat in a slot, or all of them. */
export type SlotLease<Slot> = Readonly<{
  slot: Slot;
  /** Does nothing where it was given back before. */
  giveBack: () => void;
  isGivenBack: () => boolean;
}>;

/** Hands out slots, first come, first served. */
export type PoolSlots<Slot> = Readonly<{
  /** Whether a slot has nobody. */
  hasIdle: () => boolean;
  /**
   * Waits for the slot that has the fewest, of those the one that was left longest ago: `alone` for an empty one, of
   * which nobody else gets a seat. Rejects once the slots are closed.
   */
  take: (alone: boolean) => Promise<SlotLease<Slot>>;
  /** Puts a new slot in. */
  add: (slot: Slot) => void;
  /** Fails everybody who waits, now and later. */
  close: (reason: Error) => void;
}>;

type Waiter<Slot> = Readonly<{
  seats: number;
  resolve: (lease: SlotLease<Slot>) => void;
  reject: (reason: Error) => void;
}>;

/** Makes the slots, all empty. */
export function createPoolSlots<Slot>(slots: readonly Slot[]): PoolSlots<Slot> {
  /** Seats that are taken, by slot; what was left last comes last. */
  const taken = new Map(slots.map((slot) => [slot, 0]));
  const waiters: Waiter<Slot>[] = [];
  let closed: Error | null = null;

  /** The slot with the fewest taken. */
  const emptiest = (): Readonly<{ slot: Slot; seats: number }> | null => {
    let best: Readonly<{ slot: Slot; seats: number }> | null = null;
    for (const [slot, seats] of taken) if (seats < (best?.seats ?? SEATS)) best = { slot, seats };
    return best;
  };

  const lease = (slot: Slot, seats: number): SlotLease<Slot> => {
    taken.set(slot, (taken.get(slot) ?? 0) + seats);
    let isGivenBack = false;
    return {
      slot,
      isGivenBack: () => isGivenBack,
      giveBack: () => {
        if (isGivenBack) return;
        isGivenBack = true;
        const left = (taken.get(slot) ?? 0) - seats;
        taken.delete(slot);
        taken.set(slot, left);
        serve();
      },
    };
  };

  /** Serves those who wait, in their order: who waits for an empty slot is not overtaken. */
  const serve = (): void => {
    for (let next = waiters[0]; next !== undefined; next = waiters[0]) {
      const found = emptiest();
      if (found === null || found.seats + next.seats > SEATS) return;
      waiters.shift();
      next.resolve(lease(found.slot, next.seats));
    }
  };

  return {
    hasIdle: () => emptiest()?.seats === 0,
    take: (alone) =>
      new Promise((resolve, reject) => {
        if (closed !== null) return reject(closed);
        waiters.push({ seats: alone ? SEATS : 1, resolve, reject });
        serve();
      }),
    add: (slot) => {
      taken.set(slot, 0);
      serve();
    },
    close: (reason) => {
      closed ??= reason;
      for (const waiter of waiters.splice(0)) waiter.reject(reason);
    },
  };
}
