/** The page's one clock: milliseconds for timings, which never touch a frame's data. */
export function now(): number {
  return performance.now();
}
