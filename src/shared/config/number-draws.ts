import { z } from 'zod';
import { areWeightsFor, choiceOf, weights, weightsMessage } from './list-schemas.ts';

/** A number that is neither infinite nor NaN. */
export const finite = z.number().refine(Number.isFinite, 'expected a finite number');

/** For ranges whose ends must not be upside down. */
export const ordered = <T extends { min: number; max: number }>(range: T): boolean =>
  range.min <= range.max;
export const orderedMessage = {
  error: ({ input }: { input?: unknown }) => {
    const range = input as { min: number; max: number };
    return `expected min <= max, got min ${range.min} > max ${range.max}`;
  },
};

const uniform = z
  .strictObject({ kind: z.literal('uniform'), min: finite, max: finite })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Uniform over [min, max).' });

const logUniform = z
  .strictObject({ kind: z.literal('log-uniform'), min: finite.positive(), max: finite.positive() })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Uniform in the logarithm over [min, max).' });

const normal = z
  .strictObject({
    kind: z.literal('normal'),
    mean: finite,
    std: finite.min(0),
    min: finite.optional(),
    max: finite.optional(),
  })
  .refine((n) => (n.min ?? -Infinity) < (n.max ?? Infinity), 'expected min < max')
  .refine(
    (n) => n.std > 0 || (n.mean >= (n.min ?? -Infinity) && n.mean <= (n.max ?? Infinity)),
    'expected a mean in min..max where std is 0',
  )
  .meta({ description: 'Normal; with min or max, truncated (renormalised, not clamped).' });

const triangular = z
  .strictObject({ kind: z.literal('triangular'), min: finite, mode: finite, max: finite })
  .refine((t) => t.min <= t.mode && t.mode <= t.max, {
    error: ({ input }) => {
      const { min, mode, max } = input as { min: number; mode: number; max: number };
      return `expected min <= mode <= max, got min ${min}, mode ${mode}, max ${max}`;
    },
  })
  .meta({ description: 'Density that rises straight from min to mode and falls to max.' });

/** Above this the continued fraction of the distribution function takes too long. */
const MAX_SHAPE = 10_000;

const beta = z
  .strictObject({
    kind: z.literal('beta'),
    alpha: finite.positive().max(MAX_SHAPE),
    beta: finite.positive().max(MAX_SHAPE),
    min: finite.default(0),
    max: finite.default(1),
  })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Beta of shape alpha and beta, stretched over min..max.' });

/** Counts in bins. */
export const histogram = z
  .strictObject({
    kind: z.literal('histogram'),
    edges: z.array(finite).min(2).meta({ description: 'Edges of the bins, rising.' }),
    weights: z
      .array(finite.min(0))
      .min(1)
      .meta({ description: 'Counts or shares, one for each bin.' }),
  })
  .refine((h) => h.edges.every((edge, i) => i === 0 || edge > (h.edges[i - 1] ?? edge)), {
    error: ({ input }) => {
      const { edges } = input as { edges: readonly number[] };
      const at = edges.findIndex((edge, i) => i > 0 && edge <= (edges[i - 1] ?? edge));
      return `expected edges that rise, found ${edges[at]} after ${edges[at - 1]}`;
    },
  })
  .refine((h) => h.weights.length === h.edges.length - 1 && h.weights.some((w) => w > 0), {
    error: ({ input }) => {
      const { edges, weights } = input as {
        edges: readonly number[];
        weights: readonly number[];
      };
      return `expected ${edges.length - 1} weight${edges.length === 2 ? '' : 's'} for ${edges.length} edges, at least one above 0, found ${weights.length} with a sum of ${weights.reduce((a, b) => a + b, 0)}`;
    },
  })
  .meta({ description: 'A bin by weight, uniform inside it.' });

/** A list of measured values. */
export const empirical = z
  .strictObject({
    kind: z.literal('empirical'),
    values: z.array(finite).min(1).meta({ description: 'What was measured, in any order.' }),
    weights,
    interpolation: z.enum(['none', 'linear']).default('none').meta({
      description:
        'none: one of the values. linear: also what lies between neighbours (quantiles of type 7).',
    }),
  })
  .refine(({ values, weights: given }) => areWeightsFor(values, given), weightsMessage)
  .refine(
    ({ interpolation, weights: given }) => interpolation === 'none' || given === undefined,
    'expected no weights with linear interpolation',
  )
  .meta({ description: 'As often as in a list of measured values.' });

/** Distributions whose quantile function rises, so that values of two may be mixed at one draw. */
export const risingDrawOptions = [
  uniform,
  logUniform,
  normal,
  triangular,
  beta,
  histogram,
] as const;
export type RisingDraw = z.output<(typeof risingDrawOptions)[number]>;
export type RisingDrawInput = z.input<(typeof risingDrawOptions)[number]>;

/** Distributions over numbers that take one random number each: the quantile at u. */
export const numberDrawOptions = [
  uniform,
  logUniform,
  normal,
  triangular,
  beta,
  histogram,
  empirical,
  choiceOf(finite),
] as const;

/** A distribution over numbers that a low-discrepancy sequence can drive. */
export const numberDraw = z.discriminatedUnion('kind', [...numberDrawOptions]).meta({
  id: 'NumberDraw',
  description: 'A distribution over numbers that takes one random number.',
});
export type NumberDraw = z.output<typeof numberDraw>;
export type NumberDrawInput = z.input<typeof numberDraw>;
