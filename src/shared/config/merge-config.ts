import type { LocatedEntry, LocatedMapping, LocatedValue } from './located-value.ts';
import type { PathSegment } from './parameter-path.ts';
import { DISCRIMINATORS } from './schema-walk.ts';

/**
 * Lays a document over a base. Mappings merge key by key; lists, texts, numbers and flags replace;
 * `null` removes the key that the base has. A mapping of another `kind` (or `format`) than the base's
 * replaces it whole, since its keys mean other things; a light keeps its keys whatever its kind.
 * New keys come after the base's. Every value keeps the place where it was stated.
 */
export function mergeConfig(base: LocatedValue, over: LocatedValue): LocatedValue {
  return mergeAt(base, over, []);
}

function mergeAt(
  base: LocatedValue,
  over: LocatedValue,
  path: readonly PathSegment[],
): LocatedValue {
  if (base.type !== 'mapping' || over.type !== 'mapping' || isOtherVariant(base, over, path))
    return over;
  const entries = new Map<string, LocatedEntry>(base.entries);
  for (const [key, { key: keyOrigin, value }] of over.entries) {
    const below = base.entries.get(key);
    if (below !== undefined && isNull(value) && !isNull(below.value)) entries.delete(key);
    else {
      const merged = below ? mergeAt(below.value, value, [...path, key]) : value;
      entries.set(key, { key: keyOrigin, value: merged });
    }
  }
  return { type: 'mapping', entries, origin: over.origin };
}

function isOtherVariant(
  base: LocatedMapping,
  over: LocatedMapping,
  path: readonly PathSegment[],
): boolean {
  const isLight = path.length === 2 && path[0] === 'lights';
  if (isLight) return false;
  return DISCRIMINATORS.some((key) => {
    const before = scalarOf(base, key);
    const after = scalarOf(over, key);
    return before !== undefined && after !== undefined && before !== after;
  });
}

function scalarOf(mapping: LocatedMapping, key: string): unknown {
  const value = mapping.entries.get(key)?.value;
  return value?.type === 'scalar' && value.value !== null ? value.value : undefined;
}

function isNull(value: LocatedValue): boolean {
  return value.type === 'scalar' && value.value === null;
}

/** A mapping without one key. */
export function withoutKey(value: LocatedValue, key: string): LocatedValue {
  if (value.type !== 'mapping' || !value.entries.has(key)) return value;
  const entries = new Map(value.entries);
  entries.delete(key);
  return { ...value, entries };
}
