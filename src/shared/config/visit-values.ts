import type { z } from 'zod';
import type { PathSegment } from './parameter-path.ts';
import { childSchema, type Schema, unwrap } from './schema-walk.ts';
import {
  colorValue,
  flagValue,
  integerValue,
  numberValue,
  rotationValue,
  stringValue,
  variableValue,
  vec3Value,
} from './value-schemas.ts';

/** What a place in a config wants: one name for each schema of `value-schemas.ts`. */
export type ValueType =
  'number' | 'integer' | 'color' | 'vec3' | 'rotation' | 'text' | 'flag' | 'variable';

/** A value or distribution, where it stands. */
export type PlacedValue = Readonly<{
  type: ValueType;
  value: unknown;
  path: readonly PathSegment[];
}>;

/** `.meta()` makes new schemas that share their list of options, so that this list tells them apart. */
const TYPE_BY_OPTIONS = new Map<unknown, ValueType>(
  (
    [
      [numberValue, 'number'],
      [integerValue, 'integer'],
      [colorValue, 'color'],
      [vec3Value, 'vec3'],
      [rotationValue, 'rotation'],
      [stringValue, 'text'],
      [flagValue, 'flag'],
      [variableValue, 'variable'],
    ] as const
  ).map(([schema, type]) => [optionsOf(schema), type]),
);

/** Calls `visit` for each place of a checked document where a distribution may stand. */
export function visitValues(
  schema: z.core.$ZodType,
  document: unknown,
  visit: (placed: PlacedValue) => void,
): void {
  const walk = (here: z.core.$ZodType, value: unknown, path: readonly PathSegment[]): void => {
    const type = valueTypeOf(unwrap(here));
    if (type !== undefined) visit({ type, value, path });
    if (typeof value !== 'object' || value === null) return;
    const children: Iterable<[PathSegment, unknown]> = Array.isArray(value)
      ? value.entries()
      : Object.entries(value);
    for (const [segment, child] of children) {
      const below = childSchema(here, value, segment);
      if (below !== undefined && child !== undefined) walk(below, child, [...path, segment]);
    }
  };
  walk(schema, document, []);
}

/** What a place wants, where a distribution may stand there. */
export function valueTypeOf(schema: Schema): ValueType | undefined {
  const options = optionsOf(schema);
  return options === undefined ? undefined : TYPE_BY_OPTIONS.get(options);
}

function optionsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] | undefined {
  const { def } = (schema as Schema)._zod;
  return def.type === 'union' ? def.options : undefined;
}
