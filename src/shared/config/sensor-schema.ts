import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

/** From linear radiance to an image. */
export const sensorSchema = z
  .strictObject({
    exposureStops: numberValue.default(0).meta({ description: 'Factor 2^stops on linear light.' }),
    blurSigmaPixels: numberValue
      .default(0)
      .meta({ description: 'Gaussian blur of the lens, 0..8.' }),
    vignetting: numberValue.default(0).meta({ description: 'Strength of the cos⁴ falloff, 0..1.' }),
    noise: z
      .strictObject({
        fullWellElectrons: numberValue.meta({
          description: 'Electrons at white; fewer are noisier.',
        }),
        readElectrons: numberValue
          .default(3)
          .meta({ description: 'Standard deviation of the read noise.' }),
      })
      .optional()
      .meta({ description: 'Photon and read noise (EMVA 1288); absent: none.' }),
    whiteBalanceKelvin: numberValue.default(6500).meta({
      description: 'Temperature of the light that the camera takes for white, 2000..12000.',
    }),
    toneMapping: z.enum(['agx', 'aces', 'neutral', 'none']).default('agx'),
  })
  .meta({ id: 'Sensor' });
