import { distance } from 'fastest-levenshtein';

/** More allowed values than these are not listed. */
const MAX_LISTED = 16;
/** Edits that a misspelt word may be away, as a share of the longer length: `tabel` is 2 from `table`. */
const MAX_EDIT_SHARE = 0.4;

/**
 * The candidate that a misspelt word most probably means: equal but for case, a beginning of it
 * (`azimuth` for `azimuthDegrees`), or within a share of the word's length in edits.
 */
export function closestTo(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const begins = lower.length >= 3 && (other.startsWith(lower) || lower.startsWith(other));
    const edits = begins ? 0.5 : distance(lower, other);
    const limit = Math.max(1, Math.round(Math.max(lower.length, other.length) * MAX_EDIT_SHARE));
    if ((begins || edits <= limit) && (!best || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}

/**
 * What to write instead of an unknown word: `Did you mean "x"?`, else the list of what is there.
 *
 * @param what Plural noun for the candidates, such as `surfaces`.
 */
export function suggestFrom(
  word: unknown,
  candidates: Iterable<string>,
  what: string,
): string | undefined {
  const all = [...new Set(candidates)];
  const close = typeof word === 'string' ? closestTo(word, all) : undefined;
  if (close !== undefined) return `Did you mean ${JSON.stringify(close)}?`;
  if (all.length === 0) return `There are no ${what}.`;
  const listed = all.slice(0, MAX_LISTED).join(', ');
  const more = all.length > MAX_LISTED ? `, and ${all.length - MAX_LISTED} more` : '';
  return `${what[0]?.toUpperCase() ?? ''}${what.slice(1)}: ${listed}${more}.`;
}
