import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#shared/config/parse-config';
import { ConfigError } from '#shared/core/errors';
import { minimalConfig } from './minimal-config.ts';
import { problemsOf } from './problems-of.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/config/${name}`, import.meta.url), 'utf8');
const problems = (text: string): string[] => problemsOf(() => parseConfig(text, 'c.yaml'));

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    const config = parseConfig(minimalConfig, 'c.yaml');
    expect(config.image).toEqual({ width: 640, height: 480 });
    expect(config.camera.lens).toEqual({
      kind: 'fov',
      verticalDegrees: 45,
      principalOffset: [0, 0],
    });
    expect(config.render.ambientOcclusion).toEqual({ radiusMeters: 0.12, strength: 1 });
    expect(config.outputs.depth).toEqual({ png: true, float: 'none' });
  });

  it.each([
    [
      'outputs: {coco: false, polygons: true}',
      'c.yaml:8:10: outputs: expected coco where polygons are asked for: they are fields of annotations/instances.json',
    ],
    ['outputs: {polygons: yes}', 'outputs.polygons: expected'],
    [
      'outputs: {polygons: {tolerancePixels: -1}}',
      'outputs.polygons.tolerancePixels: expected a number >= 0, found -1',
    ],
    [
      'outputs: {coco: {segmentation: polygons}}',
      'outputs.coco.segmentation: expected one of "rle" or "polygon", found "polygons". Did you mean "polygon"?',
    ],
    [
      'outputs: {pointCloud: ply2}',
      'outputs.pointCloud: expected one of "none", "ply" or "npz", found "ply2". Did you mean "ply"?',
    ],
    [
      'outputs: {normals: {png: true, flaot: exr}}',
      'outputs.normals.flaot: unknown key "flaot". Did you mean "float"?',
    ],
  ])('refuses %s', (line, text) => {
    const found = problems(`${minimalConfig}${line}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(text);
  });

  it('takes switches of outputs with and without their options', () => {
    const outputs = (line: string) =>
      parseConfig(`${minimalConfig}outputs: ${line}\n`, 'c.yaml').outputs;
    expect(outputs('{polygons: true, coco: {segmentation: polygon}}')).toMatchObject({
      polygons: true,
      coco: { segmentation: 'polygon' },
    });
    expect(outputs('{polygons: {}, coco: {}}')).toMatchObject({
      polygons: { tolerancePixels: 0 },
      coco: { segmentation: 'rle' },
    });
  });

  it('leaves $schema out', () => {
    expect(parseConfig(`$schema: ./schema.json\n${minimalConfig}`, 'c.yaml')).not.toHaveProperty(
      '$schema',
    );
  });

  it('reports every mistake of a file at once, word for word', () => {
    let report = '';
    try {
      parseConfig(fixture('mistakes.yaml'), 'mistakes.yaml');
    } catch (error) {
      if (error instanceof ConfigError) report = error.message;
    }
    expect(`${report}\n`).toBe(fixture('mistakes.report.txt'));
  });

  it.each([
    [
      'extends: base.yaml',
      'c.yaml:1:10: extends: cannot read "base.yaml": this text stands alone. Load it from its file.',
    ],
    ['extends: 3', 'c.yaml:1:10: extends: expected a path or a list of paths, found 3'],
    [
      'extends: [a, {}]',
      'c.yaml:1:14: extends[1]: expected a path or a list of paths, found a mapping',
    ],
    ['', 'c.yaml:1:1: expected a mapping, found nothing'],
    ['- a', 'c.yaml:1:1: expected a mapping, found a list of 1'],
  ])('refuses %j', (text, problem) => {
    expect(problems(text)[0]).toBe(problem);
  });

  it('takes a misspelt extends for what it is', () => {
    expect(problems(`extend: base.yaml\n${minimalConfig}`)).toEqual([
      'c.yaml:1:1: extend: unknown key "extend". Did you mean "extends"?',
    ]);
  });

  it.each([
    [
      'seed: null',
      'c.yaml:1:1: seed: expected a text, or a whole number, found null. null removes a key that a base config sets; nothing sets this one.',
    ],
    [
      'seed: 12345678901234567890',
      'c.yaml:1:7: seed: expected a whole number <= 9007199254740991, found 12345678901234567000',
    ],
    ['labels: {opaqueFrom: .nan}', 'c.yaml:1:22: labels.opaqueFrom: expected a number, found .nan'],
    ['image: {width: 320}', 'c.yaml:1:8: image.height: expected a whole number, found nothing'],
    ['image: 640', 'c.yaml:1:8: image: expected a mapping, found 640'],
    [
      'sensor: {vignetting: {min: 0, max: 1}}',
      'c.yaml:1:22: sensor.vignetting.kind: expected one of "constant", "uniform", "log-uniform", "normal", "triangular", "beta", "histogram", "empirical", "choice", "mixture", "if", "stage", "ramp", "expression", "permutation", "grid", "sobol", "halton" or "var", found nothing',
    ],
    [
      'sensor: {vignetting: [1, 2]}',
      'c.yaml:1:22: sensor.vignetting: expected a number, or a mapping with kind "constant", "uniform", "log-uniform", "normal" or others, found a list of 2',
    ],
    [
      'nodes: {"a.b": {yawDegree: 3}}',
      'c.yaml:1:17: nodes["a.b"].yawDegree: unknown key "yawDegree". Did you mean "yawDegrees"?',
    ],
    [
      'vars: {a: {kind: choice, values: [1, 2], weights: [1]}}',
      'c.yaml:1:11: vars.a: expected one weight for each value, at least one above 0',
    ],
    [
      'vars: {a: {kind: uniform, min: 5, max: lots}}',
      'c.yaml:1:40: vars.a.max: expected a number, found "lots"',
    ],
  ])('explains %s', (line, problem) => {
    expect(problems(`${line}\n${minimalConfig}`)).toEqual([problem]);
  });

  it('never shows the errors of branches that were not meant', () => {
    const text = `objects:\n  a:\n    assets: ['*']\n    count: 1\n    placement: {kind: scatter, surface: t}\n    material:\n      texture: {kind: one-of, textures: [{kind: nois, colors: ['#000000', '#ffffff']}]}\n${minimalConfig}`;
    expect(problems(text)).toEqual([
      'c.yaml:7:49: objects.a.material.texture.textures[0].kind: expected one of "image", "material", "noise", "value", "simplex", "worley", "checks", "stripes", "gradient", "marble", "wood", "bricks", "tiles", "fabric", "scratches", "label" or "random", found "nois". Did you mean "noise"?',
    ]);
  });
});
