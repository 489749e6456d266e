import type { CheckContext, Report } from './check-context.ts';
import { checkExpression } from './check-expressions.ts';
import { showValue } from './describe-schema.ts';
import { formatPath } from './parameter-path.ts';
import { possibleItems } from './possible-texts.ts';
import { ExpressionError } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { isMapping } from './schema-walk.ts';
import { SCHEDULE_NAMES } from './schedule-names.ts';
import { suggestFrom } from './suggest.ts';
import { type NameType, typeOfExpression } from './type-of-expression.ts';
import type { VariableValue } from './value-schemas.ts';
import type { PlacedValue, ValueType } from './visit-values.ts';

type DrawnType = 'integer' | 'number' | 'color' | 'text' | 'flag' | 'vec3' | 'rotation';
type Vars = Readonly<Record<string, VariableValue>>;

/** Which drawn values each place can use. */
const FITTING: Readonly<Record<ValueType, readonly DrawnType[]>> = {
  number: ['integer', 'number'],
  integer: ['integer'],
  color: ['color'],
  text: ['text', 'color'],
  flag: ['flag'],
  vec3: ['vec3'],
  rotation: ['vec3', 'rotation'],
  variable: ['integer', 'number'],
};

const WORDS: Readonly<Record<ValueType | DrawnType, string>> = {
  number: 'a number',
  integer: 'a whole number',
  color: 'a colour "#rrggbb"',
  text: 'a text',
  flag: 'true or false',
  vec3: 'a vector',
  rotation: 'a rotation',
  variable: 'a number',
};

/** Checks a `{kind: var}`: that its variable exists, is drawn before it, and fits the place. */
export function checkVariableUse(
  { type, value, path }: PlacedValue,
  { config: { vars } }: Pick<CheckContext, 'config'>,
  report: Report,
): void {
  if (!isMapping(value)) return;
  checkExpressions({ type, value, path }, vars, report);
  if (value.kind !== 'var' || typeof value.name !== 'string') return;
  const { name } = value;
  const names = Object.keys(vars);
  const at = formatPath([...path, 'name']);
  if (!Object.hasOwn(vars, name)) {
    report(at, `unknown variable ${JSON.stringify(name)}`, suggestFrom(name, names, 'variables'));
    return;
  }
  const [section, user] = path;
  if (
    section === 'vars' &&
    typeof user === 'string' &&
    names.indexOf(name) >= names.indexOf(user)
  ) {
    const message = `expected a variable that stands above ${JSON.stringify(user)}, found ${JSON.stringify(name)}`;
    report(at, message, 'Variables are drawn in order.');
    return;
  }
  const misfits = drawnTypes(vars, name).filter((drawn) => !FITTING[type].includes(drawn));
  const [misfit] = misfits;
  if (misfit !== undefined) {
    const message = `expected a variable that is ${WORDS[type]}, found ${JSON.stringify(name)}, which may be ${WORDS[misfit]}`;
    const fitting = names.filter(
      (n) => n !== name && drawnTypes(vars, n).every((d) => FITTING[type].includes(d)),
    );
    report(
      at,
      message,
      fitting.length > 0 ? `Variables that fit: ${fitting.join(', ')}.` : undefined,
    );
  }
}

/** The expression of a value, or of the condition between its branches. */
function checkExpressions({ type, value, path }: PlacedValue, vars: Vars, report: Report): void {
  if (!isMapping(value)) return;
  const { kind, of, when } = value;
  const all = Object.keys(vars);
  const [section, user] = path;
  const drawn = section === 'vars' ? all.slice(0, all.indexOf(String(user))) : all;
  const above = [...drawn, ...SCHEDULE_NAMES];
  const known = { above, all, typesOf: (name: string) => nameTypes(name, vars) };
  if (kind === 'if' && typeof when === 'string') {
    const wanted = { wanted: ['flag'] as const, words: WORDS.flag };
    checkExpression({ source: when, path: [...path, 'when'], ...wanted }, known, report);
  }
  if (kind !== 'expression' || typeof of !== 'string') return;
  const wanted =
    type === 'variable'
      ? (['integer', 'number', 'flag'] as const)
      : FITTING[type].filter((each) => each === 'integer' || each === 'number' || each === 'flag');
  const words = type === 'variable' ? 'a number or flag' : WORDS[type];
  checkExpression({ source: of, path: [...path, 'of'], wanted, words }, known, report);
}

/** The types that a variable may be drawn as; empty where its own references are broken. */
function drawnTypes(vars: Vars, name: string, open: readonly string[] = []): DrawnType[] {
  const value = vars[name];
  if (value === undefined || open.includes(name)) return [];
  return typesOf(value, vars, [...open, name]);
}

function typesOf(value: VariableValue, vars: Vars, open: readonly string[]): DrawnType[] {
  if (typeof value !== 'object' || !('kind' in value)) return [literalType(value)];
  switch (value.kind) {
    case 'constant':
      return [literalType(value.value)];
    case 'choice':
      return distinct(possibleItems(value).map((item) => literalType(item.value)));
    case 'permutation':
    case 'grid': {
      const { values } = value;
      if ('min' in values) return [values.steps === undefined ? 'integer' : 'number'];
      return distinct(values.map(literalType));
    }
    case 'sobol':
    case 'halton':
      return typesOf(value.of, vars, open);
    case 'mixture': {
      const items = possibleItems({ values: value.of, weights: value.weights });
      return distinct(items.flatMap((item) => typesOf(item.value, vars, open)));
    }
    case 'if':
      return distinct([...typesOf(value.then, vars, open), ...typesOf(value.else, vars, open)]);
    case 'stage':
      return distinct(Object.values(value.of).flatMap((item) => typesOf(item, vars, open)));
    case 'expression':
      return expressionTypes(value.of, vars, open);
    case 'integer':
      return ['integer'];
    case 'chance':
      return ['flag'];
    case 'sphere':
    case 'hemisphere':
    case 'ball':
    case 'disc':
      return ['vec3'];
    case 'so3':
      return ['rotation'];
    case 'var': {
      const whole = Number.isInteger(value.scale) && Number.isInteger(value.offset);
      const inner = drawnTypes(vars, value.name, open);
      return inner.map((type) => (type === 'integer' && !whole ? 'number' : type));
    }
    default:
      return ['number'];
  }
}

/** Of an expression that is broken, which is reported where it stands, any number. */
function expressionTypes(source: string, vars: Vars, open: readonly string[]): DrawnType[] {
  try {
    return [typeOfExpression(parsedExpression(source), (name) => nameTypes(name, vars, open))];
  } catch (error) {
    if (error instanceof ExpressionError) return ['number'];
    throw error;
  }
}

/** What a name in an expression may be: a colour is a text there. */
function nameTypes(name: string, vars: Vars, open: readonly string[] = []): NameType[] {
  if (name === 'progress') return ['number'];
  if (name === 'stage' || name === 'goal') return ['text'];
  return distinct(drawnTypes(vars, name, open).map((type) => (type === 'color' ? 'text' : type)));
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

function literalType(value: unknown): DrawnType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'flag';
  if (typeof value === 'string') return /^#[0-9a-fA-F]{6}$/.test(value) ? 'color' : 'text';
  if (Array.isArray(value)) return value.length === 4 ? 'rotation' : 'vec3';
  throw new TypeError(`expected a value of a variable, found ${showValue(value)}`);
}
