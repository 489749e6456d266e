import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

/** What luminance is white before the sensor: ties lux, candela and lumen to the scale of images. */
export const photometrySchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('metered'),
        compensationStops: numberValue
          .default(0)
          .meta({ description: 'Brighter by a factor of 2^stops.' }),
      })
      .meta({
        description:
          'A white card that lies flat under the open sky is white: by the light of `environment.sky`, which it needs.',
      }),
    z
      .strictObject({
        kind: z.literal('ev100'),
        ev100: numberValue.meta({
          description:
            'Exposure value at ISO 100: 15 sunlight, 12 overcast, 7 indoors, 2 street at night, −3 moonlight. White is 1.2 · 2^EV cd/m².',
        }),
      })
      .meta({ description: 'The exposure of a camera (ISO 12232).' }),
  ])
  .meta({ id: 'Photometry' });
export type PhotometrySpec = z.output<typeof photometrySchema>;
