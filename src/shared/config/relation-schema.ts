import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

const of = z.string().min(1).meta({
  description:
    'Name of a node of the scene, or of an object group above; its objects are dealt out in turn.',
});
const spacingMeters = z
  .number()
  .min(0)
  .default(0.005)
  .meta({ description: 'Least gap to others.' });
const marginMeters = z
  .number()
  .min(0)
  .default(0.01)
  .meta({ description: 'Least distance from the rim.' });
const face = z.enum(['toward', 'away', 'along', 'any']);
const FACE =
  'Where the front (+Z) of each points before yawDegrees: to the other, away from it, as the other’s own, or anywhere.';

/** Next to something. */
export const besideSchema = z
  .strictObject({
    kind: z.literal('beside'),
    of,
    surface: z.string().meta({ description: 'Name of the surface that it stands on.' }),
    distanceMeters: numberValue
      .default(0.05)
      .meta({ description: 'Gap between the ground plans along azimuthDegrees, at least 0.' }),
    azimuthDegrees: numberValue
      .default({ kind: 'uniform', min: 0, max: 360 })
      .meta({ description: 'On which side of the other: 0 = its front (+Z), 90 = its +X.' }),
    shiftMeters: numberValue
      .default(0)
      .meta({ description: 'Across azimuthDegrees, from the middle of the other.' }),
    facing: face.default('toward').meta({ description: FACE }),
    yawDegrees: numberValue.default(0),
    spacingMeters,
    marginMeters,
  })
  .meta({ description: 'Beside something that stands: a chair at a table.' });

/** On top of something. */
export const onSchema = z
  .strictObject({
    kind: z.literal('on'),
    of,
    facing: face.default('any').meta({ description: FACE }),
    yawDegrees: numberValue.default(0),
    spacingMeters,
    marginMeters,
  })
  .meta({ description: 'On the top of the bounds of something that stands upright.' });

/** Within something. */
export const insideSchema = z
  .strictObject({
    kind: z.literal('inside'),
    of,
    floorMeters: numberValue
      .default(0)
      .meta({ description: 'Height of its floor above its lowest point, at least 0.' }),
    wallMeters: z
      .number()
      .min(0)
      .default(0.01)
      .meta({ description: 'Least distance from the rim of its ground plan.' }),
    facing: face.default('any').meta({ description: FACE }),
    yawDegrees: numberValue.default(0),
    spacingMeters,
  })
  .meta({ description: 'Standing in something open, such as a tray; its top may rise above it.' });

/** Turned to something. */
export const facingSchema = z
  .strictObject({
    kind: z.literal('facing'),
    of,
    surface: z.string().meta({ description: 'Name of the surface that it stands on.' }),
    yawDegrees: numberValue
      .default(0)
      .meta({ description: 'Added to the turn towards the middle of the other.' }),
    regionScale: z.number().positive().max(1).default(1),
    spacingMeters,
    marginMeters,
  })
  .meta({ description: 'Anywhere on a surface, with its front (+Z) towards something.' });

export type RelationSpec =
  | z.output<typeof besideSchema>
  | z.output<typeof onSchema>
  | z.output<typeof insideSchema>
  | z.output<typeof facingSchema>;
