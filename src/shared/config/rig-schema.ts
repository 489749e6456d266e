import { z } from 'zod';
import { lensSchema } from './lens-schema.ts';
import { numberValue, vec3Value } from './value-schemas.ts';

/** Where a view of the rig looks from, in the frame of the camera, and through what lens. */
const viewSchema = z
  .strictObject({
    positionMeters: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'In the frame of the camera: right, down, forward.' }),
    yawDegrees: numberValue.default(0).meta({ description: 'Turned to the right.' }),
    pitchDegrees: numberValue.default(0).meta({ description: 'Then up.' }),
    rollDegrees: numberValue
      .default(0)
      .meta({ description: 'Then about its axis, clockwise as seen from behind.' }),
    lens: lensSchema
      .unwrap()
      .optional()
      .meta({ description: 'Of this view; absent: `camera.lens`.' }),
  })
  .meta({ id: 'View', description: 'A view of a rig, in the frame of the camera.' });
export type ViewSpec = z.output<typeof viewSchema>;

/** Several views of one moment. */
export const rigSchema = z
  .strictObject({
    views: z
      .record(
        z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name of a-z, 0-9 and -'),
        viewSchema,
      )
      .refine((views) => Object.keys(views).length > 0, 'expected at least one view')
      .meta({ description: 'By name; frame k is view k mod n of moment ⌊k/n⌋, in this order.' }),
    pairs: z
      .array(z.tuple([z.string(), z.string()]))
      .default([])
      .meta({
        description:
          'Rectified pairs, [left, right]: alike but for a step along x. They have a disparity.',
      }),
  })
  .meta({
    id: 'Rig',
    description:
      'Several views of one moment: the frames of a moment share every draw, and differ by where they look from.',
  });
export type RigSpec = z.output<typeof rigSchema>;
