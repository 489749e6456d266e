import { describe, expect, it } from 'vitest';
import { InTurn } from '#page/passes/in-turn';

/** A thing of some bytes. */
type Thing = Readonly<{ name: string; bytes: number; dispose: () => void }>;

/** Asks for keys in this order, and tells what was made, `b<a` where `b` took the place of `a`. */
function madeOf(keys: readonly string[], turn: number, bytes = 1): readonly string[] {
  const kept = new InTurn<Thing>();
  const made: string[] = [];
  for (const key of keys) {
    const thing = kept.of(key, turn, (old) => {
      made.push(old ? `${key}<${old.name}` : key);
      return { name: key, bytes, dispose: () => made.push(`-${key}`) };
    });
    expect(thing.name).toBe(key);
  }
  return made;
}

describe('what is kept of keys that come by in turn', () => {
  it('is one thing after another where there is no turn', () => {
    expect(madeOf(['a', 'a', 'b', 'c', 'c', 'a'], 1)).toEqual(['a', 'b<a', 'c<b', 'a<c']);
  });

  it('is all that came by within a turn, in whatever order', () => {
    expect(madeOf(['a', 'b', 'c', 'a', 'b', 'c', 'c', 'a', 'b'], 3)).toEqual(['a', 'b', 'c']);
    expect(madeOf(['a', 'a', 'a', 'b', 'b', 'b', 'a', 'b'], 2)).toEqual(['a', 'b']);
  });

  it('is no more than the turn has', () => {
    expect(madeOf(['a', 'b', 'c', 'd', 'e', 'f'], 2)).toEqual([
      'a',
      'b',
      'c<a',
      'd<b',
      'e<c',
      'f<d',
    ]);
  });

  it('is one of a turn where that alone is too large', () => {
    expect(madeOf(['a', 'b', 'a'], 3, 2 ** 29)).toEqual(['a', 'b<a', 'a<b']);
  });

  it('is let go of where fewer come by in turn than before', () => {
    const kept = new InTurn<Thing>();
    const gone: string[] = [];
    const ask = (name: string, turn: number): Thing =>
      kept.of(name, turn, () => ({ name, bytes: 1, dispose: () => gone.push(name) }));
    for (const name of ['a', 'b', 'c']) ask(name, 3);
    ask('d', 2);
    expect(gone).toEqual(['b']);
  });

  it('is what it was where making fails', () => {
    const kept = new InTurn<Thing>();
    const first = kept.of('a', 1, () => ({ name: 'a', bytes: 1, dispose: () => undefined }));
    const fail = (): never => {
      throw new RangeError('no');
    };
    expect(() => kept.of('b', 1, fail)).toThrow('no');
    expect(kept.of('a', 1, fail)).toBe(first);
  });
});
