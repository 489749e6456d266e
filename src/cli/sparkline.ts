const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Counts as bars of text, the highest of them full; none is a space, any other at least a line. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts, 0);
  return counts
    .map((count) => {
      if (count === 0) return ' ';
      return BARS[Math.min(BARS.length - 1, Math.floor((count / most) * (BARS.length - 1)))] ?? '█';
    })
    .join('');
}
