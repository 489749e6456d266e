import { isCollection, isMap, isNode, isPair, isSeq, parseDocument, stringify } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import { parsePath, type PathSegment } from './parameter-path.ts';

/** A parameter with another value: plain JSON, null removes what stands there. */
export type ConfigChange = Readonly<{
  /** As people write it in `--set`. */
  path: string;
  value: unknown;
}>;

/** What stands at a path of plain data, or nothing. */
export function plainValueAt(root: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, segment)
        ? (value as Readonly<Record<PathSegment, unknown>>)[segment]
        : undefined,
    root,
  );
}

/**
 * The text of a config file with values changed, and nothing else: comments, order and spacing stay. What
 * only a base of the file states is stated anew in the file itself; of a list that only a base has, the
 * whole list. A removal (null) may lay out flow collections anew.
 *
 * @param resolved the config with bases, defaults and changes, for such lists.
 * @throws SyntaxError for a path that is none.
 *
 * @example
 * editConfigText('frames: 5 # few\n', [{ path: 'frames', value: 9 }], {}); // → 'frames: 9 # few\n'
 */
export function editConfigText(
  text: string,
  changes: readonly ConfigChange[],
  resolved: unknown,
): string {
  return changes.reduce((before, { path, value }) => {
    const document = parseDocument(before, { stringKeys: true });
    const segments = parsePath(path);
    const list = segments.findIndex(
      (segment, depth) =>
        typeof segment === 'number' && !isSeq(document.getIn(segments.slice(0, depth), true)),
    );
    if (list === -1) return withValue(before, { document, path: segments, value });
    const whole = segments.slice(0, list);
    return withValue(before, { document, path: whole, value: plainValueAt(resolved, whole) });
  }, text);
}

type Edit = Readonly<{ document: Document.Parsed; path: readonly PathSegment[]; value: unknown }>;

function withValue(text: string, edit: Edit): string {
  const { document, path, value } = edit;
  if (value === null) {
    document.deleteIn(path);
    return document.toString({ lineWidth: 0 });
  }
  const found = document.getIn(path, true);
  if (isNode(found) && found.range) return splice(text, found.range, flowText(value));
  return withEntry(text, edit);
}

const splice = (text: string, [start, end]: readonly number[], put: string): string =>
  text.slice(0, start) + put + text.slice(end);

/** A value on one line, laid out as our configs are. */
function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (value === null || typeof value !== 'object') return stringify(value, { lineWidth: 0 }).trim();
  const entries = Object.entries(value).map(
    ([key, below]) => `${keyText(key)}: ${flowText(below)}`,
  );
  return `{ ${entries.join(', ')} }`;
}

const keyText = (key: PathSegment): string => stringify(key, { lineWidth: 0 }).trim();

/** Puts what is not there yet at the end of the innermost mapping that is. */
function withEntry(text: string, { document, path, value }: Edit): string {
  let depth = path.length - 1;
  while (depth > 0 && !isMap(document.getIn(path.slice(0, depth), true))) depth--;
  const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const rest = path.slice(depth);
  if (!isMap(parent) || parent.items.length === 0 || !parent.range) {
    return `${text}${blockText(rest, value, 0)}`;
  }
  if (parent.flow === true) {
    const brace = text.lastIndexOf('}', parent.range[1]);
    const before = text.slice(0, brace).trimEnd().length;
    const nested = rest.slice(1).reduceRight<unknown>((below, key) => ({ [key]: below }), value);
    const entry = `, ${keyText(rest[0] ?? '')}: ${flowText(nested)} `;
    return splice(text, [before, brace], entry);
  }
  const at = endOfLastLine(text, parent);
  const start = text.lastIndexOf('\n', firstOffset(parent) - 1) + 1;
  const added = blockText(rest, value, firstOffset(parent) - start);
  return splice(text, [at, at], at > 0 && text[at - 1] !== '\n' ? `\n${added}` : added);
}

/** Nested keys, each on its line below the one before. */
function blockText(path: readonly PathSegment[], value: unknown, indent: number): string {
  const lines = path.map((key, i) => `${' '.repeat(indent + 2 * i)}${keyText(key)}:`);
  return `${lines.join('\n')} ${flowText(value)}\n`;
}

const firstOffset = (map: YAMLMap): number => {
  const [first] = map.items;
  return isPair(first) && isNode(first.key) ? (first.key.range?.[0] ?? 0) : 0;
};

/** Where the line after the last one of a node begins, its comment included. */
function endOfLastLine(text: string, node: Node): number {
  const last = lastLeaf(node).range?.[1] ?? text.length;
  if (text[last - 1] === '\n') return last;
  const newline = text.indexOf('\n', last);
  return newline === -1 ? text.length : newline + 1;
}

function lastLeaf(node: Node): Node {
  if (!isCollection(node) || node.flow === true) return node;
  const last = node.items.at(-1);
  const below = isPair(last) ? (isNode(last.value) ? last.value : last.key) : last;
  return isNode(below) ? lastLeaf(below) : node;
}
