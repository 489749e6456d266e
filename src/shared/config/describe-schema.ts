import type { z } from 'zod';
import { branchesOf, DISCRIMINATORS, literalOf, type Schema, unwrap } from './schema-walk.ts';

/** Longest text of a value that an error repeats, in characters. */
const MAX_SHOWN = 40;

/** A value as an error shows it: `"abc"`, `12`, `a list of 3`, `a mapping`, `nothing`. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') {
    const text = value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN - 1)}…` : value;
    return JSON.stringify(text);
  }
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return '.nan';
    return Number.isFinite(value) ? String(value) : value > 0 ? '.inf' : '-.inf';
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null || typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

/** `"a", "b" or "c"`. */
export function listChoices(values: readonly unknown[]): string {
  const shown = values.map(showValue);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}

/** Of more kinds than a line can hold, the first few: those that people want most stand first. */
const MAX_KINDS = 8;

function listKinds(kinds: readonly string[]): string {
  if (kinds.length <= MAX_KINDS) return listChoices(kinds);
  return `${kinds.slice(0, 4).map(showValue).join(', ')} or others`;
}

/**
 * What a schema wants, in words: `a whole number`, `a list`, `a number, or a mapping with kind
 * "constant", "uniform" or "normal"`.
 */
export function describeExpected(schema: z.core.$ZodType): string {
  const branches = branchesOf(schema);
  if (branches.length === 1) return describeBranch(unwrap(schema));
  const parts: string[] = [];
  for (const branch of branches) {
    const text = describeBranch(branch);
    const kinded = DISCRIMINATORS.some((key) => literalOf(branch, key) !== undefined);
    if (!kinded && !parts.includes(text)) parts.push(text);
  }
  for (const key of DISCRIMINATORS) {
    const kinds = branches.flatMap((b) => literalOf(b, key) ?? []);
    if (kinds.length > 0) parts.push(`a mapping with ${key} ${listKinds(kinds)}`);
  }
  const last = parts.pop() ?? 'another value';
  return parts.length === 0 ? last : `${parts.join(', ')}, or ${last}`;
}

function describeBranch(schema: Schema): string {
  const { def } = schema._zod;
  switch (def.type) {
    case 'number':
      return isWholeNumber(schema) ? 'a whole number' : 'a number';
    case 'string':
      return wantsColor(schema) ? 'a colour "#rrggbb"' : 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'tuple':
      return `a list of ${def.items.length}`;
    case 'object':
    case 'record':
      return 'a mapping';
    case 'literal':
      return listChoices(def.values);
    case 'enum':
      return listChoices(Object.values(def.entries));
    default:
      return 'another value';
  }
}

/** True for schemas of whole numbers. */
export function isWholeNumber(schema: z.core.$ZodType): boolean {
  const { def } = unwrap(schema)._zod;
  return def.type === 'number' && 'format' in def && def.format === 'safeint';
}

/** True for texts of the form `#rrggbb`: the one pattern that configs have. */
export function wantsColor(schema: z.core.$ZodType): boolean {
  const { def } = unwrap(schema)._zod;
  if (def.type !== 'string') return false;
  return (def.checks ?? []).some((check) => {
    const checkDef = check._zod.def;
    return 'pattern' in checkDef && String(checkDef.pattern).startsWith('/^#');
  });
}
