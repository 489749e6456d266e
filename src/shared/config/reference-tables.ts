import type { JsonSchema } from './json-schema.ts';

type Field = Readonly<{ name: string; schema: JsonSchema; required: boolean; note: string }>;

/** Table of the keys of a mapping; keys of mappings inside it are listed with dots. */
export function renderFields(schema: JsonSchema): string {
  const rows = fieldsOf(schema, '', '').map(({ name, schema: field, required, note }) => [
    `\`${name}\`${note}`,
    typeText(field),
    required ? '**required**' : defaultText(field),
    descriptionOf(field),
  ]);
  return table(['Key', 'Type', 'Default', 'Meaning'], rows);
}

/** The forms of a union: its plain forms in a line, and a table of its mappings by `kind`. */
export function renderVariants(schema: JsonSchema): string {
  const variants = variantsOf(schema);
  const mappings = variants.filter((v) => v.properties !== undefined);
  const plain = variants.filter((v) => v.properties === undefined);
  const intro = plain.length > 0 ? [`Plain: ${plain.map(typeText).join(', ')}.`] : [];
  const rows = mappings.flatMap((mapping) => {
    const fields = fieldsOf(mapping, '', '').filter(({ name }) => !isDiscriminator(name));
    const kind = `\`${kindOf(mapping) ?? 'mapping'}\``;
    const lead = [kind, '', '', '', descriptionOf(mapping)];
    return [
      lead,
      ...fields.map((f) => [
        '',
        `\`${f.name}\`${f.note}`,
        typeText(f.schema),
        f.required ? '**required**' : defaultText(f.schema),
        descriptionOf(f.schema),
      ]),
    ];
  });
  return [...intro, table(['Kind', 'Key', 'Type', 'Default', 'Meaning'], rows)].join('\n\n');
}

function fieldsOf(schema: JsonSchema, prefix: string, note: string): Field[] {
  const required = (schema.required ?? []) as string[];
  return Object.entries(propertiesOf(schema)).flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    const own: Field = { name, schema: field, required: required.includes(key), note };
    return [own, ...nestedFields(field, name, note)];
  });
}

/** Keys below a key: of a mapping without a name of its own, of its kinds, of a mapping's or list's items. */
function nestedFields(field: JsonSchema, name: string, note: string): Field[] {
  if (field.properties !== undefined) return fieldsOf(field, `${name}.`, note);
  const items = field.items as JsonSchema | undefined;
  if (items !== undefined) return nestedFields(items, `${name}[]`, note);
  return variantsOf(field)
    .filter((variant) => variant.properties !== undefined)
    .flatMap((variant) => {
      const kind = kindOf(variant);
      const fields = fieldsOf(variant, `${name}.`, kind === undefined ? note : ` (${kind})`);
      return fields.filter((f) => !isDiscriminator(f.name.slice(name.length + 1)));
    });
}

/** The branches of a schema, those of unions inside it included. */
function variantsOf(schema: JsonSchema): JsonSchema[] {
  const options = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  return options === undefined ? [schema] : options.flatMap(variantsOf);
}

const isDiscriminator = (name: string): boolean => name === 'kind' || name === 'format';

function kindOf(schema: JsonSchema): string | undefined {
  const { kind, format } = propertiesOf(schema);
  const literal = (kind ?? format)?.const;
  return typeof literal === 'string' ? literal : undefined;
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>;
}

function typeText(schema: JsonSchema): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/$defs/', '');
    return `[${name.replace(/Value$/, '')}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return code(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map(code).join(', ');
  const variants = variantsOf(schema);
  if (variants.length > 1) return [...new Set(variants.map(variantText))].join(' or ');
  const items = (schema.prefixItems ?? []) as JsonSchema[];
  if (items.length > 0) return `[${items.map(typeText).join(', ')}]`;
  if (schema.type === 'array')
    return `list of ${typeText((schema.items ?? {}) as JsonSchema)}${sizeText(schema)}`;
  if (schema.type === 'object') {
    const values = schema.additionalProperties;
    return typeof values === 'object'
      ? `mapping of names to ${typeText(values as JsonSchema)}`
      : 'mapping';
  }
  return scalarText(schema);
}

function variantText(schema: JsonSchema): string {
  const kind = kindOf(schema);
  return kind === undefined ? typeText(schema) : code(kind);
}

function scalarText(schema: JsonSchema): string {
  if (Array.isArray(schema.type)) {
    return schema.type.map((type: unknown) => scalarText({ ...schema, type })).join(' or ');
  }
  if (schema.type === undefined) return 'any value';
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return schema.pattern === undefined ? 'text' : '`"#rrggbb"`';
  const noun = schema.type === 'integer' ? 'whole number' : 'number';
  const bounds = [
    bound('≥', schema.minimum),
    bound('>', schema.exclusiveMinimum),
    bound('≤', schema.maximum),
    bound('<', schema.exclusiveMaximum),
  ].filter((text) => text !== '');
  return [noun, bounds.join(', ')].filter((text) => text !== '').join(' ');
}

function sizeText({ minItems, maxItems }: JsonSchema): string {
  const size = [bound('≥', minItems), bound('≤', maxItems)]
    .filter((text) => text !== '')
    .join(', ');
  return size === '' ? '' : ` (length ${size})`;
}

const bound = (sign: string, value: unknown): string =>
  typeof value === 'number' ? `${sign} ${value}` : '';

const code = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

function defaultText(schema: JsonSchema): string {
  if (schema.default === undefined) return '';
  const text = JSON.stringify(schema.default);
  if (text !== '{}') return `\`${text}\``;
  return typeof schema.additionalProperties === 'object' ? 'none' : 'as below';
}

/** What a schema says of itself; empty where it says nothing. */
export function descriptionOf(schema: JsonSchema): string {
  return typeof schema.description === 'string' ? schema.description : '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const escapeCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
