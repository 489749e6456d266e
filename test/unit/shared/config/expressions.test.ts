import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '#shared/config/evaluate-expression';
import { ExpressionError, parseExpression } from '#shared/config/parse-expression';
import { rangeOfExpression } from '#shared/config/range-of-expression';
import { rangeOf } from '#shared/config/value-range';
import { SamplingError } from '#shared/core/errors';
import { Sampler } from '#shared/sampling/sampler';

const NAMES: Readonly<Record<string, unknown>> = {
  sun: 10,
  wet: true,
  sky: 'lobby',
  place: [0, 1, 2],
  zero: 0,
};
const valueOf = (source: string, names = NAMES): unknown =>
  evaluateExpression(parseExpression(source), (name) => names[name]);

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['48 / 4 / 2', 6],
    ['-sun + 1', -9],
    ['2 - -3', 5],
    ['-2 * -3', 6],
    ['7 % 3', 1],
    ['-7 % 3', 2],
    ['7 % -3', -2],
    ['1.5e1 + .5', 15.5],
    ['sun > 5 and not wet', false],
    ['not sun > 50', true],
    ['false or true and false', false],
    ['true or true and false', true],
    ['sky == "lobby"', true],
    ["sky != 'lobby'", false],
    ['1 + 1 == 2', true],
    ['sun <= 10 and sun >= 10', true],
    ['max(1, sun, 3)', 10],
    ['min(sun)', 10],
    ['clamp(sun, 0, 4)', 4],
    ['mix(2, 4, 0.25)', 2.5],
    ['abs(-3) + floor(2.7) + ceil(2.1) + round(2.5)', 11],
    ['sqrt(2 + 2)', 2],
    ['exp(0) + log(1)', 1],
    ['wet or zero / zero > 1', true],
  ])('%s = %j', (source, expected) => {
    expect(valueOf(source)).toBe(expected);
  });

  it.each<[string, number]>([
    ['sin(30)', 0.5],
    ['cos(60)', 0.5],
    ['tan(45)', 1],
    ['acos(0.5)', 60],
    ['atan2(1, -1)', 135],
    ['pow(2, 10)', 1024],
    ['pow(sun, 0.5)', Math.sqrt(10)],
    ['sin(36000030)', 0.5],
  ])('%s ≈ %d, in degrees', (source, expected) => {
    expect(valueOf(source)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['', 'expected a number, a name or "(", found the end at column 1'],
    ['1 +', 'expected a number, a name or "(", found the end at column 4'],
    ['(1 + 2', 'expected ")", found the end at column 7'],
    ['1 2', 'expected an operator or the end, found "2" at column 3'],
    ['a; b', 'unexpected ";" at column 2'],
    ['a = 1', 'unexpected "=" at column 3'],
    ['a.b', 'unexpected "." at column 2'],
    ['1 < 2 < 3', 'expected "and" between comparisons, found "<" at column 7'],
    ['sqrt(1, 2)', 'expected 1 argument of sqrt, found 2 at column 1'],
    ['max()', 'expected a number, a name or "(", found ")" at column 5'],
    ['1 + and', 'expected a number, a name or "(", found "and" at column 5'],
    ['"open', 'unexpected "\\"" at column 1'],
  ])('refuses the form of %j', (source, message) => {
    const act = () => parseExpression(source);
    expect(act).toThrow(ExpressionError);
    expect(act).toThrow(
      new ExpressionError(
        message.replace(/ at column \d+$/, ''),
        Number(/\d+$/.exec(message)?.[0]),
      ),
    );
  });

  it('knows no function of JavaScript, and no depth without end', () => {
    for (const source of ['constructor(1)', 'toString(1)', 'eval("1")'])
      expect(() => parseExpression(source)).toThrow('expected one of the functions abs, acos,');
    expect(() => parseExpression(`${'('.repeat(400)}1`)).toThrow('expected less deep nesting');
    expect(() => parseExpression(`1${' '.repeat(2000)}`)).toThrow(
      'expected at most 1000 characters',
    );
  });

  it.each([
    ['1 / zero', 'division by zero at column 3'],
    ['sun % zero', 'division by zero at column 5'],
    ['log(zero)', 'expected a finite result, found -Infinity at column 1'],
    ['sqrt(-sun)', 'expected a finite result, found NaN at column 1'],
    ['1 + exp(1000)', 'expected a finite result, found Infinity at column 5'],
    ['clamp(1, 3, 2)', 'expected a finite result, found NaN at column 1'],
    [
      'moon + 1',
      'expected a number, flag or text "moon", found no variable of that name at column 1',
    ],
    ['place + 1', 'expected a number, flag or text "place", found a vector at column 1'],
    ['1 + wet', 'expected a number, found true at column 5'],
    ['wet and sun', 'expected true or false, found 10 at column 9'],
  ])('says where %s cannot be reckoned', (source, message) => {
    expect(() => valueOf(source)).toThrow(message);
  });

  it('have bounds that nothing leaves', () => {
    const leaf = fc.constantFrom('a', 'b', '0.5', '2', '-3');
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/', '%'), tie('tree'))
          .map(([l, o, r]) => `(${l} ${o} ${r})`),
        fc
          .tuple(fc.constantFrom('abs', 'floor', 'sqrt', 'exp', 'log', 'sin', 'round'), tie('tree'))
          .map(([f, x]) => `${f}(${x})`),
        fc
          .tuple(fc.constantFrom('min', 'max', 'pow', 'atan2'), tie('tree'), tie('tree'))
          .map(([f, x, y]) => `${f}(${x}, ${y})`),
        fc
          .tuple(fc.constantFrom('clamp', 'mix'), tie('tree'), tie('tree'), tie('tree'))
          .map(([f, x, y, z]) => `${f}(${x}, ${y}, ${z})`),
      ),
    }));
    const ranges: Readonly<Record<string, { min: number; max: number }>> = {
      a: { min: -2, max: 3 },
      b: { min: 0.5, max: 4 },
    };
    let finite = 0;
    fc.assert(
      fc.property(
        tree,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (...drawn) => {
          const [source, u, v] = drawn;
          const expression = parseExpression(source);
          const range = rangeOfExpression(expression, (name) => ranges[name] ?? null);
          let value: unknown;
          try {
            value = valueOf(source, { a: -2 + 5 * u, b: 0.5 + 3.5 * v });
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError);
            return;
          }
          if (range === null || typeof value !== 'number') throw new Error('no range');
          // Rounding may lie on either side.
          const slack = 1e-9 * (1 + Math.abs(value));
          expect(value).toBeGreaterThanOrEqual(range.min - slack);
          expect(value).toBeLessThanOrEqual(range.max + slack);
          if (Number.isFinite(range.min) && Number.isFinite(range.max)) finite++;
        },
      ),
      { seed: 20261125, numRuns: 2000 },
    );
    expect(finite).toBeGreaterThan(500);
  });
});

