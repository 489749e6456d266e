import { z } from 'zod';

/** A value for each stage of the schedule. `value` is called late: values contain themselves. */
export function stagedOf<V extends z.ZodType>(value: () => V) {
  return z
    .strictObject({
      kind: z.literal('stage'),
      get of() {
        return z.record(z.string(), value()).meta({
          description: 'A value or distribution for each stage of `schedule`, by name.',
        });
      },
    })
    .meta({ description: 'Another value or distribution in each stage of the schedule.' });
}

/** Least and greatest number of points of a ramp. */
const POINTS = { min: 2, max: 1000 };

/** A value that goes from point to point; `value` is a plain number or what takes one draw. */
export function rampOf<V extends z.ZodType>(value: V) {
  const point = z.tuple([z.number().min(0).max(1), value]);
  return z
    .strictObject({
      kind: z.literal('ramp'),
      points: z.array(point).min(POINTS.min).max(POINTS.max).meta({
        description: '[progress, value], progress rising from 0 to 1 at most.',
      }),
    })
    .refine(({ points }) => fallOf(points as Points) === null, {
      error: ({ input }) => {
        const { points } = input as { points: Points };
        const at = fallOf(points) ?? 0;
        return `expected progress that rises, found ${points[at]?.[0]} after ${points[at - 1]?.[0]}`;
      },
    })
    .meta({
      description:
        'Straight from point to point over the progress, held before the first and after the last. Between distributions, their values at the same draw are mixed: the range itself moves.',
    });
}

type Points = readonly (readonly [number, unknown])[];

/** The first point whose progress is not above the one before; null where all rise. */
function fallOf(points: Points): number | null {
  const at = points.findIndex(([x], i) => i > 0 && x <= (points[i - 1]?.[0] ?? -1));
  return at === -1 ? null : at;
}
