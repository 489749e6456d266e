import { z } from 'zod';

/** Relative weights of a list. */
export const weights = z
  .array(z.number().refine(Number.isFinite, 'expected a finite number').min(0))
  .optional()
  .meta({ description: 'Relative weights, one for each value; equal where absent.' });

/** Whether there are as many weights as members, and a member that can be drawn. */
export function areWeightsFor(
  members: readonly unknown[],
  given: readonly number[] | undefined,
): boolean {
  if (given === undefined) return true;
  return given.length === members.length && given.some((w) => w > 0);
}
export const weightsMessage = 'expected one weight for each value, at least one above 0';

/** One of the values, by weight. */
export function choiceOf<T extends z.ZodType>(value: T) {
  return z
    .strictObject({ kind: z.literal('choice'), values: z.array(value).min(1), weights })
    .refine((choice) => areWeightsFor(choice.values, choice.weights), weightsMessage)
    .meta({ description: 'One of the values, by weight.' });
}

/** A value that is written as a distribution. */
export function constantOf<T extends z.ZodType>(value: T) {
  return z
    .strictObject({ kind: z.literal('constant'), value })
    .meta({ description: 'Always this value.' });
}

/** Each of the values once in every block of as many frames; `values` are a list or levels. */
export function permutationOf<T extends z.ZodType>(values: T) {
  return z.strictObject({ kind: z.literal('permutation'), values }).meta({
    description:
      'Shuffled over the frames: each of n values once in every block of n frames, no repetition.',
  });
}

/** The values in their order, frame after frame; `values` are a list or levels. */
export function gridOf<T extends z.ZodType>(values: T) {
  return z
    .strictObject({
      kind: z.literal('grid'),
      values,
      hold: z.int().min(1).default(1).meta({
        description:
          'Frames for which each value stands. For a full grid: the product of the sizes of those that vary faster.',
      }),
    })
    .meta({ description: 'In order over the frames: value ⌊frame / hold⌋ mod n.' });
}

/** Greatest dimensions for which this project has direction numbers and primes. */
export const SOBOL_DIMENSIONS = 64;
export const HALTON_DIMENSIONS = 32;

const SPREAD =
  'covers the range evenly over the frames, and every combination with the other dimensions';

/** Sobol and Halton, which stand where a random number would: `of` is what they drive. */
export function spreadOf<T extends z.ZodType>(of: T) {
  const dimension = (greatest: number) =>
    z.int().min(1).max(greatest).meta({
      description: 'Its own for each value; keep it, and others may come and go.',
    });
  return [
    z
      .strictObject({ kind: z.literal('sobol'), dimension: dimension(SOBOL_DIMENSIONS), of })
      .meta({ description: `Sobol sequence, Owen-scrambled by the seed: ${SPREAD}.` }),
    z
      .strictObject({ kind: z.literal('halton'), dimension: dimension(HALTON_DIMENSIONS), of })
      .meta({ description: `Halton sequence, digits scrambled by the seed: ${SPREAD}.` }),
  ] as const;
}
