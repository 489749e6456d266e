import type { IntegerValue, NumberValue, VariableValue } from './value-schemas.ts';

/** The least and greatest value that may be drawn; infinite where a normal is not truncated. */
export type ValueRange = Readonly<{ min: number; max: number }>;

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
      return typeof value.value === 'number' ? { min: value.value, max: value.value } : null;
    case 'uniform':
    case 'log-uniform':
    case 'integer':
      return { min: value.min, max: value.max };
    case 'normal':
      if (value.std === 0) return { min: value.mean, max: value.mean };
      return { min: value.min ?? -Infinity, max: value.max ?? Infinity };
    case 'choice':
      return choiceBounds(value);
    case 'var':
      return referenceBounds(value, context);
    default:
      return null;
  }
}

function choiceBounds(
  choice: Readonly<{ values: readonly unknown[]; weights?: readonly number[] | undefined }>,
): ValueRange | null {
  const possible = choice.values.filter((_, i) => (choice.weights?.[i] ?? 1) > 0);
  const numbers = possible.filter((v) => typeof v === 'number');
  if (numbers.length < possible.length || numbers.length === 0) return null;
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
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
  return { min: Math.min(...ends), max: Math.max(...ends) };
}
