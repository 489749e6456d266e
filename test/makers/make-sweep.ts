import type { CaseReport } from '#node/bench/bench-report';
import type { MeasuredSweep } from '../../scripts/bench/scaling/scaling-report.ts';
import { makeCaseReport } from './make-case-report.ts';

/** A sweep over objects, each point a case with changes. */
export function makeSweep(
  points: readonly (readonly [x: number, changes: Partial<CaseReport>, series?: string])[],
  changes: Partial<Omit<MeasuredSweep, 'points'>> = {},
): MeasuredSweep {
  return {
    name: 'objects',
    label: 'objects',
    each: 'each object',
    per: 1,
    scale: 'log',
    ...changes,
    points: points.map(([x, report, series]) => ({
      x,
      ...(series !== undefined && { series }),
      report: makeCaseReport(report),
    })),
  };
}
