import { acos, atan2, cos, DEGREE, exp, log, pow, sin, tan } from '../core/portable-math.ts';
import {
  type BinaryOperator,
  type Expression,
  ExpressionError,
  type FunctionName,
} from './parse-expression.ts';

/** What an expression comes to. */
export type ExpressionValue = number | boolean | string;

/**
 * The value of an expression, alike in Node and in the page. Angles are in degrees, as everywhere in configs.
 *
 * @param lookUp The value of a name; undefined where there is none.
 * @throws ExpressionError with the column: for unknown names, values of another type, division by zero and
 * whatever is not finite.
 */
export function evaluateExpression(
  expression: Expression,
  lookUp: (name: string) => unknown,
): ExpressionValue {
  const number = (part: Expression): number => {
    const value = evaluateExpression(part, lookUp);
    if (typeof value === 'number') return value;
    throw new ExpressionError(`expected a number, found ${JSON.stringify(value)}`, part.at);
  };
  const flag = (part: Expression): boolean => {
    const value = evaluateExpression(part, lookUp);
    if (typeof value === 'boolean') return value;
    throw new ExpressionError(`expected true or false, found ${JSON.stringify(value)}`, part.at);
  };
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'name': {
      const value = lookUp(expression.name);
      if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
        return value;
      const found = value === undefined ? 'no variable of that name' : 'a vector';
      throw new ExpressionError(
        `expected a number, flag or text ${JSON.stringify(expression.name)}, found ${found}`,
        expression.at,
      );
    }
    case 'unary':
      return expression.operator === '-' ? -number(expression.of) : !flag(expression.of);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and') return flag(left) && flag(right);
      if (operator === 'or') return flag(left) || flag(right);
      if (operator === '==' || operator === '!=') {
        const same = evaluateExpression(left, lookUp) === evaluateExpression(right, lookUp);
        return same === (operator === '==');
      }
      const [a, b] = [number(left), number(right)];
      if (b === 0 && (operator === '/' || operator === '%'))
        throw new ExpressionError('division by zero', expression.at);
      return finiteOf(calculate(operator, a, b), expression);
    }
    case 'call':
      return finiteOf(call(expression.name, expression.arguments.map(number)), expression);
  }
}

function finiteOf<T extends number | boolean>(value: T, { at }: Expression): T {
  if (typeof value === 'boolean' || Number.isFinite(value)) return value;
  throw new ExpressionError(`expected a finite result, found ${value}`, at);
}

type Arithmetic = Exclude<BinaryOperator, 'and' | 'or' | '==' | '!='>;

function calculate(operator: Arithmetic, a: number, b: number): number | boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return ((a % b) + b) % b;
  }
}

const firstThree = (values: readonly number[]): readonly [number, number, number] => [
  values[0] ?? NaN,
  values[1] ?? NaN,
  values[2] ?? NaN,
];

/** A function of numbers. A negative base of a power, a root or logarithm out of its domain give NaN. */
export function call(name: FunctionName, values: readonly number[]): number {
  const [x, y, z] = firstThree(values);
  switch (name) {
    case 'abs':
      return Math.abs(x);
    case 'acos':
      return x < -1 || x > 1 ? NaN : acos(x) / DEGREE;
    case 'atan2':
      return atan2(x, y) / DEGREE;
    case 'ceil':
      return Math.ceil(x);
    case 'clamp':
      return y <= z ? Math.min(z, Math.max(y, x)) : NaN;
    case 'cos':
      return cos((x % 360) * DEGREE);
    case 'exp':
      return exp(x);
    case 'floor':
      return Math.floor(x);
    case 'log':
      return log(x);
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'mix':
      return x + (y - x) * z;
    case 'pow':
      return x < 0 ? NaN : pow(x, y);
    case 'round':
      return Math.round(x);
    case 'sin':
      return sin((x % 360) * DEGREE);
    case 'sqrt':
      return Math.sqrt(x);
    case 'tan':
      return tan((x % 360) * DEGREE);
  }
}
