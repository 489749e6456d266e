import { configJsonSchema, type JsonSchema, sceneJsonSchema } from './json-schema.ts';
import { REFERENCE_INTRO, VALUE_EXAMPLES } from './reference-texts.ts';
import { descriptionOf, renderFields, renderVariants } from './reference-tables.ts';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Value grammars first, in the order in which a reader meets them; then the sections of a config. */
const VALUE_NAMES = [
  'NumberValue',
  'NumberDraw',
  'IntegerValue',
  'ColorValue',
  'Vec3Value',
  'RotationValue',
  'StringValue',
  'FlagValue',
  'VariableValue',
  'VariableDraw',
] as const;
const CONFIG_SECTIONS = [
  'Sequence',
  'Schedule',
  'Stage',
  'Camera',
  'DepthSensor',
  'Lidar',
  'Rig',
  'View',
  'CameraSees',
  'CameraMotion',
  'Rail',
  'Wobble',
  'Environment',
  'Background',
  'PhotoFit',
  'PhotoSun',
  'ScreenPattern',
  'Sky',
  'Weather',
  'Photometry',
  'Light',
  'NodeOverride',
  'KeypointList',
  'ObjectGroup',
  'Motion',
  'Animation',
  'Placement',
  'Material',
  'Texture',
  'Layer',
  'Sensor',
  'Render',
  'PolicyRule',
  'Outputs',
  'Acceptance',
  'AcceptanceRule',
  'Targets',
  'Goal',
] as const;

/**
 * The reference of configs and scenes as Markdown, made from the JSON Schemas alone, so that it
 * cannot tell anything else than what is checked.
 *
 * @throws Error where a schema has a definition that the reference would leave out.
 */
export function renderConfigReference(): string {
  const config = definitionsOf(configJsonSchema());
  const scene = definitionsOf(sceneJsonSchema());
  requireListed(config, [...VALUE_NAMES, ...CONFIG_SECTIONS, 'Config']);
  requireListed(scene, [...VALUE_NAMES, ...CONFIG_SECTIONS, 'Scene', 'Shape']);
  const values = VALUE_NAMES.map((name) => renderValue(name, definition(config, name)));
  const sections = CONFIG_SECTIONS.map((name) => renderSection(name, definition(config, name)));
  return [
    REFERENCE_INTRO,
    '## Values',
    'Wherever a table says *Number*, *Colour* and so on, a constant or any distribution of that type may stand.',
    ...values,
    '## Config',
    renderFields(definition(config, 'Config')),
    ...sections,
    '## Scene',
    renderFields(definition(scene, 'Scene')),
    renderSection('Shape', definition(scene, 'Shape')),
    '',
  ].join('\n\n');
}

function definitionsOf(schema: JsonSchema): Definitions {
  return Object.fromEntries(
    Object.entries(schema.$defs as Definitions).filter(([name]) => !name.startsWith('Partial')),
  );
}

function definition(definitions: Definitions, name: string): JsonSchema {
  const found = definitions[name];
  if (found === undefined) throw new Error(`the JSON Schema has no definition ${name}`);
  return found;
}

function requireListed(definitions: Definitions, listed: readonly string[]): void {
  const unlisted = Object.keys(definitions).filter((name) => !listed.includes(name));
  if (unlisted.length === 0) return;
  throw new Error(
    `the reference leaves out ${unlisted.join(', ')}; add them to config-reference.ts`,
  );
}

function renderValue(name: (typeof VALUE_NAMES)[number], schema: JsonSchema): string {
  const example = `\`\`\`yaml\n${VALUE_EXAMPLES[name].join('\n')}\n\`\`\``;
  return [`### ${name}`, descriptionOf(schema), renderVariants(schema), example].join('\n\n');
}

function renderSection(name: string, schema: JsonSchema): string {
  const description = descriptionOf(schema) === '' ? [] : [descriptionOf(schema)];
  const body = schema.properties === undefined ? renderVariants(schema) : renderFields(schema);
  return [`### ${name}`, ...description, body].join('\n\n');
}
