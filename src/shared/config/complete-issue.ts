import type { ConfigIssue } from '../core/errors.ts';

/** Ends the message with a full stop where a suggestion follows it, so that the two read as sentences. */
export function completeIssue(issue: ConfigIssue): ConfigIssue {
  const isSentence = issue.suggestion === undefined || /[.?!]$/.test(issue.message);
  return isSentence ? issue : { ...issue, message: `${issue.message}.` };
}