describe('values by expressions', () => {
  const sampler = () => {
    const made = new Sampler('s', 1);
    made.drawVars({
      sun: 10,
      wet: { kind: 'expression', of: 'sun < 20' },
      high: { kind: 'if', when: 'wet', then: { kind: 'uniform', min: 1, max: 2 }, else: 'none' },
    });
    return made;
  };

  it('follow variables, and are recorded', () => {
    const made = sampler();
    expect(made.vars['wet']).toBe(true);
    expect(made.number({ kind: 'expression', of: 'sun * 2' }, 'a')).toBe(20);
    expect(made.integer({ kind: 'expression', of: 'floor(sun / 3)' }, 'b')).toBe(3);
    expect(made.flag({ kind: 'expression', of: 'not wet' }, 'c')).toBe(false);
    expect(made.draws).toMatchObject({ 'vars.wet': true, a: 20, b: 3, c: false });
  });

  it('choose branches of every type, each drawn from a stream of its own', () => {
    const made = sampler();
    const high = made.vars['high'];
    expect(high).toBe(1 + made.uniform('vars.high.then'));
    const when = 'sun > 50';
    expect(made.string({ kind: 'if', when, then: 'a', else: 'b' }, 'd')).toBe('b');
    expect(made.flag({ kind: 'if', when, then: true, else: false }, 'e')).toBe(false);
    expect(made.color({ kind: 'if', when, then: '#ffffff', else: '#000000' }, 'f')).toEqual([
      0, 0, 0,
    ]);
    expect(made.vec3({ kind: 'if', when, then: [1, 1, 1], else: [1, 2, 3] }, 'g')).toEqual([
      1, 2, 3,
    ]);
    const nested = {
      kind: 'if',
      when: 'wet',
      then: { kind: 'mixture', of: [7] },
      else: 8,
    } as const;
    expect(made.integer(nested, 'h')).toBe(7);
  });

  it('end their frame with parameter, expression and column', () => {
    const act = () =>
      sampler().number({ kind: 'expression', of: '1 / (sun - 10)' }, 'camera.rollDegrees');
    expect(act).toThrow(SamplingError);
    expect(act).toThrow('camera.rollDegrees: division by zero at column 3 of "1 / (sun - 10)"');
    expect(() => sampler().integer({ kind: 'expression', of: 'sun / 4' }, 'n')).toThrow(
      'n: expected a whole number from "sun / 4", got 2.5',
    );
  });

  it('have ranges, loose where they hang on one variable twice', () => {
    const vars = {
      sun: { kind: 'uniform', min: 10, max: 30 },
      half: { kind: 'expression', of: 'sun / 2' },
    } as const;
    const range = (of: string) => rangeOf({ kind: 'expression', of }, vars);
    expect(range('sun + 1')).toEqual({ min: 11, max: 31 });
    expect(range('half * half')).toEqual({ min: 25, max: 225, loose: true });
    expect(range('sun - half')).toEqual({ min: -5, max: 25, loose: true });
    expect(range('sun / (half - 5)')).toEqual({ min: -Infinity, max: Infinity, loose: true });
    const guarded = {
      kind: 'if',
      when: 'sun > 20',
      then: { kind: 'var', name: 'sun', scale: 1, offset: 0 },
      else: 20,
    } as const;
    expect(rangeOf(guarded, vars)).toEqual({ min: 10, max: 30, loose: true });
    expect(rangeOf({ ...guarded, then: 50 }, vars)).toEqual({ min: 20, max: 50 });
  });
});
