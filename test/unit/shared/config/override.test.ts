import { describe, expect, it } from 'vitest';
import { configSchema } from '#shared/config/config-schema';
import { collectSources, type LocatedValue, toPlain } from '#shared/config/located-value';
import { applyOverride, parseOverride } from '#shared/config/override';
import { configFromDocument } from '#shared/config/parse-config';
import { parseDocument } from '#shared/config/parse-document';
import { minimalConfig } from './minimal-config.ts';
import { problemsOf } from './problems-of.ts';

const apply = (text: string, set: string): LocatedValue =>
  applyOverride(parseDocument(text, 'c.yaml'), parseOverride(set), configSchema);
const valueOf = (set: string): unknown => toPlain(parseOverride(set).value);

describe('parseOverride', () => {
  it.each<[string, unknown]>([
    ['a=3', 3],
    ['a= -1.5e-3 ', -0.0015],
    ['a=true', true],
    ['a=cup', 'cup'],
    ['a="3"', '3'],
    ['a=#ff8800', '#ff8800'],
    ["a='#ff8800'", '#ff8800'],
    [
      'a={kind: choice, values: [#ff0000,#00ff00, "#0000ff"]}',
      { kind: 'choice', values: ['#ff0000', '#00ff00', '#0000ff'] },
    ],
    ['a="x #00ff00 y"', 'x #00ff00 y'],
    ['a=x=y', 'x=y'],
    ['nodes["a=b"].yawDegrees=1', 1],
    ['a=[1, {b: 2}]', [1, { b: 2 }]],
    ['a=null', null],
  ])('reads %s', (set, value) => {
    expect(valueOf(set)).toEqual(value);
  });

  it.each([
    [
      'camera.rollDegrees',
      '--set camera.rollDegrees: expected path=value. For example: --set camera.rollDegrees=10',
    ],
    ['=3', '--set =3: expected a path, found nothing'],
    [
      'a..b=3',
      '--set a..b=3: expected a path such as objects.fruit.count or categories[1], found "..b" after "a"',
    ],
    [
      'a=',
      '--set a=: expected a value after =, found nothing. Write null to remove what stands there.',
    ],
    [
      'a=b: 1',
      '--set a=b: 1: expected a value in one piece. Write mappings as {key: value} and lists as [a, b].',
    ],
    [
      'a=x #y',
      '--set a=x #y: expected no comment in the value. Put a text that holds # in quotes.',
    ],
    [
      'a=[1',
      '--set a=[1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'extends=b.yaml',
      '--set extends=b.yaml: expected a parameter, found "extends", which only a file may state',
    ],
  ])('refuses %s', (set, problem) => {
    const [first] = problemsOf(() => parseOverride(set));
    if (set === 'a=[1') expect(first).toMatch(/^--set a=\[1: not valid YAML: /);
    else expect(first).toBe(problem);
  });
});

describe('applyOverride', () => {
  it.each<[string, string, unknown]>([
    ['a: 1', 'a=2', { a: 2 }],
    ['a: {b: 1, c: 2}', 'a.b={d: 3}', { a: { b: { d: 3 }, c: 2 } }],
    ['a: 1', 'b.c.d=2', { a: 1, b: { c: { d: 2 } } }],
    ['a: [x, y]', 'a[1]=z', { a: ['x', 'z'] }],
    ['a: [x, y]', 'a[2]=z', { a: ['x', 'y', 'z'] }],
    ['a: [x, y]', 'a[0]=null', { a: ['y'] }],
    ['a: [{b: 1}]', 'a[0].b=2', { a: [{ b: 2 }] }],
    ['a: {b: 1, c: 2}', 'a.b=null', { a: { c: 2 } }],
    ['a:', 'a.b=1', { a: { b: 1 } }],
  ])('%s with %s', (text, set, expected) => {
    expect(toPlain(apply(text, set))).toEqual(expected);
  });

  it('starts from the default of what the config does not state', () => {
    const document = apply(minimalConfig, 'camera.lens.verticalDegrees=40');
    expect(configFromDocument(document).camera.lens).toEqual({
      kind: 'fov',
      verticalDegrees: 40,
      principalOffset: [0, 0],
    });
    expect(configFromDocument(apply(minimalConfig, 'image.width=320')).image).toEqual({
      width: 320,
      height: 480,
    });
    const sources = collectSources(document, (source) => (source === 'default' ? null : source));
    expect(sources['camera.lens.verticalDegrees']).toBe('--set camera.lens.verticalDegrees');
    expect(sources).not.toHaveProperty('camera.lens.kind');
  });

  it('starts from defaults inside of unions', () => {
    const text = `${minimalConfig}objects:\n  a: {assets: ['*'], count: 1, placement: {kind: scatter, surface: t}}`;
    const config = configFromDocument(apply(text, 'objects.a.placement.yawDegrees.max=90'));
    expect(config.objects.a?.placement).toMatchObject({
      yawDegrees: { kind: 'uniform', min: 0, max: 90 },
    });
  });

  it.each([
    ['name.x=1', '--set name.x: name: expected a mapping, found "minimal"'],
    ['categories.x=1', '--set categories.x: categories: expected a mapping, found a list of 1'],
    ['camera[0]=1', '--set camera[0]: camera: expected a list, found a mapping'],
    [
      'categories[3]=cup',
      '--set categories[3]: categories: expected an index of 0..1 (1 appends), found 3',
    ],
    [
      'sensor.noise=null',
      '--set sensor.noise: sensor.noise: expected something to remove, found nothing',
    ],
  ])('refuses %s', (set, problem) => {
    expect(problemsOf(() => apply(minimalConfig, set))).toEqual([problem]);
  });

  it('names the flag in problems of its value', () => {
    const bad = apply(
      minimalConfig,
      'camera.lens={kind: fov, verticalDegrees: {kind: unifrom}, lens: 3}',
    );
    expect(problemsOf(() => configFromDocument(bad))).toEqual([
      '--set camera.lens: camera.lens.verticalDegrees.kind: expected one of "constant", "uniform", "log-uniform", "normal", "triangular", "beta", "histogram", "empirical", "choice", "mixture", "if", "stage", "ramp", "expression", "permutation", "grid", "sobol", "halton" or "var", found "unifrom". Did you mean "uniform"?',
      '--set camera.lens: camera.lens.lens: unknown key "lens". Allowed keys: kind, verticalDegrees, principalOffset, distortion.',
    ]);
  });
});
