import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import { configSchema } from '#shared/config/config-schema';
import { parseConfig } from '#shared/config/parse-config';
import { rangeOf } from '#shared/config/value-range';
import { formatIssue } from '#shared/core/errors';
import { CATALOGUE, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

const HEAD = `configVersion: 1
name: steps
scene: room.yaml
frames: 10
categories: [post, crate, wedge, vase]
camera:
  pose: { kind: at, position: [0, 1.5, 3], target: [0, 0.75, 0] }
  rollDegrees: 2
`;
const parse = (text: string) => parseConfig(`${HEAD}${text}`, 'steps.yaml');
const problemsOf = (text: string): readonly string[] => {
  try {
    const config = parse(text);
    return findConfigIssues(config, { scene: makeScene(), catalogue: CATALOGUE }).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  } catch (error) {
    return (error as { issues: Parameters<typeof formatIssue>[0][] }).issues.map(formatIssue);
  }
};

describe('what a stage sets', () => {
  it('becomes a staged value at the parameter; other stages keep what is stated', () => {
    const config = parse(`schedule:
  stages:
    easy: { untilProgress: 0.2 }
    middle: { untilProgress: 0.5, set: { camera.rollDegrees: 5 } }
    hard:
      set:
        camera.rollDegrees: { kind: uniform, min: 0, max: 9 }
`);
    expect(config.camera.rollDegrees).toEqual({
      kind: 'stage',
      of: { easy: 2, middle: 5, hard: { kind: 'uniform', min: 0, max: 9 } },
    });
    expect(config.schedule).toEqual({
      stages: { easy: { untilProgress: 0.2 }, middle: { untilProgress: 0.5 }, hard: {} },
    });
    expect(rangeOf(config.camera.rollDegrees, {})).toEqual({ min: 0, max: 9 });
  });

  it('may be a parameter that no stage leaves to its default', () => {
    const config = parse(
      'schedule: { stages: { a: { untilFrame: 3, set: { environment.strength: 1 } }, b: { set: { environment.strength: 2 } } } }',
    );
    expect(config.environment.strength).toEqual({ kind: 'stage', of: { a: 1, b: 2 } });
  });

  it.each([
    [
      'schedule: { stages: { a: { untilFrame: 3 }, b: { set: { environment.strength: 2 } } } }',
      'steps.yaml:9:57: schedule.stages.b.set["environment.strength"]: expected a value for a too: the config states none at environment.strength',
    ],
    [
      'schedule: { stages: { a: { set: { camera.nearMeters: 2 } } } }',
      'expected the path of a parameter that takes distributions, found another',
    ],
    [
      'schedule: { stages: { a: { set: { camera.rollDegrees: wide } } } }',
      'camera.rollDegrees.of.a: expected',
    ],
  ])('is refused where it cannot be set: %s', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });
});

describe('a schedule', () => {
  const stages = 'schedule: { stages: { easy: { untilProgress: 0.5 }, hard: {} } }\n';

  it('is good with staged values, ramps, and expressions of both', () => {
    expect(
      problemsOf(`${stages}vars:
  a: { kind: stage, of: { easy: 1, hard: 2 } }
  b: { kind: ramp, points: [[0, 1], [1, { kind: uniform, min: 1, max: 2 }]] }
  c: { kind: expression, of: "mix(a, b, progress)" }
  d: { kind: if, when: "stage == 'hard'", then: 1, else: 0 }
`),
    ).toEqual([]);
  });

  it.each([
    [
      'schedule: { stages: { a: {}, b: {} } }',
      'schedule.stages.a.untilProgress: expected untilProgress: only the last stage has no end',
    ],
    [
      'schedule: { stages: { a: { untilProgress: 0.5 }, b: { untilFrame: 7 }, c: {} } }',
      'schedule.stages.b.untilFrame: expected untilProgress, as the first stage has it, found untilFrame',
    ],
    [
      'schedule: { stages: { a: { untilFrame: 7 }, b: { untilFrame: 7 }, c: {} } }',
      'schedule.stages.b.untilFrame: expected more than 7, where the stage above ends, found 7',
    ],
    [
      'schedule: { stages: { a: { untilFrame: 7 } } }',
      'schedule.stages.a.untilFrame: expected no end of the last stage, which takes the rest, found untilFrame',
    ],
    [
      `${stages}vars: { x: { kind: stage, of: { easy: 1, head: 2 } } }`,
      'vars.x.of.head: unknown stage "head"',
    ],
    [
      `${stages}vars: { x: { kind: stage, of: { easy: 1 } } }`,
      'vars.x.of: expected a value for each stage, found none for hard',
    ],
    [
      'vars: { x: { kind: stage, of: { easy: 1 } } }',
      'vars.x: expected stages under `schedule`, found none',
    ],
    [
      'vars: { progress: 1 }',
      'vars.progress: expected another name: in expressions progress is that of the schedule',
    ],
    [
      `${stages}vars: { x: { kind: expression, of: "stage == 'heard'" } }`,
      'vars.x.of: unknown stage "heard" at column',
    ],
    [
      `${stages}environment: { strength: { kind: stage, of: { easy: 1, hard: -1 } } }`,
      'environment.strength: expected 0..1000000, found a distribution that reaches -1',
    ],
  ])('is refused with its place: %s', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it('may use a dimension of a sequence in several stages of one value, and in no other', () => {
    const value = '{ kind: sobol, dimension: 1, of: { kind: uniform, min: 0, max: 1 } }';
    const staged = `${stages}vars: { a: { kind: stage, of: { easy: ${value}, hard: ${value} } } }`;
    expect(problemsOf(staged)).toEqual([]);
    expect(problemsOf(`${staged.slice(0, -1)}, b: ${value} }`).join()).toContain(
      'expected a dimension of its own',
    );
  });

  it('refuses a ramp whose progress does not rise', () => {
    expect(
      problemsOf('vars: { x: { kind: ramp, points: [[0.5, 1], [0.5, 2]] } }').join(),
    ).toContain('expected progress that rises, found 0.5 after 0.5');
  });

  it('of a config that was parsed without its loader may not hold `set`', () => {
    const { config, ...inputs } = makeRunInputs();
    const schedule = { stages: { a: { set: { 'camera.rollDegrees': 1 } } } };
    const found = findConfigIssues(configSchema.parse({ ...config, schedule }), inputs);
    expect(found.map(({ path }) => path)).toEqual(['schedule.stages.a.set']);
  });
});
