/** Functions of expressions and how many arguments each takes; `Infinity`: one or more. */
export const FUNCTIONS = {
  abs: 1,
  acos: 1,
  atan2: 2,
  ceil: 1,
  clamp: 3,
  cos: 1,
  exp: 1,
  floor: 1,
  log: 1,
  max: Infinity,
  min: Infinity,
  mix: 3,
  pow: 2,
  round: 1,
  sin: 1,
  sqrt: 1,
  tan: 1,
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

export type BinaryOperator =
  'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** A parsed expression; `at` is the column, from 1, of the name, operator or literal. */
export type Expression = Readonly<{ at: number }> &
  (
    | Readonly<{ type: 'literal'; value: number | boolean | string }>
    | Readonly<{ type: 'name'; name: string }>
    | Readonly<{ type: 'unary'; operator: '-' | 'not'; of: Expression }>
    | Readonly<{
        type: 'binary';
        operator: BinaryOperator;
        left: Expression;
        right: Expression;
      }>
    | Readonly<{ type: 'call'; name: FunctionName; arguments: readonly Expression[] }>
  );

/** What is wrong with an expression, and at which column. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(`${message} at column ${at}`);
  }
}

/** How tightly operators bind. Comparisons do not chain. */
const STRENGTH: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const NOT_STRENGTH = 3;
const COMPARISON = 4;
const MINUS_STRENGTH = 7;
const MAX_DEPTH = 100;
const MAX_LENGTH = 1000;

const TOKEN =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|'([^']*)'|"([^"]*)"|(==|!=|<=|>=|[-+*/%()<>,]))/y;

type Token = Readonly<{
  at: number;
  kind: 'number' | 'word' | 'text' | 'mark' | 'end';
  text: string;
}>;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  while (source.slice(end).trim() !== '') {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(source);
    if (!match) {
      const at = end + source.slice(end).search(/\S/) + 1;
      throw new ExpressionError(`unexpected ${JSON.stringify(source[at - 1])}`, at);
    }
    const [all, number, word, single, double, mark = ''] = match;
    end += all.length;
    const at = end - all.trimStart().length + 1;
    if (number !== undefined) tokens.push({ at, kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ at, kind: 'word', text: word });
    else if (mark !== '') tokens.push({ at, kind: 'mark', text: mark });
    else tokens.push({ at, kind: 'text', text: single ?? double ?? '' });
  }
  return [...tokens, { at: source.length + 1, kind: 'end', text: '' }];
}

/**
 * Reads an expression by operator precedence (Pratt 1973). Nothing of it is ever run as code.
 *
 * @throws ExpressionError with the column.
 */
export function parseExpression(source: string): Expression {
  if (source.length > MAX_LENGTH) {
    throw new ExpressionError(`expected at most ${MAX_LENGTH} characters`, MAX_LENGTH + 1);
  }
  const reader = new Reader(tokensOf(source));
  const expression = reader.expression(0, 0);
  reader.expect('');
  return expression;
}

class Reader {
  #next = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { at: 1, kind: 'end', text: '' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  /** Takes a mark; the empty one is the end. */
  expect(mark: string): void {
    const token = this.#take();
    if (token.text === mark && (token.kind === 'mark' || token.kind === 'end')) return;
    throw unexpected(token, mark === '' ? 'an operator or the end' : JSON.stringify(mark));
  }

  expression(strength: number, depth: number): Expression {
    if (depth > MAX_DEPTH) throw new ExpressionError('expected less deep nesting', this.#peek().at);
    let left = this.#operand(depth + 1);
    for (;;) {
      const { at, text, kind } = this.#peek();
      const operator = text as BinaryOperator;
      if (kind === 'text' || !Object.hasOwn(STRENGTH, text) || STRENGTH[operator] <= strength)
        return left;
      this.#take();
      const right = this.expression(STRENGTH[operator], depth + 1);
      left = { at, type: 'binary', operator, left, right };
      if (
        STRENGTH[operator] === COMPARISON &&
        STRENGTH[this.#peek().text as BinaryOperator] === COMPARISON
      )
        throw unexpected(this.#peek(), '"and" between comparisons');
    }
  }

  #operand(depth: number): Expression {
    const token = this.#take();
    const { at, kind, text } = token;
    if (kind === 'number') return { at, type: 'literal', value: Number(text) };
    if (kind === 'text') return { at, type: 'literal', value: text };
    if (kind === 'mark' && text === '-')
      return { at, type: 'unary', operator: '-', of: this.expression(MINUS_STRENGTH, depth) };
    if (kind === 'mark' && text === '(') {
      const inner = this.expression(0, depth);
      this.expect(')');
      return inner;
    }
    if (kind !== 'word' || text === 'and' || text === 'or')
      throw unexpected(token, 'a number, a name or "("');
    if (text === 'not')
      return { at, type: 'unary', operator: 'not', of: this.expression(NOT_STRENGTH, depth) };
    if (text === 'true' || text === 'false') return { at, type: 'literal', value: text === 'true' };
    const opens = this.#peek().kind === 'mark' && this.#peek().text === '(';
    return opens ? this.#call(token, depth) : { at, type: 'name', name: text };
  }

  #call({ at, text }: Token, depth: number): Expression {
    if (!Object.hasOwn(FUNCTIONS, text)) {
      const names = Object.keys(FUNCTIONS).join(', ');
      throw new ExpressionError(
        `expected one of the functions ${names}, found ${JSON.stringify(text)}`,
        at,
      );
    }
    const name = text as FunctionName;
    const given: Expression[] = [];
    do {
      this.#take();
      given.push(this.expression(0, depth));
    } while (this.#peek().kind === 'mark' && this.#peek().text === ',');
    this.expect(')');
    const wanted = FUNCTIONS[name];
    if (wanted !== Infinity && given.length !== wanted) {
      const s = wanted === 1 ? '' : 's';
      throw new ExpressionError(
        `expected ${wanted} argument${s} of ${name}, found ${given.length}`,
        at,
      );
    }
    return { at, type: 'call', name, arguments: given };
  }
}

function unexpected(token: Token, expected: string): ExpressionError {
  const found = token.kind === 'end' ? 'the end' : JSON.stringify(token.text);
  return new ExpressionError(`expected ${expected}, found ${found}`, token.at);
}

/** The names that an expression refers to, in order of appearance, with their columns. */
export function namesIn(expression: Expression): readonly Readonly<{ name: string; at: number }>[] {
  switch (expression.type) {
    case 'literal':
      return [];
    case 'name':
      return [expression];
    case 'unary':
      return namesIn(expression.of);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call':
      return expression.arguments.flatMap(namesIn);
  }
}
