import type { Report } from './check-context.ts';
import { ExpressionError, namesIn } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { suggestFrom } from './suggest.ts';
import { type ExpressionType, type NameType, typeOfExpression } from './type-of-expression.ts';

/** Where an expression stands, and what its place wants of it. */
export type PlacedExpression = Readonly<{
  source: string;
  path: readonly PathSegment[];
  wanted: readonly ExpressionType[];
  words: string;
}>;

/** The variables that stand above a place, and what each may be drawn as. */
export type KnownNames = Readonly<{
  above: readonly string[];
  all: readonly string[];
  typesOf: (name: string) => readonly NameType[];
}>;

/** Checks that the names of an expression exist, that its operands fit, and that its result fits its place. */
export function checkExpression(
  { source, path, wanted, words }: PlacedExpression,
  { above, all, typesOf }: KnownNames,
  report: Report,
): void {
  const expression = parsedExpression(source);
  const at = formatPath(path);
  const wrong = namesIn(expression).find(({ name }) => !above.includes(name));
  if (wrong !== undefined) {
    const shown = `${JSON.stringify(wrong.name)} at column ${wrong.at} of ${JSON.stringify(source)}`;
    if (all.includes(wrong.name)) {
      const message = `expected variables that stand above this one, found ${shown}`;
      report(at, message, 'Variables are drawn in order.');
    } else {
      const suggestion = suggestFrom(wrong.name, above, 'variables');
      report(at, `unknown variable ${shown}`, suggestion);
    }
    return;
  }
  try {
    const type = typeOfExpression(expression, typesOf);
    if (wanted.includes(type)) return;
    const advice = wanted.includes('integer') && type === 'number' ? 'Use round().' : undefined;
    report(at, `expected an expression that is ${words}, found ${JSON.stringify(source)}`, advice);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report(at, `${error.message} of ${JSON.stringify(source)}`);
  }
}
