import { z } from 'zod';
import { describeExpected, isWholeNumber, listChoices, showValue } from './describe-schema.ts';
import type { PathSegment } from './parameter-path.ts';
import { chooseBranch, keysOf, stepInto, unwrap } from './schema-walk.ts';
import { suggestFrom } from './suggest.ts';

/** One thing that is wrong with an input, before it is known where the input was stated. */
export type Finding = Readonly<{
  path: readonly PathSegment[];
  /** Whether the key or the value at the path is at fault. */
  part: 'key' | 'value';
  message: string;
  suggestion?: string | undefined;
}>;

type Issue = z.core.$ZodIssue;

/** Schema and value at an issue's path. */
type Place = Readonly<{
  path: readonly PathSegment[];
  schema: z.core.$ZodType | undefined;
  value: unknown;
}>;

/**
 * Everything that is wrong with an input, in people's words. Where the schema is a union, only the
 * branch that the input was meant for speaks.
 */
export function findProblems(
  schema: z.core.$ZodType,
  input: unknown,
  base: readonly PathSegment[] = [],
): Finding[] {
  const result = z.safeParse(schema, input);
  if (result.success) return [];
  return withoutConsequences(result.error.issues)
    .flatMap((issue) => explainIssue(issue, schema, input))
    .map((finding) => ({
      ...finding,
      path: [...base, ...finding.path],
    }));
}

/**
 * A mapping with a misspelt key often fails a rule about the key that is now missing; the rule is
 * heard again once the key is right.
 */
function withoutConsequences(issues: readonly Issue[]): Issue[] {
  const pathOf = (issue: Issue): string => JSON.stringify(issue.path);
  const misspelt = new Set(issues.filter((i) => i.code === 'unrecognized_keys').map(pathOf));
  return issues.filter((issue) => issue.code !== 'custom' || !misspelt.has(pathOf(issue)));
}

function explainIssue(issue: Issue, schema: z.core.$ZodType, input: unknown): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  // zod reports a wrong discriminator at the discriminator; the union is one step above.
  const wrongKind = issue.code === 'invalid_union' && issue.discriminator !== undefined;
  const placePath = wrongKind ? path.slice(0, -1) : path;
  const place: Place = { path: placePath, ...stepInto(schema, input, placePath) };
  switch (issue.code) {
    case 'invalid_union':
      return explainUnion(place);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(place, key));
    case 'custom':
    case 'invalid_format':
      return [
        finding(
          place,
          issue.code === 'custom' ? issue.message : withFound(issue.message, place.value),
        ),
      ];
    case 'invalid_value':
      return [wrongValue(place, issue.values)];
    case 'too_small':
    case 'too_big':
      return [outOfRange(place, issue)];
    default:
      return [wrongType(place, issue.message)];
  }
}

const finding = (place: Place, message: string, suggestion?: string): Finding => ({
  path: place.path,
  part: 'value',
  message,
  suggestion,
});

const withFound = (message: string, value: unknown): string =>
  `${message}, found ${showValue(value)}`;

function explainUnion(place: Place): Finding[] {
  const { schema, value, path } = place;
  if (schema === undefined) return [finding(place, withFound('expected another value', value))];
  const choice = chooseBranch(schema, value);
  if (choice.type === 'branch') {
    const inner = findProblems(choice.schema, value, path);
    if (inner.length > 0) return inner;
  }
  if (choice.type === 'bad-kind') {
    const found = (value as Readonly<Record<string, unknown>>)[choice.key];
    const at: Place = { path: [...path, choice.key], schema: undefined, value: found };
    return [wrongValue(at, choice.allowed)];
  }
  return [wrongType(place, 'expected another value')];
}

function unknownKey(place: Place, key: string): Finding {
  const choice = place.schema && chooseBranch(place.schema, place.value);
  const schema = choice?.type === 'branch' ? choice.schema : place.schema;
  return {
    path: [...place.path, key],
    part: 'key',
    message: `unknown key ${JSON.stringify(key)}`,
    suggestion: schema && suggestFrom(key, keysOf(schema), 'allowed keys'),
  };
}

function wrongValue(place: Place, allowed: readonly unknown[]): Finding {
  const expected = allowed.length === 1 ? 'expected' : 'expected one of';
  const message = withFound(`${expected} ${listChoices(allowed)}`, place.value);
  const words = allowed.filter((v) => typeof v === 'string');
  const close =
    typeof place.value === 'string' ? suggestFrom(place.value, words, 'values') : undefined;
  // The list itself stands in the message already.
  return finding(place, message, close?.startsWith('Did') ? close : undefined);
}

function wrongType(place: Place, fallback: string): Finding {
  if (place.schema === undefined) return finding(place, withFound(fallback, place.value));
  if (place.path.length === 0 && place.value === null) {
    // An empty document.
    return finding(place, withFound(`expected ${describeExpected(place.schema)}`, undefined));
  }
  const message = withFound(`expected ${describeExpected(place.schema)}`, place.value);
  return finding(place, message, typeAdvice(place.schema, place.value));
}

/** What to do about values that YAML reads as another type than their writer thought. */
function typeAdvice(schema: z.core.$ZodType, value: unknown): string | undefined {
  const expected = describeExpected(schema);
  if (value === null) return 'null removes a key that a base config sets; nothing sets this one.';
  if (typeof value !== 'string') {
    return expected.startsWith('a text') &&
      (typeof value === 'number' || typeof value === 'boolean')
      ? `Write it in quotes: "${String(value)}".`
      : undefined;
  }
  const digits = value.replaceAll('_', '');
  if (expected.includes('number') && digits.trim() !== '' && Number.isFinite(Number(digits))) {
    return `Write ${digits.trim()}, without quotes or underscores.`;
  }
  if (expected.startsWith('true or false') && /^(yes|no|on|off|true|false)$/i.test(value)) {
    return `Write ${/^(yes|on|true)$/i.test(value) ? 'true' : 'false'}.`;
  }
  return undefined;
}

type RangeIssue = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

function outOfRange(place: Place, issue: RangeIssue): Finding {
  const tooSmall = issue.code === 'too_small';
  const bound = Number(tooSmall ? issue.minimum : issue.maximum);
  const { value, schema } = place;
  if (Array.isArray(value)) {
    const tuple = schema && chooseTupleLength(schema, value);
    const amount = tuple !== undefined ? `${tuple}` : `at ${tooSmall ? 'least' : 'most'} ${bound}`;
    return finding(place, `expected a list of ${amount}, found ${value.length}`);
  }
  if (typeof value === 'string') {
    const wanted =
      tooSmall && bound === 1
        ? 'a text that is not empty'
        : `a text of at ${tooSmall ? 'least' : 'most'} ${bound} characters`;
    return finding(place, withFound(`expected ${wanted}`, value));
  }
  const choice = schema && chooseBranch(schema, value);
  const noun =
    choice?.type === 'branch' && isWholeNumber(choice.schema) ? 'a whole number' : 'a number';
  const sign = `${tooSmall ? '>' : '<'}${issue.inclusive === false ? '' : '='}`;
  return finding(place, withFound(`expected ${noun} ${sign} ${bound}`, value));
}

function chooseTupleLength(schema: z.core.$ZodType, value: unknown): number | undefined {
  const choice = chooseBranch(schema, value);
  const branch = choice.type === 'branch' ? choice.schema : unwrap(schema);
  const { def } = branch._zod;
  return def.type === 'tuple' ? def.items.length : undefined;
}
