import { z } from 'zod';
import { ExpressionError } from './parse-expression.ts';
import { parsedExpression } from './parsed-expression.ts';
import { areWeightsFor, weights, weightsMessage } from './list-schemas.ts';

/** A mixture of values or distributions. `value` is called late: values contain themselves. */
export function mixtureOf<V extends z.ZodType>(value: () => V) {
  return z
    .strictObject({
      kind: z.literal('mixture'),
      get of() {
        return z.array(value()).min(1).meta({ description: 'Values or distributions.' });
      },
      weights,
    })
    .refine((mixture) => areWeightsFor(mixture.of, mixture.weights), weightsMessage)
    .meta({ description: 'One of these distributions, by weight, then a draw from it.' });
}

/** An expression over variables, checked for its form. */
const expressionText = z.string().refine((source) => problemOf(source) === null, {
  error: ({ input }) =>
    `${problemOf(input as string) ?? 'expected an expression'} of ${JSON.stringify(input)}`,
});

function problemOf(source: string): string | null {
  try {
    parsedExpression(source);
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

/** What variables are reckoned into. */
export const expressionValue = z
  .strictObject({
    kind: z.literal('expression'),
    of: expressionText.meta({ description: 'Such as `sun * 0.5 + 1`: see “Expressions”.' }),
  })
  .meta({ description: 'Reckoned from variables.' });

/** One of two values, by an expression that is true or false. */
export function conditionOf<V extends z.ZodType>(value: () => V) {
  return z
    .strictObject({
      kind: z.literal('if'),
      when: expressionText.meta({ description: 'Such as `wet and sun < 10`: see “Expressions”.' }),
      get then() {
        return value();
      },
      get else() {
        return value();
      },
    })
    .meta({ description: 'One of two values or distributions, by variables.' });
}
