import type { JSX } from 'preact';
import type { DrawnRow } from '#shared/protocol/preview-api';
import { correlation, scaleOf, type Axis } from '../frame/coverage-axes.ts';
import { histogramOf } from '../frame/histogram.ts';

const SIZE = 400;
/** Room for the scales, and for the histograms at the other sides. */
const PAD = { left: 62, bottom: 34, side: 44 } as const;

type ScatterProps = Readonly<{
  rows: readonly DrawnRow[];
  x: Axis;
  y: Axis;
  /** Row that is marked. */
  mark: DrawnRow | null;
  colorOf(row: DrawnRow): string;
  open: ((row: DrawnRow) => void) | null;
}>;

type Pair = Readonly<{ row: DrawnRow; x: number | string; y: number | string }>;

function pairsOf({ rows, x, y }: Pick<ScatterProps, 'rows' | 'x' | 'y'>): readonly Pair[] {
  return rows.flatMap((row): Pair[] => {
    const [a, b] = [x.valueOf(row), y.valueOf(row)];
    return a === undefined || b === undefined ? [] : [{ row, x: a, y: b }];
  });
}

function describe(pairs: readonly Pair[]): string {
  const numbers = pairs.flatMap(({ x, y }): (readonly [number, number])[] =>
    typeof x === 'number' && typeof y === 'number' ? [[x, y]] : [],
  );
  const r = numbers.length === pairs.length ? correlation(numbers) : null;
  return `${pairs.length} frames${r === null ? '' : `, correlation ${r.toFixed(2)}`}`;
}

/** Bars along an edge of the plot. */
function EdgeBars({
  values,
  edge,
}: Readonly<{ values: readonly (number | string)[]; edge: 'top' | 'right' }>): JSX.Element | null {
  const histogram = histogramOf(values);
  if (histogram === null) return null;
  const step = SIZE / histogram.bars.length;
  const reach = PAD.side - 8;
  return (
    <g class="edge-bars">
      {histogram.bars.map(({ label, height }, i) =>
        edge === 'top' ? (
          <rect
            key={label}
            x={i * step + 0.5}
            width={Math.max(0.5, step - 1)}
            y={-4 - height * reach}
            height={height * reach}
          />
        ) : (
          <rect
            key={label}
            y={SIZE - (i + 1) * step + 0.5}
            height={Math.max(0.5, step - 1)}
            x={SIZE + 4}
            width={height * reach}
          />
        ),
      )}
    </g>
  );
}

/** Two things that frames drew, one against the other. */
export function ScatterPlot(props: ScatterProps): JSX.Element {
  const { x, y, mark, colorOf, open } = props;
  const pairs = pairsOf(props);
  const [across, up] = [scaleOf(pairs.map((pair) => pair.x)), scaleOf(pairs.map((pair) => pair.y))];
  const width = PAD.left + SIZE + PAD.side;
  const height = PAD.side + SIZE + PAD.bottom;
  const place = (pair: Pair): Readonly<{ cx: number; cy: number }> => ({
    cx: (across?.placeOf(pair.x) ?? 0) * SIZE,
    cy: SIZE - (up?.placeOf(pair.y) ?? 0) * SIZE,
  });
  const marked = pairs.find(({ row }) => row.frame === mark?.frame);
  return (
    <figure class="plot">
      <svg
        viewBox={`${-PAD.left} ${-PAD.side} ${width} ${height}`}
        role="img"
        aria-label={`${y.name} against ${x.name}: ${describe(pairs)}`}
      >
        <rect class="plot-ground" width={SIZE} height={SIZE} />
        {across?.ticks.map(({ place: at, text }) => (
          <g key={`x${text}`}>
            <line class="tick" x1={at * SIZE} x2={at * SIZE} y1={0} y2={SIZE} />
            <text x={at * SIZE} y={SIZE + 16} text-anchor="middle">
              {text}
            </text>
          </g>
        ))}
        {up?.ticks.map(({ place: at, text }) => (
          <g key={`y${text}`}>
            <line class="tick" x1={0} x2={SIZE} y1={SIZE - at * SIZE} y2={SIZE - at * SIZE} />
            <text x={-6} y={SIZE - at * SIZE + 4} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
        <EdgeBars values={pairs.map((pair) => pair.x)} edge="top" />
        <EdgeBars values={pairs.map((pair) => pair.y)} edge="right" />
        {pairs.map((pair) => (
          <circle
            key={pair.row.frame}
            class={open === null ? 'dot' : 'dot open'}
            {...place(pair)}
            r={3.2}
            style={{ fill: colorOf(pair.row) }}
            onClick={() => open?.(pair.row)}
          >
            <title>{`frame ${pair.row.frame}: ${pair.x}, ${pair.y}`}</title>
          </circle>
        ))}
        {marked && <circle class="mark" {...place(marked)} r={7} />}
      </svg>
      <figcaption>{describe(pairs)}</figcaption>
    </figure>
  );
}
