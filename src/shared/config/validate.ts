import type { z } from 'zod';
import { ConfigError, type ConfigIssue } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import { findProblems, type Finding } from './explain-issue.ts';
import { type LocatedValue, originAt, toPlain, valueAt } from './located-value.ts';
import { formatPath } from './parameter-path.ts';
import { closestTo } from './suggest.ts';

/** `rootKeys`: keys of the document that were taken off before the check, and may be meant by a misspelt one. */
type ValidateOptions = Readonly<{ rootKeys?: readonly string[] }>;

/**
 * Checks a document against a schema and fills in the defaults.
 *
 * @throws ConfigError with every problem at once, in the order of sources and lines.
 */
export function validate<T extends z.ZodType>(
  schema: T,
  document: LocatedValue,
  { rootKeys = [] }: ValidateOptions = {},
): z.output<T> {
  const input = toPlain(document);
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = findProblems(schema, input).map((finding) =>
    locateFinding(suggestRootKey(finding, rootKeys), document),
  );
  throw new ConfigError(sortIssues(issues));
}

function suggestRootKey(finding: Finding, rootKeys: readonly string[]): Finding {
  const [key, ...below] = finding.path;
  if (finding.part !== 'key' || below.length > 0) return finding;
  const close = closestTo(String(key), rootKeys);
  return close ? { ...finding, suggestion: `Did you mean ${JSON.stringify(close)}?` } : finding;
}

function locateFinding(finding: Finding, document: LocatedValue): ConfigIssue {
  const stated = valueAt(document, finding.path);
  const hint = stated?.type === 'scalar' ? stated.hint : undefined;
  return completeIssue({
    ...originAt(document, finding.path, finding.part),
    path: formatPath(finding.path),
    message: finding.message,
    suggestion: hint ?? finding.suggestion,
  });
}

/** Issues in reading order: by source, then line and column. Those without a position come first. */
export function sortIssues(issues: readonly ConfigIssue[]): ConfigIssue[] {
  const sources = [...new Set(issues.map((issue) => issue.source))];
  return [...issues].sort(
    (a, b) =>
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
}
