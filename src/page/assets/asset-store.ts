import type { AssetUse } from '#shared/protocol/page-api';

/** What a frame used, and what is kept after it. */
export type StoreUse = Omit<AssetUse, 'geometries' | 'textures' | 'programs'>;

/** What was made, what it takes, and how all of it is let go of. */
export type Kept<T> = Readonly<{
  value: T;
  /** Bytes on the GPU now; asked after each frame that uses it, since what hangs on it may grow. */
  bytes: () => number;
  /** Called once, between frames, when nothing may use the value any more. */
  dispose: () => void;
}>;

/** A frame at hand: what is used from its beginning on stays until its end. */
export type FrameLease = Readonly<{ since: number }>;

/**
 * Where a thing comes from: a file, or made by drawing and computing, which is quick, and mostly of values that
 * each frame has of its own.
 */
export type Origin = 'loaded' | 'made';

/** What of the budget is for things that are made: they must not drive out what takes time to load. */
const SHARE_OF_MADE = 1 / 4;

/** One thing that is kept, whatever its type. */
type Entry = {
  readonly origin: Origin;
  /** When it was last used, in uses of anything. */
  usedAt: number;
  bytes: number;
  /** Null while it is loaded. */
  loaded: Readonly<{ measure: () => number; remove: () => void }> | null;
};

/**
 * Keeps what frames load and later ones may use again, up to a budget: between frames, what was used longest ago
 * is disposed of until the rest fits, what is made into a quarter of it. It holds immutable things alone, so what is in it cannot change a frame; a
 * frame that needs more than the budget has all of it until its end.
 */
export class AssetStore {
  readonly #budgetBytes: number;
  /** In order of use, the one that was used longest ago first. */
  readonly #entries = new Set<Entry>();
  readonly #frames = new Set<FrameLease>();
  #clock = 0;

  /** @param budgetBytes the most that is kept between frames; 0 keeps nothing. */
  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  /** Begins a frame. */
  begin(): FrameLease {
    const frame = { since: this.#clock };
    this.#frames.add(frame);
    return frame;
  }

  /** Ends a frame: measures what it used, and makes room among what no frame at hand uses. */
  end(frame: FrameLease): StoreUse {
    this.#frames.delete(frame);
    let frameBytes = 0;
    for (const entry of this.#entries) {
      if (entry.usedAt < frame.since) continue;
      entry.bytes = entry.loaded?.measure() ?? 0;
      frameBytes += entry.bytes;
    }
    const evicted = this.#makeRoom();
    const spilled = evicted.filter(({ usedAt }) => usedAt >= frame.since);
    return {
      entries: this.#entries.size,
      bytes: bytesOf(this.#entries),
      frameBytes,
      evicted: evicted.length,
      spilledBytes: bytesOf(spilled),
    };
  }

  /** A shelf for things of one type, with keys of its own. */
  createShelf<T>(origin: Origin): AssetShelf<T> {
    return new AssetShelf<T>({
      add: () => {
        const entry: Entry = { origin, usedAt: 0, bytes: 0, loaded: null };
        this.#use(entry);
        return entry;
      },
      use: (entry) => this.#use(entry),
      forget: (entry) => void this.#entries.delete(entry),
    });
  }

  #use(entry: Entry): void {
    this.#entries.delete(entry);
    this.#entries.add(entry);
    entry.usedAt = this.#clock++;
  }

  #makeRoom(): readonly Entry[] {
    const made = [...this.#entries].filter(({ origin }) => origin === 'made');
    const evicted = this.#shrink(made, this.#budgetBytes * SHARE_OF_MADE);
    return [...evicted, ...this.#shrink([...this.#entries], this.#budgetBytes)];
  }

  /** Disposes of entries, the one that was used longest ago first, until the others fit or are in use. */
  #shrink(entries: readonly Entry[], limitBytes: number): readonly Entry[] {
    const inUse = Math.min(Infinity, ...[...this.#frames].map(({ since }) => since));
    let bytes = bytesOf(entries);
    return entries.filter((entry) => {
      // A frame that failed may have left it loading: it goes when it is there.
      if (bytes <= limitBytes || entry.usedAt >= inUse || entry.loaded === null) return false;
      bytes -= entry.bytes;
      this.#entries.delete(entry);
      entry.loaded.remove();
      return true;
    });
  }
}

function bytesOf(entries: Iterable<Entry>): number {
  let sum = 0;
  for (const { bytes } of entries) sum += bytes;
  return sum;
}

/** What a shelf asks of its store. */
type Ledger = Readonly<{
  add: () => Entry;
  use: (entry: Entry) => void;
  forget: (entry: Entry) => void;
}>;

/** Things of one type in an {@link AssetStore}, by key. */
export class AssetShelf<T> {
  readonly #ledger: Ledger;
  readonly #kept = new Map<string, Readonly<{ entry: Entry; value: Promise<T> }>>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * What a key names, made where it is not kept; valid until the frame's end. What cannot be made is tried again
   * by whoever asks next.
   */
  load(key: string, make: () => Kept<T> | Promise<Kept<T>>): Promise<T> {
    const known = this.#kept.get(key);
    if (known) {
      this.#ledger.use(known.entry);
      return known.value;
    }
    const entry = this.#ledger.add();
    const value = this.#make(key, entry, make);
    this.#kept.set(key, { entry, value });
    value.catch(() => {
      this.#kept.delete(key);
      this.#ledger.forget(entry);
    });
    return value;
  }

  async #make(key: string, entry: Entry, make: () => Kept<T> | Promise<Kept<T>>): Promise<T> {
    const { value, bytes, dispose } = await make();
    entry.bytes = bytes();
    entry.loaded = {
      measure: bytes,
      remove: () => {
        this.#kept.delete(key);
        dispose();
      },
    };
    return value;
  }
}
