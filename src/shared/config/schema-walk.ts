import type { z } from 'zod';
import type { PathSegment } from './parameter-path.ts';

/** Any schema, as the union that can be narrowed by `_zod.def.type`. */
export type Schema = z.core.$ZodTypes;

/** Keys that say which branch of a union a mapping is. */
export const DISCRIMINATORS = ['kind', 'format'] as const;
type Discriminator = (typeof DISCRIMINATORS)[number];

/** What a union makes of an input, judged by the input's shape alone. */
export type BranchChoice =
  | Readonly<{ type: 'branch'; schema: Schema }>
  /** A mapping whose `kind` (or `format`) is missing or none of `allowed`. */
  | Readonly<{ type: 'bad-kind'; key: Discriminator; allowed: readonly string[] }>
  | Readonly<{ type: 'none' }>;

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema without its default and without being optional. */
export function unwrap(schema: z.core.$ZodType): Schema {
  const here = schema as Schema;
  const { def } = here._zod;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
      return unwrap(def.innerType);
    default:
      return here;
  }
}

/** The branches of a union, those of unions inside it included; a schema that is no union is its own. */
export function branchesOf(schema: z.core.$ZodType): Schema[] {
  const here = unwrap(schema);
  const { def } = here._zod;
  return def.type === 'union' ? def.options.flatMap(branchesOf) : [here];
}

/** The literal that a branch wants under `key`, if it is a mapping that wants one. */
export function literalOf(branch: Schema, key: Discriminator): string | undefined {
  const { def } = branch._zod;
  if (def.type !== 'object') return undefined;
  const field = def.shape[key];
  const fieldDef = field && unwrap(field)._zod.def;
  const [literal] = fieldDef?.type === 'literal' ? fieldDef.values : [];
  return typeof literal === 'string' ? literal : undefined;
}

/** What tells the branches of a union apart. */
type Branches = Readonly<{
  all: readonly Schema[];
  /** The first of those that are mappings. */
  mapping: Schema | undefined;
  /** The key that mappings are told apart by, and the first mapping of each literal; of none, under undefined. */
  kinds?: Readonly<{ key: Discriminator; mappings: ReadonlyMap<unknown, Schema> }> | undefined;
}>;

/** Schemas never change, and each is asked for at every value of a config. */
const BRANCHES = new WeakMap<z.core.$ZodType, Branches>();

function tellApart(schema: z.core.$ZodType): Branches {
  const known = BRANCHES.get(schema);
  if (known !== undefined) return known;
  const all = branchesOf(schema);
  const mappings = all.filter((b) => b._zod.def.type === 'object');
  const key = DISCRIMINATORS.find((k) => mappings.some((b) => literalOf(b, k) !== undefined));
  const kinds = key && { key, mappings: firstOfEach(mappings, key) };
  const branches = { all, mapping: mappings[0], kinds };
  BRANCHES.set(schema, branches);
  return branches;
}

function firstOfEach(
  mappings: readonly Schema[],
  key: Discriminator,
): ReadonlyMap<unknown, Schema> {
  const first = new Map<unknown, Schema>();
  for (const mapping of mappings) {
    const literal = literalOf(mapping, key);
    if (!first.has(literal)) first.set(literal, mapping);
  }
  return first;
}

/** Picks the branch that an input was meant for, so that nobody reads the errors of the others. */
export function chooseBranch(schema: z.core.$ZodType, input: unknown): BranchChoice {
  const branches = tellApart(schema);
  if (isMapping(input)) return chooseMapping(branches, input);
  const branch = branches.all.find((b) => acceptsType(b, input));
  return branch ? { type: 'branch', schema: branch } : { type: 'none' };
}

function chooseMapping(
  { all, mapping, kinds }: Branches,
  input: Readonly<Record<string, unknown>>,
): BranchChoice {
  const chosen = kinds === undefined ? mapping : kinds.mappings.get(input[kinds.key]);
  if (chosen) return { type: 'branch', schema: chosen };
  if (kinds === undefined) return { type: 'none' };
  const { key } = kinds;
  return { type: 'bad-kind', key, allowed: all.flatMap((b) => literalOf(b, key) ?? []) };
}

function acceptsType(branch: Schema, input: unknown): boolean {
  switch (branch._zod.def.type) {
    case 'number':
      return typeof input === 'number';
    case 'string':
    case 'enum':
      return typeof input === 'string';
    case 'boolean':
      return typeof input === 'boolean';
    case 'array':
    case 'tuple':
      return Array.isArray(input);
    default:
      return false;
  }
}

/**
 * The schema of a key or item below `schema`; unions are resolved by `input`, the value that stands
 * there. Keeps defaults, so that a caller may look at them. Undefined where the schema has no such child.
 */
export function childSchema(
  schema: z.core.$ZodType,
  input: unknown,
  segment: PathSegment,
): z.core.$ZodType | undefined {
  const here = unwrap(schema);
  const { def } = here._zod;
  switch (def.type) {
    case 'object':
      return Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
    case 'record':
      return def.valueType;
    case 'array':
      return def.element;
    case 'tuple':
      return def.items[Number(segment)];
    case 'union': {
      const choice = chooseBranch(here, input);
      if (choice.type === 'branch') return childSchema(choice.schema, input, segment);
      // `kind` itself may be asked for while it is wrong: any branch that has it will do.
      const parent = branchesOf(here).find((b) => childSchema(b, input, segment) !== undefined);
      return parent && childSchema(parent, input, segment);
    }
    default:
      return undefined;
  }
}

/** Schema and value at a path. The value is undefined where nothing stands. */
export function stepInto(
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly PathSegment[],
): Readonly<{ schema: z.core.$ZodType | undefined; value: unknown }> {
  let here: z.core.$ZodType | undefined = schema;
  let value = input;
  for (const segment of path) {
    here = here && childSchema(here, value, segment);
    const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, segment);
    value = holds ? (value as Record<PathSegment, unknown>)[segment] : undefined;
  }
  return { schema: here, value };
}

/** Names of the keys that a mapping may have; empty for anything else. */
export function keysOf(schema: z.core.$ZodType): string[] {
  const { def } = unwrap(schema)._zod;
  return def.type === 'object' ? Object.keys(def.shape) : [];
}
