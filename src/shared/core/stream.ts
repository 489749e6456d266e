import seedrandom from 'seedrandom';

/** A stream of uniform numbers in [0, 1). */
export type Stream = () => number;

/** What a stream is keyed by. Equal keys give equal streams, on every machine and in every order. */
export type StreamKey = Readonly<{
  seed: string;
  frame: number;
  /** Parameter path, such as `objects.fruit[3].scale`. */
  path: string;
  /** Counts rejected draws from 0; each attempt has a stream of its own. */
  attempt?: number;
}>;

/**
 * The stream of one parameter of one frame. Nothing else draws from it, so a new randomiser, or an
 * earlier draw, shifts nothing (design.md §4).
 *
 * Alea: the fastest of seedrandom's generators without correlated first draws for neighbouring
 * string seeds (docs/adr/0002-keyed-random-streams.md).
 */
export function streamFor({ seed, frame, path, attempt = 0 }: StreamKey): Stream {
  return seedrandom.alea(JSON.stringify([seed, frame, path, attempt]));
}

/** A whole number of 32 bits for a hash: the first number of a stream. */
export const keyFor = (key: StreamKey): number => Math.floor(streamFor(key)() * 2 ** 32);
