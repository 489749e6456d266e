import { isNode, isSeq, parseDocument, type Document } from 'yaml';
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
 * The text of a config file with values changed; its comments, order and spacing stay. What a base of the
 * file states is stated anew in the file itself; of a list that only a base has, the whole list.
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
  const document = parseDocument(text, { stringKeys: true });
  for (const { path, value } of changes)
    putValue(document, { path: parsePath(path), value, resolved });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function putValue(
  document: Document.Parsed,
  {
    path,
    value,
    resolved,
  }: Readonly<{ path: readonly PathSegment[]; value: unknown; resolved: unknown }>,
): void {
  const list = path.findIndex(
    (segment, depth) =>
      typeof segment === 'number' && !isSeq(document.getIn(path.slice(0, depth), true)),
  );
  const target = list === -1 ? path : path.slice(0, list);
  if (value === null && list === -1) {
    document.deleteIn(target);
    return;
  }
  const before = document.getIn(target, true);
  const stated = list === -1 ? value : plainValueAt(resolved, target);
  const node = document.createNode(stated, { flow: true });
  if (isNode(before)) {
    node.comment = before.comment ?? null;
    node.commentBefore = before.commentBefore ?? null;
    node.spaceBefore = before.spaceBefore ?? false;
  }
  document.setIn(target, node);
}
