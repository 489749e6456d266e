import { z } from 'zod';
import { configSchema } from './config-schema.ts';
import { calibrationLens, intrinsicsLens } from './lens-schema.ts';
import { empiricalFile, histogramFile } from './measured-schemas.ts';
import { empirical, histogram } from './number-draws.ts';
import { sceneSchema } from './scene-schema.ts';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { [keyword: string]: unknown };

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
/** Definitions of configs that extend others carry this before their name. */
const PARTIAL = 'Partial';

const EXTENDS: JsonSchema = {
  description: 'Configs on which this one is laid, in order; paths relative to this file.',
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 } },
  ],
};

/**
 * JSON Schema of config files, for editors. A config that states `extends` may leave out what its
 * bases state, and may remove it with null; any other config must be whole.
 */
export function configJsonSchema(): JsonSchema {
  const { definitions, root } = schemaParts(configSchema);
  const whole = definitionOf(definitions, root);
  definitions[root] = { ...whole, properties: { extends: EXTENDS, ...propertiesOf(whole) } };
  const partials = Object.entries(definitions).map(([name, definition]) => [
    `${PARTIAL}${name}`,
    name === root ? { ...toPartial(definition), required: ['extends'] } : toPartial(definition),
  ]);
  return {
    $schema: DRAFT,
    title: 'Diorama config',
    type: 'object',
    if: { required: ['extends'] },
    then: { $ref: `#/$defs/${PARTIAL}${root}` },
    else: { $ref: `#/$defs/${root}` },
    $defs: { ...definitions, ...Object.fromEntries(partials) },
  };
}

/** JSON Schema of scene files, for editors. */
export function sceneJsonSchema(): JsonSchema {
  const { definitions, root } = schemaParts(sceneSchema);
  return { $schema: DRAFT, title: 'Diorama scene', $ref: `#/$defs/${root}`, $defs: definitions };
}

/** What may name a file instead, which the loader replaces by its values. */
const FROM_FILE = new Map<z.core.$ZodType, z.core.JSONSchema.BaseSchema>(
  (
    [
      [empirical, empiricalFile],
      [histogram, histogramFile],
      [intrinsicsLens, calibrationLens],
    ] as const
  ).map(([inline, file]) => {
    const { $schema: _draft, ...form } = z.toJSONSchema(file, { io: 'input' });
    return [inline, form];
  }),
);

type SchemaParts = Readonly<{ definitions: Record<string, JsonSchema>; root: string }>;

function schemaParts(schema: z.ZodType): SchemaParts {
  const generated: unknown = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const fromFile = FROM_FILE.get(zodSchema);
      if (fromFile !== undefined) {
        const inline = { ...jsonSchema };
        for (const keyword of ['type', 'properties', 'required', 'additionalProperties'])
          Reflect.deleteProperty(jsonSchema, keyword);
        jsonSchema.anyOf = [inline, fromFile];
      }
      // zod writes the safe-integer limits of every whole number; they tell a reader nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const { $defs, $ref } = generated as Readonly<{
    $defs: Record<string, JsonSchema>;
    $ref: string;
  }>;
  return { definitions: withoutUnnamed($defs), root: $ref.replace('#/$defs/', '') };
}

/**
 * zod takes the inside of a schema that contains itself out into a definition `__schema0`, where it comes upon
 * it under another description first. Put back, since it refers to itself through the schema's own name.
 */
function withoutUnnamed(
  definitions: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    const name = '$ref' in value ? String(value.$ref).replace('#/$defs/', '') : '';
    if (name.startsWith('__')) return inline(definitionOf(definitions, name));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inline(item)]));
  };
  const named = Object.entries(definitions).filter(([name]) => !name.startsWith('__'));
  return Object.fromEntries(named.map(([name, schema]) => [name, inline(schema) as JsonSchema]));
}

function definitionOf(definitions: Readonly<Record<string, JsonSchema>>, name: string): JsonSchema {
  const definition = definitions[name];
  if (definition === undefined)
    throw new Error(`expected a definition ${name} in the JSON Schema, found none`);
  return definition;
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>;
}

/** The same schema with nothing required, null allowed for every key, and references to partials. */
function toPartial(schema: JsonSchema): JsonSchema {
  const partial: JsonSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'required') continue;
    if (keyword === '$ref') partial.$ref = String(value).replace('#/$defs/', `#/$defs/${PARTIAL}`);
    else if (keyword === 'properties')
      partial.properties = mapValues(value, (p) => nullable(toPartial(p)));
    else if (keyword === 'oneOf' || keyword === 'anyOf')
      partial.anyOf = (value as JsonSchema[]).map(toPartial);
    else if (keyword === 'additionalProperties' && typeof value === 'object')
      partial.additionalProperties = nullable(toPartial(value as JsonSchema));
    else partial[keyword] = value;
  }
  return partial;
}

function mapValues(record: unknown, map: (schema: JsonSchema) => JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(record as Record<string, JsonSchema>).map(([k, v]) => [k, map(v)]),
  );
}

/** Descriptions and defaults stay outside, where editors show them. */
function nullable({ description, default: fallback, ...schema }: JsonSchema): JsonSchema {
  return {
    ...(description !== undefined && { description }),
    ...(fallback !== undefined && { default: fallback }),
    anyOf: [schema, { type: 'null' }],
  };
}
