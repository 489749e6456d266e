/** True for texts that stand for several ids. */
export function isAssetPattern(text: string): boolean {
  return text.includes('*');
}

/**
 * The ids that an asset id or pattern names, in the order of `ids`. `*` stands for any run of
 * characters, none and slashes included; everything else stands for itself, case included.
 *
 * @example
 * matchAssets('scans/*', ['mug-1', 'scans/apple', 'scans/pear']); // → ['scans/apple', 'scans/pear']
 */
export function matchAssets(pattern: string, ids: readonly string[]): string[] {
  if (!isAssetPattern(pattern)) return ids.filter((id) => id === pattern);
  const pieces = pattern.split('*');
  return ids.filter((id) => matchesPieces(pieces, id));
}

/** Leftmost matches suffice where only `*` is special; unlike a RegExp this cannot backtrack for long. */
function matchesPieces(pieces: readonly string[], id: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length)
    return false;
  const end = id.length - last.length;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = id.indexOf(piece, from);
    if (at === -1 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}
