import { readFile } from 'node:fs/promises';
import { UsageError } from '#shared/core/errors';
import { BENCH_VERSION, type BenchReport, type CaseReport } from './bench-report.ts';

/** Figures that two results are compared by; `better` says which direction is good. */
const COMPARED = {
  endToEndFramesPerSecond: 'higher',
  bareFramesPerSecond: 'higher',
  endToEndPerBare: 'higher',
  nodeCpuSeconds: 'lower',
  browserCpuSeconds: 'lower',
  labelsPerColor: 'lower',
  peakMemoryBytes: 'lower',
} as const satisfies Partial<Record<keyof CaseReport, 'higher' | 'lower'>>;
export type ComparedFigure = keyof typeof COMPARED;

/** One figure now, before, and now divided by before. */
export type FigureRatio = Readonly<{
  figure: ComparedFigure;
  now: number;
  before: number;
  ratio: number;
  better: 'higher' | 'lower';
}>;

/** A case against that of the same name in an earlier result; null where that has none. */
export type CaseComparison = Readonly<{ name: string; figures: readonly FigureRatio[] | null }>;

/** What a comparison says, and what makes one of its ratios doubtful. */
export type Comparison = Readonly<{ cases: readonly CaseComparison[]; doubts: readonly string[] }>;

/**
 * Reads what `diorama bench --json` printed.
 *
 * @throws UsageError where it is no such file, or one of another version.
 */
export async function readBenchReport(path: string): Promise<BenchReport> {
  const expected = 'expected what `diorama bench --json` printed';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path}: ${expected}, found ${(cause as Error).message}`, { cause });
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: ${expected}, found ${(cause as Error).message}`, { cause });
  }
  const report = found as Partial<BenchReport> | null;
  if (report?.benchVersion !== BENCH_VERSION || !Array.isArray(report.cases)) {
    throw new UsageError(
      `${path}: ${expected} with benchVersion ${BENCH_VERSION}, found ${JSON.stringify(report?.benchVersion)}. Measure again.`,
    );
  }
  return report as BenchReport;
}

/** Holds a result against an earlier one, case by case, by name. */
export function compareReports(now: BenchReport, before: BenchReport): Comparison {
  const cases = now.cases.map((each) => {
    const other = before.cases.find(({ name }) => name === each.name);
    return { name: each.name, figures: other === undefined ? null : figuresOf(each, other) };
  });
  return { cases, doubts: doubtsAbout(now, before) };
}

function figuresOf(now: CaseReport, before: CaseReport): readonly FigureRatio[] {
  return (Object.keys(COMPARED) as ComparedFigure[]).flatMap((figure) => {
    const [value, other] = [now[figure], before[figure]];
    if (value === null || other === null) return [];
    return [{ figure, now: value, before: other, ratio: value / other, better: COMPARED[figure] }];
  });
}

/** Ratios of absolute figures say something only on one machine, with one renderer, over the same frames. */
function doubtsAbout(now: BenchReport, before: BenchReport): readonly string[] {
  const doubts: string[] = [];
  const [machine, other] = [now.machine, before.machine];
  if (JSON.stringify(machine) !== JSON.stringify(other)) {
    doubts.push(
      `another machine: ${machine.cores} × ${machine.processor} now, ${other.cores} × ${other.processor} before`,
    );
  }
  for (const each of now.cases) {
    const earlier = before.cases.find(({ name }) => name === each.name);
    if (earlier === undefined) continue;
    const differing = (['renderer', 'config', 'frames', 'workers'] as const).filter(
      (key) => JSON.stringify(each[key]) !== JSON.stringify(earlier[key]),
    );
    if (differing.length > 0) doubts.push(`${each.name}: another ${differing.join(', ')}`);
  }
  return doubts;
}
