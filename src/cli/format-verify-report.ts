import { formatProblem, SHOWN_PER_KIND, type ProblemGroup } from '#node/verify/problem-list';
import type { VerifyReport } from '#node/verify/verify-dataset';
import { countOf } from './format-summary.ts';

const SEVERITIES = { error: 'error', warning: 'warning', notice: 'note' } as const;

/** A line for each problem of a kind, then how many more there are. */
function formatGroup({ kind, errors, warnings, notices, problems }: ProblemGroup): string {
  const more = errors + warnings + notices - problems.length;
  return [
    ...problems.map((problem) => `${SEVERITIES[problem.severity]}: ${formatProblem(problem)}`),
    ...(more > 0
      ? [`… and ${more} more of this kind (${kind}; the first ${SHOWN_PER_KIND} are shown)`]
      : []),
  ].join('\n');
}

/** Problems, a line each; empty where there are none. */
export function formatProblems({ groups }: VerifyReport): string {
  return groups.map((group) => `${formatGroup(group)}\n`).join('');
}

const VERDICTS: Readonly<Record<VerifyReport['outcome'], string>> = {
  ok: 'ok',
  failed: 'not ok',
  interrupted: 'interrupted',
};

/** What is said at the end: a verdict and counts. */
export function formatVerdict(report: VerifyReport): string {
  const { folder, outcome, frames, rerendered, groups, errors, writing } = report;
  const sum = (part: 'warnings' | 'notices'): number =>
    groups.reduce((total, group) => total + group[part], 0);
  const counts = [
    countOf(errors, 'error'),
    ...(sum('warnings') > 0 ? [countOf(sum('warnings'), 'warning')] : []),
    ...(sum('notices') > 0 ? [countOf(sum('notices'), 'note')] : []),
  ];
  const found =
    frames.found === frames.expected
      ? countOf(frames.found, 'frame')
      : `${frames.found} of ${countOf(frames.expected, 'frame')}`;
  const checked = frames.checked === frames.found ? 'checked' : `${frames.checked} checked`;
  return [
    `${VERDICTS[outcome]}: ${folder}: ${found}, ${checked}`,
    ...(rerendered.length > 0
      ? [`${rerendered.length} rendered again (${rerendered.join(', ')})`]
      : []),
    counts.join(', '),
    ...(writing ? ['a run is writing it: derived files were not compared'] : []),
  ].join('; ');
}
