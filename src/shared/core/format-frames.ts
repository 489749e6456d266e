/** Ascending frames as ranges for people: `0..3, 7, 9..12`; at most `limit` ranges, then a count. */
export function formatFrames(frames: readonly number[], limit = 8): string {
  const ranges: { first: number; last: number }[] = [];
  for (const frame of frames) {
    const open = ranges.at(-1);
    if (open !== undefined && frame === open.last + 1) open.last = frame;
    else ranges.push({ first: frame, last: frame });
  }
  const shown = ranges
    .slice(0, limit)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}..${last}`));
  const hidden = ranges.slice(limit).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [...shown, ...(hidden > 0 ? [`… and ${hidden} more`] : [])].join(', ');
}
