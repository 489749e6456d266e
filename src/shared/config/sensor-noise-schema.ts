import { z } from 'zod';
import { integerValue, numberValue } from './value-schemas.ts';

/** How the exposure comes about; absent: `exposureStops` alone. */
export const exposureSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('manual'),
        nitsPerUnit: numberValue.default(1).meta({
          description:
            'Luminance of one unit of radiance, cd/m²: 1 where lights are in lux and candela.',
        }),
      })
      .meta({
        description:
          'By aperture, shutterSeconds and iso: white is 1.2 · N²/t · 100/ISO cd/m² (ISO 2720, ISO 12232).',
      }),
    z
      .strictObject({
        kind: z.literal('auto'),
        grey: numberValue
          .default(0.18)
          .meta({ description: 'What the mean of the frame becomes, 0.01..1.' }),
        metering: z.enum(['average', 'centre']).default('average').meta({
          description: 'Every pixel alike, or by a Gaussian of a quarter of the height.',
        }),
        minStops: numberValue
          .default(-10)
          .meta({ description: 'The camera can darken so far; -20..20.' }),
        maxStops: numberValue
          .default(10)
          .meta({ description: 'The camera can brighten so far; -20..20.' }),
      })
      .meta({
        description:
          'By the geometric mean of the frame’s own luminance (Reinhard 2002), before the sensor: longer or shorter, electrons at white stay.',
      }),
  ])
  .meta({ description: 'How the exposure comes about; absent: by exposureStops alone.' });

const darkSchema = z
  .strictObject({
    electronsPerSecond: numberValue.meta({ description: 'At the reference temperature, 0..1e6.' }),
    temperatureCelsius: numberValue.default(30).meta({ description: 'Of the sensor, -100..120.' }),
    referenceCelsius: z.number().default(30),
    doublingCelsius: z.number().positive().default(8).meta({
      description: 'Degrees over which the dark signal doubles.',
    }),
  })
  .meta({ description: 'Dark signal over shutterSeconds, with photon-like noise of its own.' });

const fixedPatternSchema = z
  .strictObject({
    camera: integerValue.default(0).meta({
      description:
        'Which camera: each number has a pattern of its own, the same in every frame; -1000000000..1000000000.',
    }),
    prnuPercent: numberValue.default(0).meta({
      description: 'Standard deviation of the response (PRNU), 0..20 %.',
    }),
    dsnuElectrons: numberValue.default(0).meta({
      description: 'Standard deviation of the dark value (DSNU), 0..1000.',
    }),
    hotPixels: z
      .strictObject({
        share: numberValue.meta({ description: 'Of the pixels, 0..0.1.' }),
        electronsPerSecond: numberValue.meta({
          description: 'Mean of their extra dark signal (exponentially distributed), 0..1e9.',
        }),
      })
      .optional(),
  })
  .meta({ description: 'What differs from pixel to pixel and stays.' });

/** Noise in the terms of EMVA 1288, release 4.0. */
export const noiseSchema = z
  .strictObject({
    fullWellElectrons: numberValue.meta({
      description: 'Electrons at white; fewer are noisier.',
    }),
    baseIso: numberValue.default(100).meta({
      description: 'ISO at which white has that many electrons; at twice it, half. 10..1000000.',
    }),
    readElectrons: numberValue
      .default(3)
      .meta({ description: 'Standard deviation of the read noise.' }),
    dark: darkSchema.optional(),
    fixedPattern: fixedPatternSchema.optional(),
  })
  .meta({ description: 'Photon and read noise (EMVA 1288); absent: none.' });
