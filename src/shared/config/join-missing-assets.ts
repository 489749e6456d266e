import type { ConfigIssue } from '../core/errors.ts';

/** Assets that may lack before it is taken for a folder that was not given, not for misspelt names. */
const MAX_SINGLE_ISSUES = 6;
/** Names that the joint issue lists. */
const MAX_NAMED = 8;

/**
 * Turns many missing assets into one issue, at the first of them, which says that a folder lacks: a list
 * of forty names with forty suggestions would not. `issues` quote the name that they are about.
 */
export function joinMissingAssets(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  const [first] = issues;
  if (first === undefined || issues.length <= MAX_SINGLE_ISSUES) return issues;
  const names = [
    ...new Set(issues.flatMap(({ message }) => /"(?:[^"\\]|\\.)*"/.exec(message) ?? [])),
  ];
  const listed = names.slice(0, MAX_NAMED).join(', ');
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return [
    {
      ...first,
      message: `${names.length} assets that the config names are not there: ${listed}${more}.`,
      suggestion:
        'Give the folder that holds them with --assets DIR; `diorama assets list --assets DIR` shows what it holds.',
    },
  ];
}
