import type { Axis, Figure, Line } from '../plot/figure.ts';
import type { Ink } from '../plot/palette.ts';
import { formatX } from './format-figures.ts';
import {
  PART_NAMES,
  partMilliseconds,
  seriesOf,
  type MeasuredPoint,
  type MeasuredSweep,
  type Part,
} from './scaling-report.ts';

const PART_INKS: Readonly<Record<Part, Ink>> = {
  scene: 'faint',
  'label pass': 'blue',
  silhouettes: 'green',
  colour: 'orange',
  'read-back': 'pink',
  sampling: 'black',
  Node: 'red',
};
/** Of a sweep that is made twice, the rates of the second. */
const RATE_INKS: readonly Ink[] = ['blue', 'orange'];

/** A sweep as two plots: its rates, and what a frame consists of when it is made alone (of the first series). */
export function scalingFigure(sweep: MeasuredSweep): Figure {
  const { name, label, scale } = sweep;
  const x: Axis = { label, scale, ticks: ticksOf(sweep) };
  const [[series, points] = ['', []]] = seriesOf(sweep);
  return {
    title: `Scaling: ${name}`,
    panels: [
      { title: 'Rates', x, y: { label: 'images/s', scale }, lines: rateLines(sweep) },
      {
        title: `A frame made alone${series === '' ? '' : `, ${series}`}`,
        x,
        y: { label: 'ms', scale: 'log' },
        lines: PART_NAMES.map((part) => partLine(points, part)),
      },
    ],
  };
}

function ticksOf({ points }: MeasuredSweep): NonNullable<Axis['ticks']> {
  return [...new Set(points.map(({ x }) => x))].map((at) => ({ at, text: shortX(at) }));
}

/** Thousands and millions by their signs: numbers stand side by side below an axis. */
function shortX(x: number): string {
  if (x >= 1e6) return `${Number((x / 1e6).toPrecision(2))} M`;
  return x >= 1e4 ? `${Math.round(x / 1000)} k` : formatX(x);
}

function rateLines(sweep: MeasuredSweep): readonly Line[] {
  return [...seriesOf(sweep)].flatMap(([series, points], i): readonly Line[] => {
    const of = series === '' ? '' : `, ${series}`;
    const ink = RATE_INKS[i] ?? 'black';
    const line = (read: (point: MeasuredPoint) => number): Line['points'] =>
      points.map((point) => [point.x, read(point)]);
    return [
      {
        name: `end to end${of}`,
        ink,
        points: line(({ report }) => report.endToEndFramesPerSecond),
      },
      {
        name: `bare${of}`,
        ink,
        dashed: true,
        points: line(({ report }) => report.bareFramesPerSecond),
      },
    ];
  });
}

/** What takes no time has no place on a logarithmic axis. */
function partLine(points: readonly MeasuredPoint[], part: Part): Line {
  const times = points.map(({ x, report }) => [x, partMilliseconds(report, part)] as const);
  return { name: part, ink: PART_INKS[part], points: times.filter(([, ms]) => ms > 0) };
}
