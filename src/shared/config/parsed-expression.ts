import { type Expression, parseExpression } from './parse-expression.ts';

const PARSED = new Map<string, Expression>();

/** What {@link parseExpression} reads, remembered: a config draws the same few expressions in every frame. */
export function parsedExpression(source: string): Expression {
  const known = PARSED.get(source);
  if (known) return known;
  const expression = parseExpression(source);
  PARSED.set(source, expression);
  return expression;
}
