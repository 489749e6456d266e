import { call } from './evaluate-expression.ts';
import type { Expression, FunctionName } from './parse-expression.ts';

/** The least and greatest value that may be drawn; infinite where a normal is not truncated. */
export type ValueRange = Readonly<{
  min: number;
  max: number;
  /** Nothing that is drawn need reach the ends, which are bounds all the same. */
  loose?: true;
}>;

type Range = Omit<ValueRange, 'loose'>;

const EVERYTHING: Range = { min: -Infinity, max: Infinity };

/**
 * Bounds of an expression by interval arithmetic; null where a name has none. They are met where no name
 * occurs twice, and wide otherwise: `x - x` may be anything from least minus greatest on.
 */
export function rangeOfExpression(
  expression: Expression,
  rangeOfName: (name: string) => Range | null,
): Range | null {
  switch (expression.type) {
    case 'literal': {
      const { value } = expression;
      return typeof value === 'number' ? { min: value, max: value } : null;
    }
    case 'name':
      return rangeOfName(expression.name);
    case 'unary': {
      const inner = rangeOfExpression(expression.of, rangeOfName);
      return inner && expression.operator === '-' ? { min: -inner.max, max: -inner.min } : null;
    }
    case 'binary': {
      const left = rangeOfExpression(expression.left, rangeOfName);
      const right = rangeOfExpression(expression.right, rangeOfName);
      return left && right && ofOperator(expression.operator, left, right);
    }
    case 'call': {
      const ranges = expression.arguments.map((part) => rangeOfExpression(part, rangeOfName));
      const known = ranges.filter((range) => range !== null);
      return known.length < ranges.length ? null : ofFunction(expression.name, known);
    }
  }
}

function ofOperator(operator: string, a: Range, b: Range): Range | null {
  switch (operator) {
    case '+':
      return { min: a.min + b.min, max: a.max + b.max };
    case '-':
      return { min: a.min - b.max, max: a.max - b.min };
    case '*':
      return corners([a, b], ([x = 0, y = 0]) => (x === 0 || y === 0 ? 0 : x * y));
    case '/':
      if (b.min <= 0 && b.max >= 0) return EVERYTHING;
      return corners([a, b], ([x = 0, y = 1]) => (x === 0 ? 0 : x / y));
    case '%':
      // Takes the sign of the divisor.
      return { min: Math.min(0, b.min), max: Math.max(0, b.max) };
    default:
      return null;
  }
}

const RISING: readonly FunctionName[] = [
  'ceil',
  'exp',
  'floor',
  'log',
  'max',
  'min',
  'round',
  'sqrt',
];

function ofFunction(name: FunctionName, ranges: readonly Range[]): Range {
  const [x = EVERYTHING] = ranges;
  if (RISING.includes(name)) {
    const [min, max] = [
      call(
        name,
        ranges.map((range) => range.min),
      ),
      call(
        name,
        ranges.map((range) => range.max),
      ),
    ];
    return { min: Number.isNaN(min) ? -Infinity : min, max: Number.isNaN(max) ? Infinity : max };
  }
  switch (name) {
    case 'abs':
      return {
        min: x.min <= 0 && x.max >= 0 ? 0 : Math.min(Math.abs(x.min), Math.abs(x.max)),
        max: Math.max(Math.abs(x.min), Math.abs(x.max)),
      };
    case 'clamp': {
      const [, low = EVERYTHING, high = EVERYTHING] = ranges;
      return {
        min: Math.min(high.min, Math.max(low.min, x.min)),
        max: Math.min(high.max, Math.max(low.max, x.max)),
      };
    }
    case 'mix':
      return corners(ranges, ([a = 0, b = 0, t = 0]) => call('mix', [a, b, t]));
    case 'cos':
    case 'sin':
      return { min: -1, max: 1 };
    case 'acos':
      return { min: 0, max: 180 };
    case 'atan2':
      return { min: -180, max: 180 };
    default:
      return EVERYTHING;
  }
}

/** Least and greatest over the corners of a box: right for what is linear or monotone in each argument. */
function corners(ranges: readonly Range[], of: (values: readonly number[]) => number): Range {
  let points: readonly (readonly number[])[] = [[]];
  for (const { min, max } of ranges)
    points = points.flatMap((point) => [
      [...point, min],
      [...point, max],
    ]);
  const values = points.map(of);
  if (values.some(Number.isNaN)) return EVERYTHING;
  return { min: Math.min(...values), max: Math.max(...values) };
}
