/** What is kept for a key, and how much it takes. */
type Kept = Readonly<{ bytes: number; dispose: () => void }>;

type Entry<T> = { key: string; thing: T; last: number };

/** Beyond so many bytes the oldest makes room for the next, however many come by in turn. */
const MOST_BYTES = 512 * 2 ** 20;

/** What is made for keys of which some come by in turn, as the lenses of a rig: no more of it is kept than that. */
export class InTurn<T extends Kept> {
  readonly #entries: Entry<T>[] = [];
  #now = 0;

  /**
   * What was made for a key, or is made now: of what has not come by for a whole turn, where there is such a thing.
   * @param turn How many keys come by in turn.
   * @param make Makes it, in place of `old` where that is not null. Where it throws, `old` is as it was.
   */
  of(key: string, turn: number, make: (old: T | null) => T): T {
    this.#now += 1;
    const known = this.#entries.find((entry) => entry.key === key);
    if (known) {
      known.last = this.#now;
      return known.thing;
    }
    const [oldest] = this.#entries.sort((a, b) => a.last - b.last);
    const old = oldest && this.#mayGo(oldest, turn) ? oldest : null;
    const thing = make(old?.thing ?? null);
    if (old) this.#entries.shift();
    this.#entries.push({ key, thing, last: this.#now });
    for (const { thing: surplus } of this.#entries.splice(0, this.#entries.length - turn))
      surplus.dispose();
    return thing;
  }

  #mayGo({ last }: Entry<T>, turn: number): boolean {
    const bytes = this.#entries.reduce((sum, { thing }) => sum + thing.bytes, 0);
    return this.#now - last >= turn || bytes >= MOST_BYTES;
  }
}
