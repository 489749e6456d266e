import type { BenchMachine, CaseReport } from '#node/bench/bench-report';
import type { Sweep, SweepPoint } from './sweeps.ts';

/** A point of a sweep, and what was measured there. */
export type MeasuredPoint = Pick<SweepPoint, 'x' | 'series' | 'triangles'> &
  Readonly<{ report: CaseReport }>;

/** A sweep, measured. */
export type MeasuredSweep = Omit<Sweep, 'points'> & Readonly<{ points: readonly MeasuredPoint[] }>;

/** What `npm run bench:scaling -- --json FILE` writes and `--from FILE` reads. */
export type ScalingReport = Readonly<{
  scalingVersion: 1;
  toolVersion: string;
  machine: BenchMachine;
  sweeps: readonly MeasuredSweep[];
}>;

/**
 * What a frame that is made alone consists of, in its order: in the page, then in Node. `scene` is to put
 * the plan's things in their places.
 */
export const PARTS = {
  scene: ['scene'],
  'label pass': ['label'],
  silhouettes: ['silhouettes'],
  colour: ['color'],
  'read-back': ['readback'],
  sampling: ['sample', 'plan'],
  Node: ['annotate', 'verify', 'encode-labels', 'encode-color'],
} as const satisfies Readonly<Record<string, readonly (keyof CaseReport['aloneMilliseconds'])[]>>;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as readonly Part[];

/** Milliseconds of a part. */
export function partMilliseconds({ aloneMilliseconds }: CaseReport, part: Part): number {
  return PARTS[part].reduce((sum, step) => sum + aloneMilliseconds[step], 0);
}

/** CPU seconds for each image, end to end; NaN where the system does not tell. */
export function cpuSeconds({ nodeCpuSeconds, browserCpuSeconds }: CaseReport): number {
  return (nodeCpuSeconds ?? NaN) + (browserCpuSeconds ?? NaN);
}

/** The sweep's points by their series, in the order in which they were measured. */
export function seriesOf({ points }: MeasuredSweep): ReadonlyMap<string, readonly MeasuredPoint[]> {
  const series = new Map<string, MeasuredPoint[]>();
  for (const point of points) {
    const name = point.series ?? '';
    series.set(name, [...(series.get(name) ?? []), point]);
  }
  return series;
}
