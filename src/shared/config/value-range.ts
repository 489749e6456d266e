import { boundsOfExpression, referencesIn, rootsOf } from './expression-bounds.ts';
import { namesIn } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { possibleItems } from './possible-texts.ts';
import type { ValueRange } from './range-of-expression.ts';
import type { IntegerValue, NumberValue, VariableValue } from './value-schemas.ts';

export type { ValueRange } from './range-of-expression.ts';

/**
 * Static bounds of a number or whole number, seen through variables. Null where they are not known:
 * the variable does not exist, is no number, or refers to itself.
 *
 * @example
 * rangeOf({ kind: 'var', name: 'sun', scale: 2, offset: 1 }, { sun: { kind: 'uniform', min: 0, max: 3 } });
 * // → { min: 1, max: 7 }
 */
export function rangeOf(
  value: NumberValue | IntegerValue,
  vars: Readonly<Record<string, VariableValue>>,
): ValueRange | null {
  return boundsOf(value, { vars, open: [] });
}

type Context = Readonly<{ vars: Readonly<Record<string, VariableValue>>; open: readonly string[] }>;

function boundsOf(value: VariableValue | IntegerValue, context: Context): ValueRange | null {
  if (typeof value === 'number') return { min: value, max: value };
  if (typeof value !== 'object' || !('kind' in value)) return null;
  switch (value.kind) {
    case 'constant':
      return hull([value.value]);
    case 'uniform':
    case 'log-uniform':
    case 'triangular':
    case 'beta':
    case 'integer':
      return { min: value.min, max: value.max };
    case 'normal':
      if (value.std === 0) return { min: value.mean, max: value.mean };
      return { min: value.min ?? -Infinity, max: value.max ?? Infinity };
    case 'histogram': {
      const bins = possibleItems({ values: value.weights, weights: value.weights });
      return hull(bins.flatMap(({ index }) => value.edges.slice(index, index + 2)));
    }
    case 'empirical':
    case 'choice':
      return hull(possibleItems(value).map((item) => item.value));
    case 'permutation':
    case 'grid':
      return 'min' in value.values
        ? hull([value.values.min, value.values.max])
        : hull(value.values);
    case 'sobol':
    case 'halton':
      return boundsOf(value.of, context);
    case 'mixture': {
      const members: readonly (VariableValue | IntegerValue)[] = value.of;
      const items = possibleItems({ values: members, weights: value.weights });
      return union(items.map((item) => boundsOf(item.value, context)));
    }
    case 'if': {
      const range = union([boundsOf(value.then, context), boundsOf(value.else, context)]);
      return range && hangsOnItself(value, context) ? { ...range, loose: true } : range;
    }
    case 'stage': {
      const staged: Readonly<Record<string, VariableValue | IntegerValue>> = value.of;
      return union(Object.values(staged).map((item) => boundsOf(item, context)));
    }
    case 'ramp': {
      const points: readonly (readonly [number, VariableValue | IntegerValue])[] = value.points;
      return union(points.map(([, item]) => boundsOf(item, context)));
    }
    case 'expression':
      return boundsOfExpression(value.of, context.vars, (name) =>
        name === 'progress' ? { min: 0, max: 1 } : referenceBounds({ name }, context),
      );
    case 'var':
      return referenceBounds(value, context);
    default:
      return null;
  }
}

/** Least and greatest of a list; null where something in it is no number. */
function hull(values: readonly unknown[]): ValueRange | null {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (typeof value !== 'number') return null;
    [min, max] = [Math.min(min, value), Math.max(max, value)];
  }
  return min <= max ? { min, max } : null;
}

/** The range over all of several ranges; null where one of them is not known. */
function union(ranges: readonly (ValueRange | null)[]): ValueRange | null {
  const known = ranges.filter((range) => range !== null);
  if (known.length < ranges.length) return null;
  const range = hull(known.flatMap(({ min, max }) => [min, max]));
  return range && known.some(({ loose }) => loose) ? { ...range, loose: true } : range;
}

/** Whether the branches of a condition hang on what it is judged by, so that it may keep them in range. */
function hangsOnItself(
  { when, then, else: otherwise }: Readonly<{ when: string; then: unknown; else: unknown }>,
  { vars }: Context,
): boolean {
  const rootsIn = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => rootsOf(name, vars));
  const judged = rootsIn(namesIn(parsedExpression(when)).map(({ name }) => name));
  return rootsIn(referencesIn([then, otherwise])).some((root) => judged.includes(root));
}

function referenceBounds(
  reference: Readonly<{ name: string; scale?: number; offset?: number }>,
  { vars, open }: Context,
): ValueRange | null {
  const { name, scale = 1, offset = 0 } = reference;
  if (open.includes(name) || !Object.hasOwn(vars, name)) return null;
  const variable = vars[name];
  const range = variable === undefined ? null : boundsOf(variable, { vars, open: [...open, name] });
  if (range === null) return null;
  // 0 × ∞ is not a number, yet a factor of 0 leaves nothing but the offset.
  const ends = [range.min, range.max].map((end) => (scale === 0 ? 0 : end * scale) + offset);
  const scaled = { min: Math.min(...ends), max: Math.max(...ends) };
  return range.loose ? { ...scaled, loose: true } : scaled;
}
