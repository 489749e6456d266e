import { describe, expect, it } from 'vitest';
import { findConfigIssues } from '#shared/config/check-config';
import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { makeRunInputs } from '../../../makers/make-run-inputs.ts';

const problemsOf = (changes: Partial<ConfigInput>): string => {
  const { config, ...inputs } = makeRunInputs(changes);
  return findConfigIssues(config, inputs)
    .map(({ path, message, suggestion = '' }) => `${path}: ${message} ${suggestion}`)
    .join('\n');
};
const accept = { rules: [{ kind: 'count' as const, categories: ['creat'], atLeast: 1 }] };
const targets = { goals: { a: { instances: 3, occlusion: { min: 0.4 } } } };

describe('accept and targets', () => {
  it.each<[Partial<ConfigInput>, string]>([
    [{ accept }, 'accept.rules[0].categories[0]: unknown category "creat". Did you mean "crate"?'],
    [
      { targets, labels: { amodal: false } },
      'targets.goals.a.occlusion: expected no occlusion where labels.amodal is false',
    ],
    [
      { targets, sequence: { frames: 2 } },
      'targets: expected no targets where frames form sequences.',
    ],
    [
      { targets, vars: { x: { kind: 'expression', of: "goal == 'b'" } } },
      'vars.x.of: unknown goal "b" at column',
    ],
    [
      { vars: { x: { kind: 'expression', of: "goal == 'b'" } } },
      'vars.x.of: expected goals under `targets` for "goal"',
    ],
    [{ vars: { goal: 1 } }, 'vars.goal: expected another name'],
    [
      {
        targets: { goals: { a: { instances: 3, categories: ['crate'], weight: 4 } } },
        objects: {},
      },
      'targets.goals.a.weight: expected a labelled group that draws crate among other categories, found none',
    ],
  ])('are refused with their place: %j', (changes, expected) => {
    expect(problemsOf(changes)).toContain(expected);
  });

  it('are good where all that they name exists, frames without a goal included', () => {
    const vars = { x: { kind: 'expression', of: "goal == 'a' or goal == 'none'" } } as const;
    expect(problemsOf({ targets, vars })).toBe('');
  });

  it.each([
    [{ rules: [{ kind: 'count' }] }, 'expected atLeast or atMost'],
    [{ rules: [{ kind: 'count', atLeast: 3, atMost: 2 }] }, 'expected atLeast <= atMost'],
    [{ rules: [{ kind: 'brightness', min: 0.5, max: 0.4 }] }, 'expected min <= max, got min 0.5'],
    [{ rules: [] }, '>=1 items'],
  ])('are refused by their form: %j', (stated, expected) => {
    const result = configSchema.safeParse({ ...makeRunInputs().config, accept: stated });
    expect(result.error?.issues.map(({ message }) => message).join()).toContain(expected);
  });

  it('have a weight only where a goal names categories that a group draws among others', () => {
    const goal = { instances: 3, weight: 4 };
    const config = { ...makeRunInputs().config, targets: { goals: { a: goal } } };
    const [issue] = configSchema.safeParse(config).error?.issues ?? [];
    expect(issue?.message).toBe('expected categories where a weight is given');
    const group: NonNullable<ConfigInput['objects']>[string] = {
      categories: ['crate', 'post'],
      count: 1,
      placement: { kind: 'scatter', surface: 'floor' },
    };
    const weighed = { goals: { a: { ...goal, categories: ['crate'] } } };
    expect(problemsOf({ targets: weighed, objects: { things: group } })).toBe('');
    expect(
      problemsOf({ targets: weighed, objects: { things: { ...group, labelled: false } } }),
    ).toContain('targets.goals.a.weight');
  });
});
