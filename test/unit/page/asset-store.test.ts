import { describe, expect, it } from 'vitest';
import { AssetStore, type AssetShelf, type Kept, type StoreUse } from '#page/assets/asset-store';

/** Things of 10 bytes each, and what became of them. */
function openShelf(budgetBytes: number) {
  const store = new AssetStore(budgetBytes);
  const shelf: AssetShelf<string> = store.createShelf('loaded');
  const made: string[] = [];
  const disposed: string[] = [];
  const make = (name: string, bytes = (): number => 10): Kept<string> => {
    made.push(name);
    return { value: name, bytes, dispose: () => disposed.push(name) };
  };
  /** A frame that uses these, in this order. */
  const draw = async (...names: readonly string[]): Promise<StoreUse> => {
    const frame = store.begin();
    for (const name of names) await shelf.load(name, () => make(name));
    return store.end(frame);
  };
  return { store, shelf, made, disposed, make, draw };
}

describe('AssetStore', () => {
  it('makes a thing once while it is kept, and lets go of what was used longest ago', async () => {
    const { draw, made, disposed } = openShelf(30);
    expect(await draw('a', 'b', 'c')).toEqual({
      ...{ entries: 3, bytes: 30, frameBytes: 30, evicted: 0, spilledBytes: 0 },
    });
    await draw('a');
    expect(await draw('d')).toMatchObject({ entries: 3, bytes: 30, frameBytes: 10, evicted: 1 });
    expect(disposed).toEqual(['b']);
    await draw('c', 'b');
    expect({ made, disposed }).toEqual({
      made: ['a', 'b', 'c', 'd', 'b'],
      disposed: ['b', 'a'],
    });
  });

  it('gives a frame that needs more all of it until its end, and the next one too', async () => {
    const { store, shelf, make, disposed, draw } = openShelf(20);
    const frame = store.begin();
    for (const name of ['a', 'b', 'c', 'd']) await shelf.load(name, () => make(name));
    expect(disposed).toEqual([]);
    expect(store.end(frame)).toEqual({
      ...{ entries: 2, bytes: 20, frameBytes: 40, evicted: 2, spilledBytes: 20 },
    });
    expect(disposed).toEqual(['a', 'b']);
    expect((await draw('a', 'b', 'c', 'd')).frameBytes).toBe(40);
  });

  it('keeps nothing where the budget is 0, and disposes of each thing once', async () => {
    const { draw, made, disposed } = openShelf(0);
    for (const round of [0, 1, 2]) {
      expect(await draw('a', 'b', 'a')).toMatchObject({ entries: 0, bytes: 0, evicted: 2 });
      expect(disposed).toHaveLength(2 * (round + 1));
    }
    expect(disposed.sort()).toEqual(made.sort());
  });

  it('leaves alone what a frame uses that is still at hand', async () => {
    const { store, shelf, make, draw, disposed } = openShelf(10);
    await draw('old');
    const slow = store.begin();
    await shelf.load('a', () => make('a'));
    await draw('b', 'c');
    expect(disposed).toEqual(['old']);
    store.end(slow);
    expect(disposed).toEqual(['old', 'a', 'b']);
  });

  it('measures what a frame used again: what hangs on it may grow', async () => {
    const { store, shelf, make, draw } = openShelf(100);
    let bytes = 10;
    const frame = store.begin();
    await shelf.load('grows', () => make('grows', () => bytes));
    bytes = 70;
    expect(store.end(frame)).toMatchObject({ bytes: 70, frameBytes: 70 });
    bytes = 90;
    expect(await draw('a')).toMatchObject({ bytes: 80, frameBytes: 10 });
    expect(await draw('grows')).toMatchObject({ bytes: 100, evicted: 0 });
    bytes = 95;
    expect(await draw('grows')).toMatchObject({ bytes: 95, evicted: 1 });
  });

  it('loads what is asked for twice at once a single time, and what failed again', async () => {
    const { store, shelf, make, made, draw } = openShelf(100);
    const frame = store.begin();
    const load = (): Promise<string> => shelf.load('a', () => Promise.resolve(make('a')));
    expect(await Promise.all([load(), load()])).toEqual(['a', 'a']);
    const fail = (): Promise<string> =>
      shelf.load('b', () => {
        throw new Error('no such thing');
      });
    await expect(fail()).rejects.toThrow('no such thing');
    await expect(fail()).rejects.toThrow('no such thing');
    expect(store.end(frame)).toMatchObject({ entries: 1, bytes: 10 });
    expect(await draw('b')).toMatchObject({ entries: 2, bytes: 20 });
    expect(made).toEqual(['a', 'b']);
  });

  it('waits for what a frame that failed left loading, and then lets go of it', async () => {
    const { store, shelf, make, disposed, draw } = openShelf(0);
    const frame = store.begin();
    let arrive = (): void => undefined;
    const slow = shelf.load('slow', async () => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return make('slow');
    });
    expect(store.end(frame)).toMatchObject({ entries: 1, bytes: 0, evicted: 0 });
    arrive();
    await slow;
    expect(disposed).toEqual([]);
    expect(await draw()).toMatchObject({ entries: 0, evicted: 1 });
    expect(disposed).toEqual(['slow']);
  });

  it('keeps what is made in a quarter of the budget, whatever else there is', async () => {
    const { store, make, draw, disposed } = openShelf(80);
    const patterns: AssetShelf<string> = store.createShelf('made');
    await draw('model', 'image');
    const uses: StoreUse[] = [];
    for (const name of ['1', '2', '3']) {
      const frame = store.begin();
      await patterns.load(name, () => make(name));
      uses.push(store.end(frame));
    }
    expect(uses.map(({ bytes }) => bytes)).toEqual([30, 40, 40]);
    expect(disposed).toEqual(['1']);
    const frame = store.begin();
    for (const name of ['4', '5', '6']) await patterns.load(name, () => make(name));
    expect(store.end(frame)).toMatchObject({ bytes: 40, evicted: 3, spilledBytes: 10 });
    expect(disposed).toEqual(['1', '2', '3', '4']);
    expect(await draw('c', 'd', 'e', 'f')).toMatchObject({ bytes: 80, evicted: 0 });
  });

  it('tells things of the same key on different shelves apart', async () => {
    const { store, shelf, make } = openShelf(100);
    const numbers: AssetShelf<number> = store.createShelf('loaded');
    const frame = store.begin();
    await shelf.load('a', () => make('a'));
    const seven = { value: 7, bytes: () => 1, dispose: () => undefined };
    expect(await numbers.load('a', () => seven)).toBe(7);
    expect(store.end(frame)).toMatchObject({ entries: 2, bytes: 11 });
  });
});
