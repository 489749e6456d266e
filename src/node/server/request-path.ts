/**
 * The decoded segments of a request's path, or null where it is not a plain one: an empty segment, `.`,
 * `..`, a backslash, NUL, a slash in disguise or a broken escape. Nothing is normalised: what would need
 * it is refused.
 *
 * @param target the request target as it came, such as `/token/page/main.js?x=1`.
 */
export function requestSegments(target: string): readonly string[] | null {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return null;
  const segments: string[] = [];
  for (const raw of path.slice(1).split('/')) {
    const segment = decodeSegment(raw);
    if (segment === null) return null;
    segments.push(segment);
  }
  return segments;
}

/** The decoded rest of a path after some segments, where escaped slashes are part of a key. */
export function resourceKey(target: string, skip: number): string | null {
  const path = target.split('?', 1)[0] ?? '';
  const raw = path
    .split('/')
    .slice(1 + skip)
    .join('/');
  try {
    const key = decodeURIComponent(raw);
    const plain = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
    return plain && !/[\\\0]/.test(key) ? key : null;
  } catch {
    return null;
  }
}

function decodeSegment(raw: string): string | null {
  try {
    const segment = decodeURIComponent(raw);
    const traversal = segment === '.' || segment === '..';
    return traversal || /[/\\\0]/.test(segment) ? null : segment;
  } catch {
    return null;
  }
}
