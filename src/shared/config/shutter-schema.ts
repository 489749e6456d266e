import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

/** How the rows of the sensor are exposed; absent: all at one instant, without motion blur. */
export const shutterSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('global') })
      .meta({ description: 'All rows over the same shutterSeconds.' }),
    z
      .strictObject({
        kind: z.literal('rolling'),
        readoutSeconds: numberValue.meta({
          description:
            'Over all rows, 0.000001..1: each row begins this divided by the rows of the image after the one above. Of a whole sensor 0.005 to 0.035.',
        }),
      })
      .meta({ description: 'One row after the other, from the top, each over shutterSeconds.' }),
  ])
  .meta({
    description:
      'What moves leaves its way over shutterSeconds in the colour image, labels hold its middle (docs/sensors.md). Absent: one instant. It needs render.subframes, each of which is an instant.',
  });
