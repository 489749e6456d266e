import { describe, expect, it } from 'vitest';
import { editConfigText, plainValueAt } from '#shared/config/edit-config-text';

const TEXT = `# A dataset of fruit.
extends: base.yaml
frames: 5 # few

objects:
  # What it is about.
  fruit:
    count: { kind: integer, min: 2, max: 4 } # by hand
    categories: [apple, pear]
`;

const edit = (path: string, value: unknown, resolved: unknown = {}): string =>
  editConfigText(TEXT, [{ path, value }], resolved);

describe('editConfigText', () => {
  it('changes a value and nothing else', () => {
    expect(edit('frames', 9)).toBe(TEXT.replace('frames: 5', 'frames: 9'));
    expect(edit('objects.fruit.count.max', 7)).toBe(TEXT.replace('max: 4', 'max: 7'));
    expect(edit('objects.fruit.count', 3)).toBe(
      TEXT.replace('{ kind: integer, min: 2, max: 4 }', '3'),
    );
    expect(edit('objects.fruit.categories[1]', 'plum')).toBe(TEXT.replace('pear', 'plum'));
  });

  it('puts a distribution on one line', () => {
    const value = { kind: 'uniform', min: 0, max: 1 };
    expect(edit('frames', value)).toBe(
      TEXT.replace('frames: 5', 'frames: { kind: uniform, min: 0, max: 1 }'),
    );
  });

  it('states what only a base has', () => {
    expect(edit('camera.rollDegrees', 4)).toBe(`${TEXT}camera:\n  rollDegrees: 4\n`);
    expect(edit('objects.fruit.count.step', 2)).toBe(TEXT.replace('max: 4 }', 'max: 4, step: 2 }'));
    expect(edit('objects.fruit.placement.kind', 'drop')).toBe(
      `${TEXT}    placement:\n      kind: drop\n`,
    );
    expect(edit('objects.tools.count', 3)).toBe(`${TEXT}  tools:\n    count: 3\n`);
    const resolved = { schedule: { stages: [{ until: 0.2 }, { until: 1 }] } };
    expect(edit('schedule.stages[0].until', 0.2, resolved)).toBe(
      `${TEXT}schedule:\n  stages: [{ until: 0.2 }, { until: 1 }]\n`,
    );
  });

  it('puts a key before what follows, below the last line of its mapping', () => {
    const text = 'a:\n  b: 1 # one\n\n# Next.\nc: 2';
    expect(editConfigText(text, [{ path: 'a.d', value: 'x: y' }], {})).toBe(
      'a:\n  b: 1 # one\n  d: "x: y"\n\n# Next.\nc: 2'.replaceAll('\\"', '"'),
    );
    expect(editConfigText(text, [{ path: 'e', value: true }], {})).toBe(`${text}\ne: true\n`);
  });

  it('removes what null stands for', () => {
    expect(edit('frames', null)).not.toContain('frames');
  });

  it('refuses what is no path', () => {
    expect(() => edit('a..b', 1)).toThrow(SyntaxError);
  });
});

describe('plainValueAt', () => {
  it('finds what stands there, and nothing of what every object has', () => {
    expect(plainValueAt({ a: [{ b: 3 }] }, ['a', 0, 'b'])).toBe(3);
    expect(plainValueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
    expect(plainValueAt({}, ['constructor'])).toBeUndefined();
  });
});
