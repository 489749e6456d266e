import type { z } from 'zod';
import { isCollection, parseDocument as parseYaml } from 'yaml';
import { ConfigError } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import { type LocatedEntry, type LocatedValue, type Origin, toPlain } from './located-value.ts';
import { showValue } from './describe-schema.ts';
import { parseDocument } from './parse-document.ts';
import { formatPath, parsePath, type PathSegment } from './parameter-path.ts';
import { isMapping, stepInto, unwrap } from './schema-walk.ts';

/** One `--set path=value`, read. A null value removes what stands at the path. */
export type Override = Readonly<{
  path: readonly PathSegment[];
  value: LocatedValue;
  origin: Origin;
}>;

const QUOTED_OR_COLOR =
  /"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|(?<=^|[\s,[{:])#[0-9a-fA-F]{6}(?=$|[\s,\]}])/g;

/**
 * Reads the text of a `--set`: a path, `=`, and a value in YAML's flow style (`3`, `cup`, `[a, b]`,
 * `{kind: integer, min: 2, max: 4}`). A bare `#rrggbb` is a colour here, not a comment.
 *
 * @throws ConfigError that names the flag and its text.
 */
export function parseOverride(text: string): Override {
  const flag = `--set ${text}`;
  const equals = splitAt(text);
  if (equals === -1) {
    return fail(flag, 'expected path=value', 'For example: --set camera.rollDegrees=10');
  }
  const path = readPath(text.slice(0, equals), flag);
  const [first] = path;
  if (first === 'extends' || first === '$schema') {
    return fail(
      flag,
      `expected a parameter, found ${JSON.stringify(first)}, which only a file may state`,
    );
  }
  const valueText = text.slice(equals + 1).trim();
  if (valueText === '') {
    return fail(
      flag,
      'expected a value after =, found nothing',
      'Write null to remove what stands there.',
    );
  }
  const quoted = valueText.replace(QUOTED_OR_COLOR, (part) =>
    part.startsWith('#') ? `"${part}"` : part,
  );
  requireFlow(quoted, flag);
  const origin: Origin = { source: `--set ${formatPath(path)}` };
  return { path, value: relocate(parseValue(quoted, flag), origin), origin };
}

/** The first `=` outside of a quoted key. */
function splitAt(text: string): number {
  const match = /^(?:\["(?:\\.|[^"\\])*"\]|[^="])*=/.exec(text);
  return match ? match[0].length - 1 : -1;
}

function readPath(text: string, flag: string): PathSegment[] {
  try {
    return parsePath(text.trim());
  } catch (error) {
    if (error instanceof SyntaxError) return fail(flag, error.message);
    throw error;
  }
}

function requireFlow(text: string, flag: string): void {
  const document = parseYaml(text, { stringKeys: true, prettyErrors: false });
  if (document.errors.length > 0) return;
  const { contents, comment } = document;
  if (isCollection(contents) && contents.flow !== true) {
    fail(
      flag,
      'expected a value in one piece',
      'Write mappings as {key: value} and lists as [a, b].',
    );
  }
  if (contents?.comment || comment || document.commentBefore) {
    fail(flag, 'expected no comment in the value', 'Put a text that holds # in quotes.');
  }
}

function parseValue(text: string, flag: string): LocatedValue {
  try {
    return parseDocument(text, flag);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // A line and column inside a flag would read like a place in a file.
    throw new ConfigError(error.issues.map(({ position: _position, ...issue }) => issue));
  }
}

function relocate(value: LocatedValue, origin: Origin): LocatedValue {
  switch (value.type) {
    case 'scalar':
      return { ...value, origin };
    case 'list':
      return { ...value, origin, items: value.items.map((item) => relocate(item, origin)) };
    case 'mapping': {
      const moved = [...value.entries].map(([key, entry]): [string, LocatedEntry] => [
        key,
        { key: origin, value: relocate(entry.value, origin) },
      ]);
      return { type: 'mapping', entries: new Map(moved), origin };
    }
  }
}

