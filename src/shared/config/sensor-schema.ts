import { z } from 'zod';
import { exposureSchema, noiseSchema } from './sensor-noise-schema.ts';
import { shutterSchema } from './shutter-schema.ts';
import { integerValue, numberValue } from './value-schemas.ts';

const opticsFields = {
  blurSigmaPixels: numberValue.default(0).meta({ description: 'Gaussian blur of the lens, 0..8.' }),
  vignetting: numberValue.default(0).meta({ description: 'Strength of the cos⁴ falloff, 0..1.' }),
  chromaticAberration: z
    .strictObject({
      redScale: numberValue
        .default(1)
        .meta({ description: 'Size of the red image over the green one, 0.98..1.02.' }),
      blueScale: numberValue
        .default(1)
        .meta({ description: 'Size of the blue image over the green one, 0.98..1.02.' }),
    })
    .optional()
    .meta({ description: 'Lateral: red and blue are magnified about the principal point.' }),
  glare: z
    .strictObject({
      share: numberValue.meta({ description: 'Share of the light that is scattered, 0..0.5.' }),
      sigmaPixels: numberValue.meta({ description: 'How far it goes: a Gaussian, 1..256.' }),
    })
    .optional()
    .meta({ description: 'Bloom: light that the lens scatters about bright things.' }),
};

const readoutFields = {
  mosaic: z
    .strictObject({
      pattern: z.enum(['rggb', 'bggr', 'grbg', 'gbrg']).default('rggb').meta({
        description: 'The first two pixels of the first two rows.',
      }),
      demosaic: z.enum(['bilinear', 'malvar']).default('malvar').meta({
        description: 'How the two colours that a pixel lacks are made (Malvar, He, Cutler 2004).',
      }),
    })
    .optional()
    .meta({ description: 'Bayer colour filters: each pixel sees one colour.' }),
  filters: z.array(z.number().min(-10).max(10)).length(9).optional().meta({
    description:
      'What the red, green and blue pixels have of linear sRGB light: 3×3, row by row. The image is led back by the inverse after white balance, so that colours stay and noise grows.',
  }),
  adc: z
    .strictObject({
      bits: integerValue.default(12).meta({ description: '6..16.' }),
      blackLevel: numberValue.default(0).meta({
        description: 'Code of no light; below it, read noise is kept. At most half of the codes.',
      }),
      fullScale: numberValue.default(1).meta({
        description: 'Light at the highest code, in units of white; more is cut, 0.1..64.',
      }),
    })
    .optional()
    .meta({ description: 'Saturation and quantisation, before white balance and tone curve.' }),
};

const developFields = {
  whiteBalanceKelvin: numberValue.default(6500).meta({
    description: 'Temperature of the light that the camera takes for white, 2000..12000.',
  }),
  toneMapping: z.enum(['agx', 'aces', 'neutral', 'none']).default('agx'),
  sharpening: z
    .strictObject({
      amount: numberValue.meta({ description: 'Of the difference that is added, 0..5.' }),
      sigmaPixels: numberValue
        .default(1)
        .meta({ description: 'Of the blurred image it is the difference to, 0.3..8.' }),
    })
    .optional()
    .meta({ description: 'Unsharp mask on the developed image.' }),
};

/** From linear radiance to an image: optics, exposure, noise, read-out, development. */
export const sensorSchema = z
  .strictObject({
    exposureStops: numberValue.default(0).meta({
      description: 'Factor 2^stops on linear light; with `exposure`, its compensation.',
    }),
    exposure: exposureSchema.optional(),
    aperture: numberValue.default(4).meta({ description: 'f-number, 0.5..64.' }),
    shutterSeconds: numberValue.default(0.01).meta({
      description:
        'Exposure time, 0.000001..60; for `shutter`, `exposure: manual` and dark signal.',
    }),
    shutter: shutterSchema.optional(),
    iso: numberValue.default(100).meta({
      description:
        'Sensitivity, 10..1000000; with `exposure: manual` it lowers electrons at white.',
    }),
    ...opticsFields,
    noise: noiseSchema.optional(),
    ...readoutFields,
    ...developFields,
  })
  .refine(
    ({ filters }) => filters === undefined || isUsable(filters),
    'expected filters with a positive sum in each row and an inverse',
  )
  .meta({ id: 'Sensor' });

/** Whether each filter sees white light, and whether the three tell colours apart. */
function isUsable(filters: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = filters;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return Math.min(a + b + c, d + e + f, g + h + i) > 1e-3 && Math.abs(determinant) > 1e-4;
}
