import { type Expression, namesIn } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { rangeOfExpression, type ValueRange } from './range-of-expression.ts';
import type { VariableValue } from './value-types.ts';

/**
 * Bounds of an expression of variables. `loose` where they may lie further out than anything that is drawn:
 * where parts hang on the same variable, or a function does not meet its ends.
 */
export function boundsOfExpression(
  source: string,
  vars: Readonly<Record<string, VariableValue>>,
  rangeOfName: (name: string) => ValueRange | null,
): ValueRange | null {
  const expression = parsedExpression(source);
  const ranges = new Map<string, ValueRange | null>();
  const rangeOf = (name: string): ValueRange | null => {
    const range = ranges.get(name) ?? rangeOfName(name);
    ranges.set(name, range);
    return range;
  };
  const range = rangeOfExpression(expression, rangeOf);
  if (range === null) return null;
  const roots = namesIn(expression).flatMap(({ name }) => rootsOf(name, vars));
  const tight =
    new Set(roots).size === roots.length &&
    meetsEnds(expression) &&
    [...ranges.values()].every((each) => each?.loose !== true);
  return tight ? range : { ...range, loose: true };
}

function meetsEnds(expression: Expression): boolean {
  switch (expression.type) {
    case 'literal':
    case 'name':
      return true;
    case 'unary':
      return meetsEnds(expression.of);
    case 'binary':
      return (
        expression.operator !== '%' && meetsEnds(expression.left) && meetsEnds(expression.right)
      );
    case 'call':
      return (
        !['acos', 'atan2', 'cos', 'pow', 'sin', 'tan'].includes(expression.name) &&
        expression.arguments.every(meetsEnds)
      );
  }
}

/** The variables that are drawn themselves on which a variable hangs; itself where it is one of them. */
export function rootsOf(
  name: string,
  vars: Readonly<Record<string, VariableValue>>,
  open: readonly string[] = [],
): readonly string[] {
  if (open.includes(name) || !Object.hasOwn(vars, name)) return [name];
  const used = [...new Set(referencesIn(vars[name]))];
  if (used.length === 0) return [name];
  return [...new Set(used.flatMap((each) => rootsOf(each, vars, [...open, name])))];
}

/** Names of the variables that a value refers to, at any depth. */
export function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const mapping = value as Readonly<Record<string, unknown>>;
  const { kind, name, of, when } = mapping;
  const inside = Object.values(mapping).flatMap(referencesIn);
  if (kind === 'var' && typeof name === 'string') return [name];
  const source = kind === 'expression' ? of : kind === 'if' ? when : undefined;
  if (typeof source !== 'string') return inside;
  return [...namesIn(parsedExpression(source)).map((each) => each.name), ...inside];
}
