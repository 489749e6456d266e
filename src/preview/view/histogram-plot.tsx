import type { JSX } from 'preact';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { histogramOf } from '../frame/histogram.ts';

const WIDTH = 240;
const HEIGHT = 26;

type HistogramProps = Readonly<{
  values: readonly DrawnValue[];
  /** Values that are marked. */
  marks: readonly DrawnValue[];
}>;

/** What frames drew for a parameter, as bars, and what this one drew. */
export function HistogramPlot({ values, marks }: HistogramProps): JSX.Element | null {
  const histogram = histogramOf(values);
  if (histogram === null) return null;
  const { bars, placeOf } = histogram;
  const step = WIDTH / bars.length;
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Histogram of ${values.length} draws`}
    >
      {bars.map(({ label, height, count }, i) => (
        <rect
          key={label}
          x={i * step + 0.5}
          width={Math.max(0.5, step - 1)}
          y={HEIGHT * (1 - height)}
          height={HEIGHT * height}
        >
          <title>{`${label}: ${count}`}</title>
        </rect>
      ))}
      {marks.map((value, i) => {
        const place = placeOf(value);
        return place === null ? null : (
          <line key={i} x1={place * WIDTH} x2={place * WIDTH} y1={0} y2={HEIGHT} />
        );
      })}
    </svg>
  );
}
