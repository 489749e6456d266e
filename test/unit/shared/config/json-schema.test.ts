import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderConfigReference } from '#shared/config/config-reference';
import { configSchema } from '#shared/config/config-schema';
import { configJsonSchema, sceneJsonSchema } from '#shared/config/json-schema';
import { VALUE_EXAMPLES } from '#shared/config/reference-texts';
import { sceneSchema } from '#shared/config/scene-schema';
import * as values from '#shared/config/value-schemas';
import { minimalConfig } from './minimal-config.ts';

const ajv = new Ajv2020({ strict: false });
const isConfig = ajv.compile(configJsonSchema());
const isScene = ajv.compile(sceneJsonSchema());

describe('configJsonSchema', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['$schema: ./schema.json', true],
    ['seed: 7', true],
    ['seed: [7]', false],
    ['sed: 7', false],
    ['image: {width: 10, height: 20}', true],
    ['image: {width: 10, height: 20, depth: 3}', false],
    ['image: {width: 10}', false],
    ['image: {width: 10.5, height: 20}', false],
    ['image: {width: 9000, height: 20}', false],
    ['sensor: {vignetting: 0.5}', true],
    ['sensor: {vignetting: {kind: uniform, min: 0, max: 1}}', true],
    ['sensor: {vignetting: {kind: uniform, min: 0}}', false],
    ['sensor: {vignetting: {kind: unifrom, min: 0, max: 1}}', false],
    ['sensor: {vignetting: {kind: constant, value: 1, min: 0}}', false],
    ['sensor: {noise: null}', false],
    ['vars: {a: [1, 2, {kind: normal, mean: 0, std: 1}], b: true, c: text}', true],
    ['vars: {a: [1, 2]}', false],
    [
      "lights: {k: {kind: spot, place: {kind: at, position: [0, 1, 0]}, intensity: 1, color: '#FFaa00'}}",
      true,
    ],
    [
      "lights: {k: {kind: spot, place: {kind: at, position: [0, 1, 0]}, intensity: 1, color: 'ffaa00'}}",
      false,
    ],
    [
      'lights: {k: {kind: spot, place: {kind: at, position: [0, 1, 0]}, intensity: 1, colour: red}}',
      false,
    ],
    [
      'objects: {g: {assets: [a], count: {kind: integer, min: 1, max: 2}, placement: {kind: free, volume: air}}}',
      true,
    ],
    ['objects: {g: {assets: [a], count: 1.5, placement: {kind: free, volume: air}}}', false],
    ['outputs: {rgb: {format: webp, lossless: true}}', true],
    ['outputs: {rgb: {format: png, quality: 3}}', false],
    ['labels: {opaqueFrom: 1.1}', false],
  ])('agrees with zod on %s', (more, valid) => {
    const input: unknown = parse(`${minimalConfig}${more}`);
    expect(configSchema.safeParse(input).success).toBe(valid);
    expect(isConfig(input)).toBe(valid);
  });

  it.each<[string, boolean]>([
    ['extends: base.yaml', true],
    ['extends: [a.yaml, b.yaml]\nobjects: {fruit: {count: 3}}', true],
    ['extends: a.yaml\nsensor: {noise: null, vignetting: {max: 0.4}}', true],
    ['extends: a.yaml\nobjects: {fruit: null}', true],
    ['extends: 3', false],
    ['extends: a.yaml\nobjects: {fruit: {cuont: 3}}', false],
    ['extends: a.yaml\nframes: 0', false],
    ['name: alone', false],
  ])('judges the config that extends others: %s', (text, valid) => {
    expect(isConfig(parse(text))).toBe(valid);
  });

  it('describes its definitions', () => {
    const definitions = configJsonSchema().$defs as Record<string, { description?: string }>;
    expect(definitions.NumberValue?.description).toBe('A number or a distribution over numbers.');
    expect(Object.keys(definitions)).toContain('PartialCamera');
  });
});

describe('sceneJsonSchema', () => {
  it.each<[string, boolean]>([
    ['sceneVersion: 1\nname: a', true],
    ['sceneVersion: 1\nname: a\nnodes: [{name: b, shape: {kind: sphere, radius: 1}}]', true],
    ['sceneVersion: 1\nname: a\nnodes: [{name: b, shape: {kind: sphere, radius: 0}}]', false],
    ['sceneVersion: 1\nname: a\nnodes: [{nme: b, model: c}]', false],
    ['sceneVersion: 2\nname: a', false],
  ])('agrees with zod on %s', (text, valid) => {
    const input: unknown = parse(text);
    expect(sceneSchema.safeParse(input).success).toBe(valid);
    expect(isScene(input)).toBe(valid);
  });
});

describe('renderConfigReference', () => {
  const reference = renderConfigReference();

  it('lists keys with type, default and meaning', () => {
    expect(reference).toContain(
      '| `labels.minPixels` | whole number ≥ 1 | `1` | Least visible pixels of an annotated instance. |',
    );
    expect(reference).toContain('| `count` | [Integer](#integervalue) | **required** |');
    expect(reference).toContain('| `seed` | text or whole number | `"0"` | Master seed. |');
  });

  it('links only to headings that exist', () => {
    const headings = new Set(
      [...reference.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title?.toLowerCase()),
    );
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((link) => !headings.has(link))).toEqual([]);
  });

  it.each([
    ['NumberValue', values.numberValue],
    ['IntegerValue', values.integerValue],
    ['ColorValue', values.colorValue],
    ['Vec3Value', values.vec3Value],
    ['StringValue', values.stringValue],
    ['FlagValue', values.flagValue],
    ['VariableValue', values.variableValue],
  ] as const)('shows examples of %s that are valid', (name, schema) => {
    const examples = parse(VALUE_EXAMPLES[name].join('\n')) as Record<string, unknown>;
    for (const example of Object.values(examples))
      expect(schema.safeParse(example).error).toBeUndefined();
  });
});
