import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import { parseConfig } from '#shared/config/parse-config';
import { formatIssue } from '#shared/core/errors';
import { CATALOGUE, makeScene } from '../../../makers/make-run-inputs.ts';
import { problemsOf } from '../config/problems-of.ts';

/** A config with one more line, which is line 6. */
const withLine = (line: string): string => `configVersion: 1
name: t
scene: room.yaml
frames: 1
categories: [post, crate, wedge, vase]
${line}
camera: { pose: { kind: at, position: [0, 1, 3] } }
`;
const roll = (value: string): string => withLine(`vars: { a: ${value} }`);

/** What sampling could not draw from is refused before the first frame, where it is written. */
describe('distributions that cannot be drawn from', () => {
  it.each([
    [
      '{ kind: uniform, min: 3, max: 1 }',
      'c.yaml:6:12: vars.a: expected min <= max, got min 3 > max 1',
    ],
    [
      '{ kind: constant, value: [0.5, 0.5, 0.5, 0.4] }',
      'c.yaml:6:37: vars.a.value: expected a unit quaternion [w, x, y, z], found one of length 0.9539392014169457',
    ],
    [
      '{ kind: log-uniform, min: 2, max: 1 }',
      'c.yaml:6:12: vars.a: expected min <= max, got min 2 > max 1',
    ],
    [
      '{ kind: integer, min: 2, max: 1 }',
      'c.yaml:6:12: vars.a: expected min <= max, got min 2 > max 1',
    ],
    [
      '{ kind: normal, mean: 0, std: 1, min: 2, max: 1 }',
      'c.yaml:6:12: vars.a: expected min < max',
    ],
    [
      '{ kind: normal, mean: 5, std: 0, max: 1 }',
      'c.yaml:6:12: vars.a: expected a mean in min..max where std is 0',
    ],
    [
      '{ kind: choice, values: [1, 2], weights: [0, 0] }',
      'c.yaml:6:12: vars.a: expected one weight for each value, at least one above 0',
    ],
    [
      '{ kind: choice, values: [1, 2], weights: [1] }',
      'c.yaml:6:12: vars.a: expected one weight for each value, at least one above 0',
    ],
    [
      '{ kind: triangular, min: 0, mode: 5, max: 3 }',
      'c.yaml:6:12: vars.a: expected min <= mode <= max, got min 0, mode 5, max 3',
    ],
    [
      '{ kind: beta, alpha: 1, beta: 1, min: 2, max: 1 }',
      'c.yaml:6:12: vars.a: expected min <= max, got min 2 > max 1',
    ],
    [
      '{ kind: beta, alpha: 0, beta: 1 }',
      'c.yaml:6:33: vars.a.alpha: expected a number > 0, found 0',
    ],
    [
      '{ kind: beta, alpha: 1, beta: -2 }',
      'c.yaml:6:42: vars.a.beta: expected a number > 0, found -2',
    ],
    [
      '{ kind: histogram, edges: [0, 2, 1], weights: [1, 1] }',
      'c.yaml:6:12: vars.a: expected edges that rise, found 1 after 2',
    ],
    [
      '{ kind: histogram, edges: [0, 1], weights: [1, 1] }',
      'c.yaml:6:12: vars.a: expected 1 weight for 2 edges, at least one above 0, found 2 with a sum of 2',
    ],
    [
      '{ kind: histogram, edges: [0, 1, 2], weights: [0, 0] }',
      'c.yaml:6:12: vars.a: expected 2 weights for 3 edges, at least one above 0, found 2 with a sum of 0',
    ],
    [
      '{ kind: histogram, edges: [0, 1, 2], weights: [1, -1] }',
      'c.yaml:6:62: vars.a.weights[1]: expected a number >= 0, found -1',
    ],
    [
      '{ kind: mixture, of: [1, 2], weights: [0, 0] }',
      'c.yaml:6:12: vars.a: expected one weight for each value, at least one above 0',
    ],
    ['{ kind: mixture, of: [] }', 'c.yaml:6:33: vars.a.of: expected a list of at least 1, found 0'],
    [
      '{ kind: mixture, of: [{ kind: uniform, min: 2, max: 1 }] }',
      'c.yaml:6:34: vars.a.of[0]: expected min <= max, got min 2 > max 1',
    ],
    [
      '{ kind: permutation, values: { min: 0.5, max: 2 } }',
      'c.yaml:6:41: vars.a.values: expected steps, or whole numbers for min and max',
    ],
    [
      '{ kind: permutation, values: { min: 5, max: 2 } }',
      'c.yaml:6:41: vars.a.values: expected min <= max, got min 5 > max 2',
    ],
    [
      '{ kind: grid, values: [1], hold: 0 }',
      'c.yaml:6:45: vars.a.hold: expected a whole number >= 1, found 0',
    ],
    [
      '{ kind: sobol, dimension: 65, of: { kind: uniform, min: 0, max: 1 } }',
      'c.yaml:6:38: vars.a.dimension: expected a whole number <= 64, found 65',
    ],
    [
      '{ kind: halton, dimension: 1, of: 3 }',
      'c.yaml:6:46: vars.a.of: expected a mapping with kind "uniform", "log-uniform", "normal", "triangular" or others, found 3',
    ],
    [
      '{ kind: disc, axis: [0, 0, 0] }',
      'c.yaml:6:32: vars.a.axis: expected an axis that is not [0, 0, 0]',
    ],
  ])('%s', (value, problem) => {
    expect(problemsOf(() => parseConfig(roll(value), 'c.yaml'))).toEqual([problem]);
  });

  it.each([
    ['{ kind: log-uniform, min: 0, max: 1 }', 'vars.a.min'],
    ['{ kind: normal, mean: 0, std: -1 }', 'vars.a.std'],
    ['{ kind: chance, probability: 1.2 }', 'vars.a.probability'],
    ['{ kind: integer, min: 0.5, max: 2 }', 'vars.a.min'],
    ['{ kind: choice, values: [] }', 'vars.a.values'],
  ])('%s is refused at %s', (value, path) => {
    const problems = problemsOf(() => parseConfig(roll(value), 'c.yaml'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^c\\.yaml:6:\\d+: ${path.replaceAll('.', '\\.')}: `));
  });

  const light = (color: string): string =>
    withLine(
      `lights: { k: { kind: point, place: { kind: at, position: [0, 1, 0] }, intensity: 1, color: ${color} } }`,
    );
  it.each([
    [
      light('{ kind: hsv, hueDegrees: 0, value: { kind: uniform, min: 0.5, max: 1.5 } }'),
      'lights.k.color.value: expected 0..1, found a distribution that reaches 1.5',
    ],
    [
      light('{ kind: hsv, hueDegrees: 0, saturation: 2 }'),
      'lights.k.color.saturation: expected 0..1, found 2',
    ],
    [
      light('{ kind: temperature, kelvin: { kind: uniform, min: 1500, max: 3000 } }'),
      'lights.k.color.kelvin: expected 1667..25000, found a distribution that reaches 1500',
    ],
    [
      light('{ kind: oklch, lightness: 1.1, chroma: 0.1, hueDegrees: 0 }'),
      'lights.k.color.lightness: expected 0..1, found 1.1',
    ],
    [
      light(
        '{ kind: oklch, lightness: 0.5, chroma: { kind: beta, alpha: 1, beta: 2 }, hueDegrees: 0 }',
      ),
      'lights.k.color.chroma: expected 0..0.5, found a distribution that reaches 1',
    ],
  ])('a colour that leaves what colours are: %#', (text, problem) => {
    const config = parseConfig(text, 'c.yaml');
    const issues = findConfigIssues(config, { scene: makeScene(), catalogue: CATALOGUE });
    expect(issues.map(formatIssue)).toEqual([`t: ${problem}`]);
  });

  const vignetting = (value: string): string => withLine(`sensor: { vignetting: ${value} }`);
  it.each([
    ['{ kind: mixture, of: [0.1, { kind: uniform, min: 0, max: 1.4 }] }', 1.4],
    ['{ kind: triangular, min: -0.2, mode: 0.5, max: 1 }', -0.2],
    ['{ kind: histogram, edges: [0, 1, 3], weights: [1, 1] }', 3],
    ['{ kind: empirical, values: [0.2, 7] }', 7],
    ['{ kind: permutation, values: { min: 0, max: 2 } }', 2],
    ['{ kind: grid, values: [0, 0.5, -1] }', -1],
    ['{ kind: sobol, dimension: 1, of: { kind: uniform, min: 0, max: 2 } }', 2],
    ['{ kind: halton, dimension: 1, of: { kind: beta, alpha: 1, beta: 1, max: 5 } }', 5],
  ])('a parameter that %s takes out of its range', (value, reached) => {
    expect(meaningOf(vignetting(value))).toEqual([
      `t: sensor.vignetting: expected 0..1, found a distribution that reaches ${reached}`,
    ]);
  });

  const sun = 'sun: { kind: uniform, min: 1, max: 20 }, wet: { kind: chance, probability: 0.5 }';
  it.each([
    ['of: 1 +', 'vars.a.of: expected a number, a name or "(", found the end at column 4 of "1 +"'],
    [
      'of: sqr(2)',
      /^c\.yaml:6:\d+: vars\.a\.of: expected one of the functions abs, .*, found "sqr" at column 1/,
    ],
  ])('an expression of the wrong form: %s', (of, problem) => {
    const text = roll(`{ kind: expression, ${of} }`);
    const [found = '', ...more] = problemsOf(() => parseConfig(text, 'c.yaml'));
    expect(more).toEqual([]);
    if (typeof problem === 'string') expect(found).toContain(problem);
    else expect(found).toMatch(problem);
  });

  it.each([
    ['sum + 1', 'unknown variable "sum" at column 1 of "sum + 1". Did you mean "sun"?'],
    [
      '1 + b',
      'expected variables that stand above this one, found "b" at column 5 of "1 + b". Variables are drawn in order.',
    ],
    [
      '1 + a',
      'expected variables that stand above this one, found "a" at column 5 of "1 + a". Variables are drawn in order.',
    ],
    ['sun + wet', 'expected a number, found true or false at column 7 of "sun + wet"'],
    [
      'sun == "x"',
      'expected two values of one type, found number and text at column 5 of "sun == \\"x\\""',
    ],
    ['"x"', 'expected an expression that is a number or flag, found "\\"x\\""'],
  ])('an expression of the wrong meaning: %s', (of, problem) => {
    const value = `{ kind: expression, of: '${of}' }`;
    expect(meaningOf(withLine(`vars: { ${sun}, a: ${value}, b: 1 }`))).toEqual([
      `t: vars.a.of: ${problem}`,
    ]);
  });

  it('a condition that is none, and branches of the wrong type or order', () => {
    const text = withLine(
      `vars: { ${sun}, a: { kind: if, when: sun, then: 1, else: { kind: expression, of: c } } }`,
    );
    expect(meaningOf(text)).toEqual([
      't: vars.a.when: expected an expression that is true or false, found "sun"',
      't: vars.a.else.of: unknown variable "c" at column 1 of "c". Variables: sun, wet, progress, stage, goal.',
    ]);
  });

  it.each([
    ['sun / 10', 2],
    ['1 - sun', -19],
    ['max(sun, 3) - 2.5', 17.5],
    ['mix(0.2, 4, sun / 20)', 4],
  ])('an expression that leaves its range: %s', (of, reached) => {
    const text = withLine(
      `vars: { ${sun} }\nsensor: { vignetting: { kind: expression, of: '${of}' } }`,
    );
    expect(meaningOf(text)).toEqual([
      `t: sensor.vignetting: expected 0..1, found a distribution that reaches ${reached}`,
    ]);
  });

  it.each(['sun / (sun + 1)', '0.5 + 0.4 * sin(sun)', 'clamp(sun, 0, 1)', '(sun - 1) / 19'])(
    'but not one that stays in it, or whose bounds are not sure: %s',
    (of) => {
      const text = withLine(
        `vars: { ${sun} }\nsensor: { vignetting: { kind: expression, of: '${of}' } }`,
      );
      expect(meaningOf(text)).toEqual([]);
    },
  );

  it('a number that is not whole where one must be', () => {
    const group = (of: string): string =>
      withLine(
        `vars: { n: { kind: integer, min: 1, max: 3 } }\nobjects: { g: { categories: [crate], count: { kind: expression, of: ${of} }, placement: { kind: scatter, surface: floor } } }`,
      );
    expect(meaningOf(group('2 * n + 1'))).toEqual([]);
    expect(meaningOf(group('n / 2'))).toEqual([
      't: objects.g.count.of: expected an expression that is a whole number, found "n / 2". Use round().',
    ]);
    expect(meaningOf(group('round(n / 2)'))).toEqual([]);
  });

  it('two values that go through one dimension', () => {
    const spread = '{ kind: sobol, dimension: 2, of: { kind: uniform, min: 0, max: 1 } }';
    const text = withLine(`vars: { a: ${spread}, b: [1, ${spread}, 2] }`);
    expect(meaningOf(text)).toEqual([
      't: vars.b[1].dimension: expected a dimension of its own, found 2, which vars.a has. Free is 1. To let values vary together, draw a variable and refer to it.',
    ]);
    // The sequences of Sobol and of Halton have nothing to do with one another.
    const other = spread.replace('sobol', 'halton');
    expect(meaningOf(withLine(`vars: { a: ${spread}, b: ${other} }`))).toEqual([]);
  });

  it('a variable of a type that its place cannot take, whatever it is drawn by', () => {
    const text = withLine(
      'vars: { a: { kind: mixture, of: [1, { kind: sphere }] }, b: { kind: var, name: a } }',
    );
    expect(meaningOf(text)).toEqual([
      't: vars.b.name: expected a variable that is a number, found "a", which may be a vector',
    ]);
  });
});

function meaningOf(text: string): string[] {
  const config = parseConfig(text, 'c.yaml');
  return findConfigIssues(config, { scene: makeScene(), catalogue: CATALOGUE }).map(formatIssue);
}
