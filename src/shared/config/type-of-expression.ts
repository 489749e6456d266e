import { type Expression, ExpressionError, type FunctionName } from './parse-expression.ts';

/** What an expression comes to, as far as it is known before anything is drawn. */
export type ExpressionType = 'integer' | 'number' | 'flag' | 'text';

const WORDS: Readonly<Record<NameType, string>> = {
  integer: 'a whole number',
  number: 'a number',
  flag: 'true or false',
  text: 'a text',
  vec3: 'a vector',
  rotation: 'a rotation',
};

/** Those that give whole numbers of whatever they are given, and of whole numbers alone. */
const ROUNDING: readonly FunctionName[] = ['ceil', 'floor', 'round'];
const KEEPING: readonly FunctionName[] = ['abs', 'clamp', 'max', 'min'];

/** What a name may stand for; of vectors and rotations expressions make nothing. */
export type NameType = ExpressionType | 'vec3' | 'rotation';

/** The types that a name may have. */
type TypesOf = (name: string) => readonly NameType[];

/**
 * The type of an expression whose names have these types; a name may have several.
 *
 * @throws ExpressionError where an operand is of the wrong type, with the column.
 */
export function typeOfExpression(expression: Expression, typesOf: TypesOf): ExpressionType {
  switch (expression.type) {
    case 'literal':
      if (typeof expression.value === 'boolean') return 'flag';
      if (typeof expression.value === 'string') return 'text';
      return Number.isInteger(expression.value) ? 'integer' : 'number';
    case 'name':
      return typeOfName(typesOf(expression.name), expression.at);
    case 'unary':
      if (expression.operator === '-')
        return wantNumber(expression.of, typesOf) ? 'integer' : 'number';
      wantFlag(expression.of, typesOf);
      return 'flag';
    case 'binary':
      return typeOfOperation(expression, typesOf);
    case 'call': {
      const whole = expression.arguments.map((part) => wantNumber(part, typesOf)).every(Boolean);
      if (ROUNDING.includes(expression.name)) return 'integer';
      return whole && KEEPING.includes(expression.name) ? 'integer' : 'number';
    }
  }
}

function typeOfName(found: readonly NameType[], at: number): ExpressionType {
  if (found.every((type) => type === 'integer' || type === 'number'))
    return found.every((type) => type === 'integer') ? 'integer' : 'number';
  const [first] = found;
  const one = found.every((type) => type === first);
  if (first !== undefined && first !== 'vec3' && first !== 'rotation' && one) return first;
  const words = found.map((type) => WORDS[type]).join(' or ');
  throw new ExpressionError(`expected a value of one type, found ${words}`, at);
}

function typeOfOperation(
  { operator, left, right, at }: Extract<Expression, { type: 'binary' }>,
  typesOf: TypesOf,
): ExpressionType {
  switch (operator) {
    case 'and':
    case 'or':
      wantFlag(left, typesOf);
      wantFlag(right, typesOf);
      return 'flag';
    case '==':
    case '!=': {
      const [a, b] = [left, right].map((part) => {
        const type = typeOfExpression(part, typesOf);
        return type === 'integer' ? 'number' : type;
      });
      if (a === b) return 'flag';
      throw new ExpressionError(`expected two values of one type, found ${a} and ${b}`, at);
    }
    default: {
      const whole = [wantNumber(left, typesOf), wantNumber(right, typesOf)].every(Boolean);
      if (operator === '/') return 'number';
      if (operator === '+' || operator === '-' || operator === '*' || operator === '%')
        return whole ? 'integer' : 'number';
      return 'flag';
    }
  }
}

/** Refuses what is no number; whether it is surely whole. */
function wantNumber(part: Expression, typesOf: TypesOf): boolean {
  const found = typesIn(part, typesOf);
  const wrong = found.find((type) => type !== 'integer' && type !== 'number');
  if (wrong !== undefined)
    throw new ExpressionError(`expected a number, found ${WORDS[wrong]}`, part.at);
  return found.every((type) => type === 'integer');
}

function wantFlag(part: Expression, typesOf: TypesOf): void {
  const wrong = typesIn(part, typesOf).find((type) => type !== 'flag');
  if (wrong !== undefined)
    throw new ExpressionError(`expected true or false, found ${WORDS[wrong]}`, part.at);
}

const typesIn = (part: Expression, typesOf: TypesOf): readonly NameType[] =>
  part.type === 'name' ? typesOf(part.name) : [typeOfExpression(part, typesOf)];
