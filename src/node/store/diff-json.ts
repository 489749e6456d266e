/** A place where two JSON documents differ; `undefined` where one has nothing. */
export type JsonDifference = Readonly<{ path: string; before: unknown; after: unknown }>;

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a list member is called: `kind:id` or `id`, so that an insertion does not shift all that follows. */
function memberKey(value: unknown): string | null {
  if (!isObject(value) || typeof value['id'] !== 'string') return null;
  return typeof value['kind'] === 'string' ? `${value['kind']}:${value['id']}` : value['id'];
}

/** The members of an object or list by the text that follows the path of their parent. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (isObject(value))
    return new Map(Object.entries(value).map(([key, member]) => [`.${key}`, member]));
  if (!Array.isArray(value)) return null;
  const keys = value.map(memberKey);
  const named = keys.every((key) => key !== null) && new Set(keys).size === keys.length;
  return new Map(value.map((member: unknown, i) => [named ? `[${keys[i]}]` : `[${i}]`, member]));
}

/**
 * Where two JSON documents differ, leaf by leaf, in the order of the first and then of the second.
 * Members that are `undefined` count as absent, as in JSON.
 */
export function diffJson(before: unknown, after: unknown, path = ''): readonly JsonDifference[] {
  const left = membersOf(before);
  const right = membersOf(after);
  const sameKind =
    left !== null && right !== null && Array.isArray(before) === Array.isArray(after);
  if (!sameKind) {
    return Object.is(before, after) || (before === undefined && after === undefined)
      ? []
      : [{ path: path.replace(/^\./, ''), before, after }];
  }
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].flatMap((key) => diffJson(left.get(key), right.get(key), path + key));
}

const LONGEST_VALUE = 60;
/** Enough of a SHA-256 to tell two apart. */
const SHOWN_OF_HASH = 12;

function showValue(value: unknown): string {
  if (value === undefined) return '(absent)';
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
    return `${value.slice(0, SHOWN_OF_HASH)}…`;
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** `  path: old → new`, a line each; beyond `limit` lines a count of the rest. */
export function formatDifferences(differences: readonly JsonDifference[], limit = 20): string {
  const lines = differences
    .slice(0, limit)
    .map(({ path, before, after }) => `  ${path}: ${showValue(before)} → ${showValue(after)}`);
  const rest = differences.length - lines.length;
  return [...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n');
}
