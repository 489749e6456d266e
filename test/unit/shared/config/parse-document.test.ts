import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectSources, originAt, toPlain } from '#shared/config/located-value';
import { parsePath } from '#shared/config/parameter-path';
import { parseDocument } from '#shared/config/parse-document';
import { problemsOf } from './problems-of.ts';

const read = (text: string): unknown => toPlain(parseDocument(text, 'f.yaml'));
const problems = (text: string): string[] => problemsOf(() => parseDocument(text, 'f.yaml'));

describe('parseDocument', () => {
  it('reads YAML 1.2 with the core schema', () => {
    expect(
      read('a: no\nb: 012\nc: 0x1F\nd: 1_000\ne: ~\nf: .inf\n1: one\ng: [x, {y: true}]'),
    ).toEqual({
      a: 'no',
      b: 12,
      c: 31,
      d: '1_000',
      e: null,
      f: Infinity,
      1: 'one',
      g: ['x', { y: true }],
    });
  });

  it('reads JSON', () => {
    expect(read('{"a": [1, 2.5, "x"], "b": {}}')).toEqual({ a: [1, 2.5, 'x'], b: {} });
  });

  it('reads aliases as copies', () => {
    expect(read('a: &x {b: [1]}\nc: *x')).toEqual({ a: { b: [1] }, c: { b: [1] } });
  });

  it('takes an alias for the last anchor of its name before it, wherever it is used', () => {
    expect(read('a: &x 1\nb: &y [*x]\nc: &x 2\nd: [*x, *y]\ne: {&x f: *x}\ng: *x')).toEqual({
      a: 1,
      b: [1],
      c: 2,
      d: [2, [1]],
      e: { f: 'f' },
      g: 'f',
    });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 'f.yaml:3:1: a: key "a" stands twice, first in line 1'],
    ['a:\n\t- b', 'f.yaml:2:1: not valid YAML: Tabs are not allowed as indentation'],
    ['a: "open', 'f.yaml:1:9: not valid YAML: Missing closing "quote'],
    ['a: !mug 3', 'f.yaml:1:4: not valid YAML: Unresolved tag: !mug'],
    ['a: 1\n---\nb: 2', 'f.yaml:2:1: expected one YAML document, found another after ---'],
    ['? [x]\n: 1', 'f.yaml:1:3: not valid YAML: With stringKeys, all keys must be strings'],
    ['a: {c: *y}', 'f.yaml:1:8: a.c: no anchor &y stands before *y'],
    ['a: &x [1, *x]', 'f.yaml:1:11: a[1]: *x stands inside its own anchor &x'],
    ['a: {__proto__: 1}', 'f.yaml:1:5: a.__proto__: expected another name for this key'],
    [
      'c: {kind: choice, values: [#ff0000, #00ff00]}',
      'f.yaml:1:28: not valid YAML: Comments must be separated from other tokens by white space characters. Write colours in quotes, "#rrggbb": a bare # starts a comment.',
    ],
  ])('refuses %j', (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  it('reports every syntax error at once', () => {
    expect(problems('a: 1\na: 2\nb: 1\nb: 2').length).toBe(2);
  });

  it('refuses alias bombs', () => {
    const levels = Array.from({ length: 12 }, (_, i) => {
      const item = i === 0 ? 'x' : `*a${i - 1}`;
      return `a${i}: &a${i} [${Array(10).fill(item).join(', ')}]`;
    });
    expect(problems(levels.join('\n')).at(-1)).toMatch(
      /expected at most 200000 values, found more/,
    );
  });

  it.each([
    ['flow', '['.repeat(100_000)],
    ['sequences', '- '.repeat(100_000)],
    ['indentation', `${' '.repeat(5000)}a: 1`],
    ['block mappings', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuses deep nesting of %s without falling over', (_, text) => {
    expect(problems(text)[0]).toMatch(/expected at most (64 levels of nesting|1000 columns)/);
  });

  it('refuses texts that no config could be', () => {
    expect(problems(`a: ${'x'.repeat(5_000_000)}`)).toEqual([
      'f.yaml: expected at most 4194304 characters, found 5000003',
    ]);
  });
});

describe('positions', () => {
  const text = [
    '# head',
    'a: 1',
    'm:',
    '  list:',
    '    - x',
    '    - {k: 2}',
    '  flow: [3, 4]',
    'e:',
  ].join('\n');
  const document = parseDocument(text, 'f.yaml');

  it.each([
    ['a', 2, 4],
    ['m', 3, 1],
    ['m.list', 4, 3],
    ['m.list[0]', 5, 7],
    ['m.list[1].k', 6, 11],
    ['m.flow', 7, 9],
    ['m.flow[1]', 7, 13],
    ['e', 8, 1],
    // What does not exist is where its nearest parent is.
    ['m.list[7].q', 4, 3],
    ['m.missing', 3, 1],
    ['missing', 1, 1],
  ])('%s stands at %i:%i', (path, line, column) => {
    expect(originAt(document, parsePath(path))).toEqual({
      source: 'f.yaml',
      position: { line, column },
    });
  });

  it('tells keys from values', () => {
    expect(originAt(document, ['m', 'flow'], 'key').position).toEqual({ line: 7, column: 3 });
  });

  it('finds each of many keys on its own line', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { minLength: 1, maxLength: 40 }),
        fc.nat(5),
        (keys, blankLines) => {
          const lines = keys.flatMap((name, i) => [
            ...Array<string>(i % (blankLines + 1)).fill('# -'),
            `${name}: ${i}`,
          ]);
          const parsed = parseDocument(lines.join('\n'), 'f');
          const expected = Object.fromEntries(
            keys.map((name, i) => [name, `f:${lines.indexOf(`${name}: ${i}`) + 1}`]),
          );
          expect(collectSources(parsed)).toEqual(expected);
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });

  it('answers for a large document', () => {
    const count = 5_000;
    const large = parseDocument(
      Array.from({ length: count }, (_, i) => `k${i}: {v: ${i}}`).join('\n'),
      'f',
    );
    for (let i = 0; i < count; i++)
      expect(originAt(large, [`k${i}`, 'v']).position?.line).toBe(i + 1);
  });
});
