import type { BenchMachine, CaseReport } from '#node/bench/bench-report';
import { findCosts, findExponents } from './find-fits.ts';
import { formatFigure, formatSlope, formatX } from './format-figures.ts';
import { describeLimits, formatLimit, nameLimit } from './name-limit.ts';
import {
  PART_NAMES,
  partMilliseconds,
  seriesOf,
  type MeasuredPoint,
  type MeasuredSweep,
} from './scaling-report.ts';

/** Columns between what is varied and the limit. */
const COLUMNS: readonly Readonly<{ head: string; read: (report: CaseReport) => string }>[] = [
  { head: 'images/s', read: ({ endToEndFramesPerSecond: rate }) => formatFigure(rate) },
  { head: 'bare', read: ({ bareFramesPerSecond: rate }) => formatFigure(rate) },
  { head: 'ratio', read: ({ endToEndPerBare }) => endToEndPerBare.toFixed(2) },
  { head: 'CPU s, browsers', read: ({ browserCpuSeconds }) => told(browserCpuSeconds) },
  { head: 'CPU s, Node', read: ({ nodeCpuSeconds }) => told(nodeCpuSeconds) },
  ...PART_NAMES.map((part) => ({
    head: part === 'scene' ? 'scene, ms' : part,
    read: (report: CaseReport) => partMilliseconds(report, part).toFixed(1),
  })),
  {
    head: 'MiB',
    read: ({ peakMemoryBytes: bytes }) =>
      bytes === null ? '–' : String(Math.round(bytes / 2 ** 20)),
  },
];

const told = (seconds: number | null): string => (seconds === null ? '–' : seconds.toFixed(3));

/** A sweep as a Markdown table and what follows from it: the limit in each regime, exponents, costs. */
export function describeSweep(sweep: MeasuredSweep, machine: BenchMachine): string {
  return [scalingTable(sweep, machine), ...findings(sweep, machine)].join('\n\n');
}

/** One row for each point. */
export function scalingTable({ label, points }: MeasuredSweep, machine: BenchMachine): string {
  const rows = points.map(({ x, series, report }) => [
    series === undefined ? formatX(x) : `${formatX(x)} ${series}`,
    ...COLUMNS.map(({ read }) => read(report)),
    formatLimit(nameLimit(report, machine)),
  ]);
  const heads = [label, ...COLUMNS.map(({ head }) => head), 'limit'];
  const rules = heads.map((_, i) => (i === heads.length - 1 ? '---' : '---:'));
  return [heads, rules, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function findings(sweep: MeasuredSweep, machine: BenchMachine): readonly string[] {
  return [...seriesOf(sweep)].map(([series, points]) => {
    const where = series === '' ? '' : `${series}: `;
    const limits = describeLimits(points, { label: sweep.label, machine });
    const growth =
      sweep.name === 'workers' ? describeSpeedUp(points) : describeGrowth(sweep, points);
    return `${where}${limits} ${growth}`.replace(/^./, (first) => first.toUpperCase());
  });
}

/** Exponents where x spans decades, and what one more of x costs. */
function describeGrowth(
  { scale, label, each, per }: MeasuredSweep,
  points: readonly MeasuredPoint[],
): string {
  const { cpu, parts } = findCosts(points, per);
  const dear = [...parts]
    // What a part costs is told where it is more than its error and a hundredth of the whole.
    .filter(([, { slope, error }]) => slope > 2 * error && slope > cpu.slope / 100)
    .sort(([, a], [, b]) => b.slope - a.slope)
    .map(([part, slope]) => `${part} ${formatSlope(slope)}`);
  const costs = `${each} costs ${formatSlope(cpu)} ms of CPU end to end; alone, in ms: ${dear.join(', ')}.`;
  const told = costs.replace(/^./, (first) => first.toUpperCase());
  if (scale === 'linear') return told;
  const { rate, cpu: cpuPower } = findExponents(points);
  const from = formatX(points.at(-3)?.x ?? NaN);
  return `Images/s go with ${label} to the power of ${formatSlope(rate.all)}, from ${from} on ${formatSlope(rate.last)}; CPU seconds of an image ${formatSlope(cpuPower.all)}, and ${formatSlope(cpuPower.last)}. ${told}`;
}

/** How many times as many images several browsers make as one, and how long one waits for Node. */
function describeSpeedUp(points: readonly MeasuredPoint[]): string {
  const [one, ...more] = points;
  if (one?.x !== 1) throw new RangeError('workers: expected one browser first');
  const gains = more.map(({ x, report }) => {
    const gain = report.endToEndFramesPerSecond / one.report.endToEndFramesPerSecond;
    const bare = report.bareFramesPerSecond / one.report.bareFramesPerSecond;
    return `${x} make ${formatFigure(gain)} times as many (bare ${formatFigure(bare)})`;
  });
  const ratio = one.report.endToEndPerBare;
  return `Against one browser, ${gains.join(', ')}. With one browser Node has a core to itself where there are two: a dataset is then made at ${ratio.toFixed(2)} of the bare rate, and what is missing to 1 is what the renderer waits for it.`;
}