/** Source of values that an override took over from the schema's defaults. */
export const DEFAULT_SOURCE = 'default';

/**
 * Puts an override's value in its place; what stood there goes. Mappings on the way are made where
 * they are missing, from the schema's default where it has one: `camera.lens.verticalDegrees=40`
 * works in a config that states no lens.
 *
 * @throws ConfigError where the path leads through a single value, or past the end of a list.
 */
export function applyOverride(
  document: LocatedValue,
  override: Override,
  schema: z.core.$ZodType,
): LocatedValue {
  const input = toPlain(document);
  const put = (here: LocatedValue | undefined, depth: number): LocatedValue | null => {
    const segment = override.path[depth];
    if (segment === undefined) return isRemoval(override) ? null : override.value;
    const walked = override.path.slice(0, depth);
    const isThere = here !== undefined && !(here.type === 'scalar' && here.value === null);
    const parent = isThere
      ? here
      : missingParent(schema, { input, path: walked, origin: override.origin });
    if (typeof segment === 'number') {
      if (parent.type !== 'list')
        return failAt(override, walked, `expected a list, found ${showLocated(parent)}`);
      return putItem(parent, { override, depth, put });
    }
    if (parent.type !== 'mapping')
      return failAt(override, walked, `expected a mapping, found ${showLocated(parent)}`);
    const entries = new Map(parent.entries);
    const below = entries.get(segment);
    const value = put(below?.value, depth + 1);
    if (value !== null) entries.set(segment, { key: override.origin, value });
    else if (!entries.delete(segment))
      failAt(override, override.path, 'expected something to remove, found nothing');
    return { ...parent, entries };
  };
  return put(document, 0) ?? document;
}

type Put = (here: LocatedValue | undefined, depth: number) => LocatedValue | null;

function putItem(
  list: Extract<LocatedValue, { type: 'list' }>,
  { override, depth, put }: Readonly<{ override: Override; depth: number; put: Put }>,
): LocatedValue {
  const index = Number(override.path[depth]);
  if (index > list.items.length) {
    const last = list.items.length;
    return failAt(
      override,
      override.path.slice(0, depth),
      `expected an index of 0..${last} (${last} appends), found ${index}`,
    );
  }
  const value = put(list.items[index], depth + 1);
  const items = [...list.items];
  items.splice(index, 1, ...(value === null ? [] : [value]));
  return { ...list, items };
}

function missingParent(
  schema: z.core.$ZodType,
  {
    input,
    path,
    origin,
  }: Readonly<{ input: unknown; path: readonly PathSegment[]; origin: Origin }>,
): LocatedValue {
  const target = stepInto(schema, input, path).schema;
  const def = (target as z.core.$ZodTypes | undefined)?._zod.def;
  if (def?.type === 'default') {
    const value: unknown = def.defaultValue;
    if (isMapping(value) || Array.isArray(value)) return locateDefault(value);
  }
  const wanted = target && unwrap(target)._zod.def.type;
  if (wanted === 'array' || wanted === 'tuple') return { type: 'list', items: [], origin };
  return { type: 'mapping', entries: new Map(), origin };
}

function locateDefault(value: unknown): LocatedValue {
  return relocate(parseDocument(JSON.stringify(value), DEFAULT_SOURCE), { source: DEFAULT_SOURCE });
}

function isRemoval({ value }: Override): boolean {
  return value.type === 'scalar' && value.value === null;
}

const showLocated = (value: LocatedValue): string => showValue(toPlain(value));

function failAt(override: Override, path: readonly PathSegment[], message: string): never {
  throw new ConfigError([{ ...override.origin, path: formatPath(path), message }]);
}

function fail(flag: string, message: string, suggestion?: string): never {
  throw new ConfigError([completeIssue({ source: flag, path: '', message, suggestion })]);
}
