import type { CaseReport } from '#node/bench/bench-report';
import { fitSlope } from '../fit-slope.ts';
import {
  cpuSeconds,
  PART_NAMES,
  partMilliseconds,
  type MeasuredPoint,
  type Part,
} from './scaling-report.ts';

/** A slope with its standard error. */
export type Slope = ReturnType<typeof fitSlope>;

/** Points of the end of a sweep, where what is varied has outgrown the rest. */
const LAST = 3;

/** An exponent over all points, and over the last three. */
export type Exponents = Readonly<{ all: Slope; last: Slope }>;

/** Exponents over x, least squares of the logarithms: of the rate end to end, and of CPU seconds an image. */
export function findExponents(
  points: readonly MeasuredPoint[],
): Readonly<Record<'rate' | 'cpu', Exponents>> {
  const exponentsOf = (read: (report: CaseReport) => number): Exponents => {
    const logs = points.map(({ x, report }) => [Math.log(x), Math.log(read(report))] as const);
    return { all: fitSlope(logs), last: fitSlope(logs.slice(-LAST)) };
  };
  return {
    rate: exponentsOf((report) => report.endToEndFramesPerSecond),
    cpu: exponentsOf(cpuSeconds),
  };
}

/** Milliseconds of CPU end to end, and of each part of a frame made alone, that one more of x costs. */
export function findCosts(
  points: readonly MeasuredPoint[],
  per: number,
): Readonly<{ cpu: Slope; parts: ReadonlyMap<Part, Slope> }> {
  const slopeOf = (read: (point: MeasuredPoint) => number): Slope =>
    fitSlope(points.map((point) => [point.x / per, read(point)]));
  return {
    cpu: slopeOf(({ report }) => 1000 * cpuSeconds(report)),
    parts: new Map(
      PART_NAMES.map((part) => [part, slopeOf(({ report }) => partMilliseconds(report, part))]),
    ),
  };
}
