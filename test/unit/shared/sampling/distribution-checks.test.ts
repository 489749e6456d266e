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
  ])('a colour that leaves what colours are: %#', (text, problem) => {
    const config = parseConfig(text, 'c.yaml');
    const issues = findConfigIssues(config, { scene: makeScene(), catalogue: CATALOGUE });
    expect(issues.map(formatIssue)).toEqual([`t: ${problem}`]);
  });
});
