import { UsageError } from '#shared/core/errors';

/** Frames `first` to `last`, both included; 0-based. */
export type FrameRange = Readonly<{ first: number; last: number }>;

/** Part `index` (0-based) of `count`: the frames k ≡ index (mod count). */
export type Shard = Readonly<{ index: number; count: number }>;

/**
 * Reads `--frames`: `a..b` (both included) or a single frame.
 *
 * @throws UsageError where the text is neither.
 */
export function parseFrameRange(text: string): FrameRange {
  const match = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(text.trim());
  const [, from, to = from] = match ?? [];
  if (from === undefined || to === undefined) {
    throw new UsageError(
      `--frames: expected a frame such as 17, or a range such as 0..99, got "${text}"`,
    );
  }
  const range = { first: Number(from), last: Number(to) };
  if (range.first > range.last) {
    throw new UsageError(`--frames: expected the first frame before the last, got "${text}"`);
  }
  return range;
}

/**
 * Reads `--shard`: `i/n`, i counted from 0.
 *
 * @throws UsageError where the text is something else or i is not below n.
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim());
  const [, index, count] = match ?? [];
  if (index === undefined || count === undefined) {
    throw new UsageError(`--shard: expected i/n such as 0/4, got "${text}"`);
  }
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= shard.count) {
    const last = shard.count - 1;
    const allowed =
      shard.count === 0 ? 'at least one shard' : `i from 0 to ${last} for ${shard.count} shards`;
    throw new UsageError(`--shard: expected ${allowed}, got "${text}"`);
  }
  return shard;
}

/**
 * The frames of a run, ascending: those of the config that were chosen, or those in the range, in the shard.
 *
 * @param total frames of the config.
 * @param chosen frames in any order; range and shard do not count then.
 * @throws UsageError where frames are asked for that the config does not have.
 */
export function selectFrames({
  total,
  chosen,
  range = { first: 0, last: total - 1 },
  shard = { index: 0, count: 1 },
}: Readonly<{
  total: number;
  chosen?: readonly number[] | undefined;
  range?: FrameRange | undefined;
  shard?: Shard | undefined;
}>): readonly number[] {
  if (chosen !== undefined) return chosenFrames(total, chosen);
  if (range.last >= total) {
    throw new UsageError(
      `--frames: the config has frames 0..${total - 1}, got ${range.first}..${range.last}. ` +
        `Ask for less, or raise \`frames\` in the config.`,
    );
  }
  const offset = (((shard.index - range.first) % shard.count) + shard.count) % shard.count;
  const frames: number[] = [];
  for (let k = range.first + offset; k <= range.last; k += shard.count) frames.push(k);
  return frames;
}

function chosenFrames(total: number, chosen: readonly number[]): readonly number[] {
  const frames = [...new Set(chosen)].sort((a, b) => a - b);
  const foreign = frames.find(
    (frame) => !Number.isSafeInteger(frame) || frame < 0 || frame >= total,
  );
  if (foreign === undefined) return frames;
  throw new UsageError(`frames: the config has frames 0..${total - 1}, got ${foreign}.`);
}
