import type { DrawnValue } from '#shared/sampling/scene-sample';

/** A bar of a histogram: how many values it has of all, 0..1 of the highest bar. */
export type Bar = Readonly<{ label: string; height: number; count: number }>;
/** Bars from left to right, and where a value lies among them. */
export type Histogram = Readonly<{
  bars: readonly Bar[];
  /** 0..1 from the left edge to the right; null for a value that lies nowhere here. */
  placeOf(value: DrawnValue): number | null;
}>;

const BINS = 24;

const short = (value: number): string => String(Number(value.toPrecision(3)));

function withHeights(counts: readonly number[], labelOf: (i: number) => string): readonly Bar[] {
  const most = Math.max(1, ...counts);
  return counts.map((count, i) => ({ label: labelOf(i), height: count / most, count }));
}

function ofNumbers(values: readonly number[]): Histogram {
  const least = Math.min(...values);
  const width = Math.max(...values) - least;
  const placeOf = (value: DrawnValue): number | null => {
    if (typeof value !== 'number') return null;
    const place = width === 0 ? 0.5 : (value - least) / width;
    return place >= 0 && place <= 1 ? place : null;
  };
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((placeOf(value) ?? 0) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edge = (i: number): string => short(least + (width * i) / BINS);
  return { bars: withHeights(counts, (i) => `${edge(i)}..${edge(i + 1)}`), placeOf };
}

function ofWords(values: readonly DrawnValue[]): Histogram {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const words = [...counts.keys()].sort();
  return {
    bars: withHeights(
      words.map((word) => counts.get(word) ?? 0),
      (i) => words[i] ?? '',
    ),
    placeOf: (value) => {
      const index = words.indexOf(String(value));
      return index === -1 ? null : (index + 0.5) / words.length;
    },
  };
}

/** Histogram of values of one parameter: numbers in bins, anything else by its kinds; null for vectors. */
export function histogramOf(values: readonly DrawnValue[]): Histogram | null {
  if (values.length === 0 || values.some((value) => typeof value === 'object')) return null;
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? ofNumbers(numbers) : ofWords(values);
}
