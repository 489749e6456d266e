import type { BenchMachine, CaseReport } from '#node/bench/bench-report';
import { findLimit, OTHERS, type Limit } from '#node/bench/judge-case';
import { formatRange, formatShare, formatX } from './format-figures.ts';
import { PART_NAMES, partMilliseconds, type MeasuredPoint, type Part } from './scaling-report.ts';

/** What keeps a point from being faster. */
export type PointLimit = Readonly<{
  by: Limit;
  /** Share of all cores that were busy with it. */
  busy: number;
  /** Share of all cores that other programs had meanwhile. */
  others: number;
  /** What takes the most of a frame that is made alone, and its share. */
  part: Part;
  share: number;
}>;

const LIMIT_NAMES: Readonly<Record<Limit, string>> = {
  processor: 'the processor',
  renderer: 'the renderer',
  node: 'Node',
  waiting: 'waiting',
};

export function nameLimit(report: CaseReport, machine: BenchMachine): PointLimit {
  const times = PART_NAMES.map((part) => ({ part, ms: partMilliseconds(report, part) }));
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const most = times.reduce((best, each) => (each.ms > best.ms ? each : best));
  const busyCores = report.busyCores ?? report.machineBusyCores;
  return {
    by: findLimit(report, machine),
    busy: busyCores / machine.cores,
    others: Math.max(0, report.machineBusyCores - busyCores) / machine.cores,
    part: most.part,
    share: most.ms / total,
  };
}

/** A cell of a table. Where others had so much of the machine that they spoil it, what they had is told. */
export function formatLimit({ by, busy, others, part, share }: PointLimit): string {
  const use = `${formatShare(busy)} busy${others < OTHERS ? '' : `, others ${formatShare(others)}`}`;
  return `${LIMIT_NAMES[by]} (${use}): ${part} ${formatShare(share)}`;
}

/** Neighbours of which one thing is the same. */
type Run = Readonly<{ name: string; shares: readonly number[]; first: number; last: number }>;
type Named = Readonly<{ x: number; name: string; share: number }>;

/** In which regime what is the limit, and what takes the most, in two sentences. */
export function describeLimits(
  points: readonly MeasuredPoint[],
  { label, machine }: Readonly<{ label: string; machine: BenchMachine }>,
): string {
  const limits = points.map(({ x, report }) => ({ x, ...nameLimit(report, machine) }));
  const by = limits.map(({ x, by, busy }) => ({ x, name: LIMIT_NAMES[by], share: busy }));
  const most = limits.map(({ x, part, share }) => ({ x, name: part, share }));
  return `The limit is ${listRuns(by, label, ' of all cores busy with it')}. Of a frame made alone, the most is ${listRuns(most, label)}.`;
}

function listRuns(all: readonly Named[], label: string, ofWhat = ''): string {
  const runs = all.reduce<readonly Run[]>((list, { x, name, share }) => {
    const before = list.at(-1);
    if (before?.name !== name) return [...list, { name, shares: [share], first: x, last: x }];
    return [...list.slice(0, -1), { ...before, last: x, shares: [...before.shares, share] }];
  }, []);
  return runs
    .map((run, i) => {
      const place = placeOf(run, { isFirst: i === 0, isLast: i === runs.length - 1, label });
      return `${run.name} ${place} (${formatRange(run.shares, formatShare)}${ofWhat})`;
    })
    .join(', ');
}

function placeOf(
  { first, last }: Run,
  { isFirst, isLast, label }: Readonly<{ isFirst: boolean; isLast: boolean; label: string }>,
): string {
  if (isFirst && isLast) return 'throughout';
  if (isFirst) return `up to ${formatX(last)} ${label}`;
  if (isLast) return `from ${formatX(first)} ${label} on`;
  return first === last ? `at ${formatX(first)}` : `from ${formatX(first)} to ${formatX(last)}`;
}
