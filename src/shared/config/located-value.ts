import type { SourcePosition } from '../core/errors.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';

/** Where a value was stated: a file with a position, or a flag such as `--set camera.rollDegrees`. */
export type Origin = Readonly<{ source: string; position?: SourcePosition | undefined }>;

/** A single value. `hint` says what its writer probably meant, where that is known from the text. */
export type LocatedScalar = Readonly<{
  type: 'scalar';
  value: string | number | boolean | null;
  origin: Origin;
  hint?: string | undefined;
}>;
export type LocatedList = Readonly<{
  type: 'list';
  items: readonly LocatedValue[];
  origin: Origin;
}>;
export type LocatedEntry = Readonly<{ key: Origin; value: LocatedValue }>;
export type LocatedMapping = Readonly<{
  type: 'mapping';
  entries: ReadonlyMap<string, LocatedEntry>;
  origin: Origin;
}>;

/** A document of which every part remembers where it was stated. */
export type LocatedValue = LocatedScalar | LocatedList | LocatedMapping;

/** The plain data of a document, without its positions. */
export function toPlain(value: LocatedValue): unknown {
  switch (value.type) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toPlain);
    case 'mapping':
      return Object.fromEntries(
        [...value.entries].map(([key, entry]) => [key, toPlain(entry.value)]),
      );
  }
}

/** What stands at a path, or nothing. */
export function valueAt(
  root: LocatedValue,
  path: readonly PathSegment[],
): LocatedValue | undefined {
  let here: LocatedValue | undefined = root;
  for (const segment of path) here = here && childAt(here, segment);
  return here;
}

/** The key or item directly below a value. */
export function childAt(value: LocatedValue, segment: PathSegment): LocatedValue | undefined {
  if (value.type === 'mapping' && typeof segment === 'string')
    return value.entries.get(segment)?.value;
  if (value.type === 'list' && typeof segment === 'number') return value.items[segment];
  return undefined;
}

/**
 * Where the value at a path was stated; for a path that does not exist, its nearest parent that does.
 * With `part: 'key'` the position is that of the key instead of that of its value.
 */
export function originAt(
  root: LocatedValue,
  path: readonly PathSegment[],
  part: 'value' | 'key' = 'value',
): Origin {
  let here = root;
  for (const [index, segment] of path.entries()) {
    const child = childAt(here, segment);
    if (child === undefined) break;
    if (part === 'key' && index === path.length - 1 && here.type === 'mapping') {
      return here.entries.get(String(segment))?.key ?? child.origin;
    }
    here = child;
  }
  return here.origin;
}

/**
 * Parameter path to `file:line` (or the flag) of every value that was stated; empty collections
 * count as values. `nameOf` turns an origin's source into the name to record, or null to leave it out.
 */
export function collectSources(
  root: LocatedValue,
  nameOf: (source: string) => string | null = (source) => source,
): Record<string, string> {
  const sources: Record<string, string> = {};
  const visit = (value: LocatedValue, path: readonly PathSegment[]): void => {
    const children: [PathSegment, LocatedValue][] =
      value.type === 'list'
        ? [...value.items.entries()]
        : value.type === 'mapping'
          ? [...value.entries].map(([key, entry]) => [key, entry.value])
          : [];
    for (const [segment, child] of children) visit(child, [...path, segment]);
    if (children.length > 0 || path.length === 0) return;
    const name = nameOf(value.origin.source);
    const { position } = value.origin;
    if (name !== null) sources[formatPath(path)] = position ? `${name}:${position.line}` : name;
  };
  visit(root, []);
  return sources;
}
