/** How long each row is exposed, and over what time the rows begin, seconds; read-out 0: all at once. */
export type ShutterTimes = Readonly<{ seconds: number; readoutSeconds: number }>;

/** Seconds from the beginning of the first row's exposure to the end of the last one's. */
export function spanOf({ seconds, readoutSeconds }: ShutterTimes, rows: number): number {
  return seconds + (readoutSeconds * (rows - 1)) / rows;
}

/** The fewest sub-frames of which none lasts longer than a row is exposed. */
export function leastSubframes(times: ShutterTimes, rows: number): number {
  // A hair less, so that rounding asks for no sub-frame more.
  return Math.ceil(spanOf(times, rows) / times.seconds - 1e-9);
}

/** The middle of each sub-frame in order of time, in seconds from the middle of the frame's exposure. */
export function instantsOf(times: ShutterTimes, rows: number, count: number): readonly number[] {
  const span = spanOf(times, rows);
  return Array.from({ length: count }, (_, k) => ((k + 0.5) / count - 0.5) * span);
}
