import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

const coefficient = (description: string) => numberValue.optional().meta({ description });

/** Coefficients by OpenCV's names; those that are absent are 0. */
const brownConrady = z
  .strictObject({
    kind: z.literal('brown-conrady'),
    k1: coefficient('Radial, of r²; below 0 barrel, above 0 pincushion.'),
    k2: coefficient('Radial, of r⁴.'),
    p1: coefficient('Tangential, in OpenCV’s order: p1·(r² + 2y²) is added to y.'),
    p2: coefficient('Tangential: p2·(r² + 2x²) is added to x.'),
    k3: coefficient('Radial, of r⁶.'),
    k4: coefficient('Radial, of r² in the denominator.'),
    k5: coefficient('Radial, of r⁴ in the denominator.'),
    k6: coefficient('Radial, of r⁶ in the denominator.'),
    s1: coefficient('Thin prism: s1·r² is added to x.'),
    s2: coefficient('Thin prism: s2·r⁴ is added to x.'),
    s3: coefficient('Thin prism: s3·r² is added to y.'),
    s4: coefficient('Thin prism: s4·r⁴ is added to y.'),
  })
  .meta({ description: 'Brown and Conrady’s model, as OpenCV has it.' });

const kannalaBrandt = z
  .strictObject({
    kind: z.literal('kannala-brandt'),
    k1: coefficient(
      'Of θ², θ being the angle to the axis: the radius in the image is f·θ·(1 + k1·θ² + …).',
    ),
    k2: coefficient('Of θ⁴.'),
    k3: coefficient('Of θ⁶.'),
    k4: coefficient('Of θ⁸.'),
    imageCircle: z
      .strictObject({
        degrees: numberValue.meta({ description: 'Field of view across the circle, 1..360.' }),
      })
      .optional()
      .meta({
        description:
          'The lens shows a circle that does not fill the image: what is outside is black, and has no labels. Absent: a lens that leaves a border empty is refused.',
      }),
  })
  .meta({
    description:
      'Kannala and Brandt’s model: OpenCV’s fisheye, ROS’s equidistant. Beyond 80° from the axis it is a wide lens, and distances are those along the ray.',
  });

const distortion = z.discriminatedUnion('kind', [brownConrady, kannalaBrandt]).optional().meta({
  description:
    'Bends colour and every label alike. Absent: a pinhole. A lens that folds inside the image is refused.',
});

/** A lens by numbers; a calibration file may stand in its place. */
export const intrinsicsLens = z
  .strictObject({
    kind: z.literal('intrinsics'),
    fx: numberValue,
    fy: numberValue,
    cx: numberValue,
    cy: numberValue,
    distortion,
  })
  .meta({ description: 'Intrinsics in pixels; origin at the corner of the first pixel.' });

/** The lens: how directions become places in the image. */
export const lensSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('fov'),
        verticalDegrees: numberValue.meta({
          description: 'Vertical field of view, 1..150; of the lens without its distortion.',
        }),
        principalOffset: z.tuple([numberValue, numberValue]).default([0, 0]).meta({
          description: 'Principal point from the image centre, pixels, [right, down].',
        }),
        distortion,
      })
      .meta({ description: 'Square pixels, by field of view.' }),
    intrinsicsLens,
    z
      .strictObject({
        kind: z.literal('equirectangular'),
        longitudeDegrees: numberValue
          .default(360)
          .meta({ description: 'Longitudes across the image, 1..360, evenly to both sides.' }),
        latitudeDegrees: numberValue
          .default(180)
          .meta({ description: 'Latitudes down the image, 1..180, evenly above and below.' }),
      })
      .meta({
        description:
          'Longitude to the right and latitude down, as evenly as pixels; the middle of the image looks along the axis. A wide lens: distances are those along the ray.',
      }),
  ])
  .default({ kind: 'fov', verticalDegrees: 45, principalOffset: [0, 0] });

export type LensSpec = z.output<typeof lensSchema>;

/** What bends the picture of a lens by coefficients, where anything does. */
export const distortionOf = (lens: LensSpec) =>
  lens.kind === 'equirectangular' ? undefined : lens.distortion;

/** A lens that a calibration file describes, which takes its place when it is read. */
export const calibrationLens = z
  .strictObject({
    kind: z.literal('calibration'),
    file: z.string().min(1).meta({
      description:
        'Of OpenCV (YAML of FileStorage) or ROS (camera_info), as it is; relative to this file. Its image must be as large as `image`.',
    }),
  })
  .meta({
    description:
      'Intrinsics and distortion of a calibration, which take its place when it is read.',
  });
