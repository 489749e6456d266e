import type { PathSegment } from './parameter-path.ts';
import type { StringValue, VariableValue } from './value-types.ts';

/** A text that may be drawn, and the path at which it is stated. */
export type NamedText = Readonly<{ text: string; path: readonly PathSegment[] }>;

type Vars = Readonly<Record<string, VariableValue>>;

/** Every text that a value can become in any frame, those of its variables under their use. */
export function possibleTexts(
  value: StringValue,
  vars: Vars,
  path: readonly PathSegment[] = [],
): NamedText[] {
  return textsIn(value, { vars, open: [] }, path);
}

type Context = Readonly<{ vars: Vars; open: readonly string[] }>;

function textsIn(
  value: StringValue | VariableValue | undefined,
  context: Context,
  path: readonly PathSegment[],
): NamedText[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || !('kind' in value)) return [];
  switch (value.kind) {
    case 'constant':
      return textOf(value.value, [...path, 'value']);
    case 'choice':
      return possibleItems(value).flatMap((item) =>
        textOf(item.value, [...path, 'values', item.index]),
      );
    case 'permutation':
    case 'grid': {
      const { values } = value;
      if ('min' in values) return [];
      return values.flatMap((item, index) => textOf(item, [...path, 'values', index]));
    }
    case 'sobol':
    case 'halton':
      return textsIn(value.of, context, [...path, 'of']);
    case 'mixture': {
      const members: readonly (StringValue | VariableValue)[] = value.of;
      return possibleItems({ values: members, weights: value.weights }).flatMap((item) =>
        textsIn(item.value, context, [...path, 'of', item.index]),
      );
    }
    case 'stage': {
      const staged: Readonly<Record<string, StringValue | VariableValue>> = value.of;
      return Object.entries(staged).flatMap(([stage, item]) =>
        textsIn(item, context, [...path, 'of', stage]),
      );
    }
    case 'if':
      return [
        ...textsIn(value.then, context, [...path, 'then']),
        ...textsIn(value.else, context, [...path, 'else']),
      ];
    case 'var': {
      const { name } = value;
      if (context.open.includes(name) || !Object.hasOwn(context.vars, name)) return [];
      const open = [...context.open, name];
      const texts = textsIn(context.vars[name], { ...context, open }, []);
      return texts.map(({ text }) => ({ text, path: [...path, 'name'] }));
    }
    default:
      return [];
  }
}

/** What is no text is reported where types are checked. */
const textOf = (value: unknown, path: readonly PathSegment[]): NamedText[] =>
  typeof value === 'string' ? [{ text: value, path }] : [];

/** The values of a choice that can be drawn, with their places in it. */
export function possibleItems<T>(
  choice: Readonly<{ values: readonly T[]; weights?: readonly number[] | undefined }>,
): readonly Readonly<{ value: T; index: number }>[] {
  return choice.values
    .map((value, index) => ({ value, index }))
    .filter(({ index }) => (choice.weights?.[index] ?? 1) > 0);
}
