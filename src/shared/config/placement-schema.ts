import { z } from 'zod';
import { gridSchema, lineSchema, ringSchema, shelfSchema } from './arrangement-schema.ts';
import { dropSchema, orientationFields, pileSchema } from './drop-schema.ts';
import { meshSchema } from './mesh-schema.ts';
import { besideSchema, facingSchema, insideSchema, onSchema } from './relation-schema.ts';
import { integerValue, numberValue, vec3Value } from './value-schemas.ts';

/** How the objects of a group come to where they are. */
export const placementSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('scatter'),
        surface: z.string().meta({ description: 'Name of a surface of the scene.' }),
        yawDegrees: numberValue.default({ kind: 'uniform', min: 0, max: 360 }),
        spacingMeters: z
          .number()
          .min(0)
          .default(0.005)
          .meta({ description: 'Least gap between objects.' }),
        separationMeters: z.number().min(0).default(0).meta({
          description:
            'Least distance between the origins of the group’s objects: a Poisson-disc pattern.',
        }),
        marginMeters: z
          .number()
          .min(0)
          .default(0.01)
          .meta({ description: 'Least distance from the rim.' }),
        regionScale: z
          .number()
          .positive()
          .max(1)
          .default(1)
          .meta({ description: 'Share of the surface, about its centre, that is used.' }),
      })
      .meta({ description: 'Standing on a surface, without overlap.' }),
    z
      .strictObject({
        kind: z.literal('stack'),
        surface: z.string(),
        height: integerValue.default(3).meta({ description: 'Objects in each stack.' }),
        yawDegrees: numberValue.default({ kind: 'uniform', min: 0, max: 360 }),
        twistDegrees: numberValue
          .default(0)
          .meta({ description: 'Turn of each level against the one below.' }),
        shiftMeters: numberValue.default(0).meta({
          description: 'Sideways shift of each level; its centre stays over the level below.',
        }),
        spacingMeters: z.number().min(0).default(0.005),
        marginMeters: z.number().min(0).default(0.01),
        regionScale: z.number().positive().max(1).default(1),
      })
      .meta({ description: 'Piled level upon level, by the tops of their bounds.' }),
    gridSchema,
    lineSchema,
    ringSchema,
    shelfSchema,
    besideSchema,
    onSchema,
    insideSchema,
    facingSchema,
    meshSchema,
    dropSchema,
    pileSchema,
    z
      .strictObject({
        kind: z.literal('free'),
        volume: z
          .union([z.string(), z.strictObject({ min: vec3Value, max: vec3Value })])
          .meta({ description: 'Name of a volume of the scene, or its corners in metres.' }),
        ...orientationFields,
        spacingMeters: z.number().min(0).default(0.005),
      })
      .meta({ description: 'Floating, in any pose, without overlap.' }),
  ])
  .meta({ id: 'Placement' });

export type PlacementSpec = z.output<typeof placementSchema>;
