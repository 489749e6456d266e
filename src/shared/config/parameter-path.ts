/** A step into a config: a key of a mapping, or an index of a list. */
export type PathSegment = string | number;

const PLAIN_KEY = /^[^\s.[\]="']+$/;

/**
 * Writes a parameter path as people write it in `--set`.
 *
 * @example
 * formatPath(['objects', 'fruit', 'count', 'min']); // → 'objects.fruit.count.min'
 * formatPath(['categories', 2]); // → 'categories[2]'
 * formatPath(['nodes', 'Table.001']); // → 'nodes["Table.001"]'
 */
export function formatPath(segments: readonly PathSegment[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (!PLAIN_KEY.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

const STEP = /\.?([^\s.[\]="']+)|\[(\d+)\]|\[("(?:\\.|[^"\\])*")\]/y;

/**
 * Reads what {@link formatPath} writes.
 *
 * @throws SyntaxError that names the place where the text stops being a path.
 */
export function parsePath(text: string): PathSegment[] {
  const segments: PathSegment[] = [];
  let end = 0;
  while (end < text.length) {
    STEP.lastIndex = end;
    const match = STEP.exec(text);
    // A dot leads every key but the first, and only those.
    const wellPlaced = match?.[1] === undefined || (text[end] === '.') === end > 0;
    if (!match || !wellPlaced) {
      throw new SyntaxError(
        `expected a path such as objects.fruit.count or categories[1], found ${JSON.stringify(text.slice(end))} after ${JSON.stringify(text.slice(0, end))}`,
      );
    }
    const [step, key, index, quoted] = match;
    if (key !== undefined) segments.push(key);
    else if (index !== undefined) segments.push(Number(index));
    else if (quoted !== undefined) segments.push(parseQuotedKey(quoted));
    end += step.length;
  }
  if (segments.length === 0) throw new SyntaxError('expected a path, found nothing');
  return segments;
}

function parseQuotedKey(quoted: string): string {
  const key: unknown = JSON.parse(quoted);
  if (typeof key !== 'string') throw new SyntaxError(`expected a key in quotes, found ${quoted}`);
  return key;
}
