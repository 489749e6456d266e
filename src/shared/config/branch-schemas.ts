import { z } from 'zod';
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
