import type { DrawnRow } from '#shared/protocol/preview-api';
import type { DrawnValue } from '#shared/sampling/scene-sample';
import { orbitOf } from '../space/orbit.ts';

/** Something that can be plotted: a draw by its path, or where the camera is. */
export type Axis = Readonly<{
  name: string;
  /** Undefined where the frame drew nothing there. */
  valueOf(row: DrawnRow): number | string | undefined;
}>;

/** Rows of which at least this share must have a draw for it to be plotted. */
const LEAST_SHARE = 0.1;

const scalar = (value: DrawnValue | undefined): number | string | undefined =>
  typeof value === 'object' ? undefined : typeof value === 'boolean' ? String(value) : value;

const orbitAxis = (name: string, pick: (orbit: ReturnType<typeof orbitOf>) => number): Axis => ({
  name,
  valueOf: ({ camera: { position, target } }) => pick(orbitOf(position, target)),
});

/** Where the camera is, seen from what it looks at, whichever way the config puts it. */
const CAMERA_AXES: readonly Axis[] = [
  orbitAxis('camera distance (m)', ({ distanceMeters }) => distanceMeters),
  orbitAxis('camera azimuth (°)', ({ azimuthDegrees: a }) => (a > 180 ? a - 360 : a)),
  orbitAxis('camera elevation (°)', ({ elevationDegrees }) => elevationDegrees),
  { name: 'camera height (m)', valueOf: ({ camera: { position } }) => position[1] },
];

/** What rows can be plotted by: the camera, then the draws that enough of them have, in their order. */
export function axesOf(rows: readonly DrawnRow[]): readonly Axis[] {
  const counts = new Map<string, number>();
  for (const { draws } of rows) {
    for (const [path, value] of Object.entries(draws)) {
      if (scalar(value) !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  const own = [...counts]
    .filter(([, count]) => count >= Math.max(2, rows.length * LEAST_SHARE))
    .map(([path]): Axis => ({ name: path, valueOf: ({ draws }) => scalar(draws[path]) }));
  return [...CAMERA_AXES, ...own];
}

/** Where values lie along an axis: numbers between the least and the greatest, words each in a place. */
export type AxisScale = Readonly<{
  /** 0..1. */
  placeOf(value: number | string): number;
  ticks: readonly Readonly<{ place: number; text: string }>[];
}>;

const TICKS = 5;
/** Words that have a tick of their own. */
const MOST_WORDS = 12;

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** The scale of some values; null where there are none. */
export function scaleOf(values: readonly (number | string)[]): AxisScale | null {
  if (values.length === 0) return null;
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) return numberScale(numbers);
  const words = [...new Set(values.map(String))].sort();
  const placeOf = (value: number | string): number =>
    (words.indexOf(String(value)) + 0.5) / words.length;
  const shown = words.length > MOST_WORDS ? [] : words;
  return { placeOf, ticks: shown.map((text) => ({ place: placeOf(text), text })) };
}

function numberScale(numbers: readonly number[]): AxisScale {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === most) return { placeOf: () => 0.5, ticks: [{ place: 0.5, text: short(least) }] };
  return {
    placeOf: (value) => (Number(value) - least) / (most - least),
    ticks: Array.from({ length: TICKS }, (_, i) => {
      const place = i / (TICKS - 1);
      return { place, text: short(least + (most - least) * place) };
    }),
  };
}

/** Pearson's correlation of pairs of numbers; null for fewer than three, or where one of them never varies. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length;
  if (n < 3) return null;
  const mean = (i: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[i], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) * (x - mx);
    yy += (y - my) * (y - my);
    xy += (x - mx) * (y - my);
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
