import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

/** On the faces of a mesh. */
export const meshSchema = z
  .strictObject({
    kind: z.literal('mesh'),
    of: z.string().min(1).meta({
      description:
        'Name of a node of the scene, with all that hangs from it, or of an object group above; its objects are dealt out in turn.',
    }),
    maxSlopeDegrees: z.number().min(0).max(180).default(30).meta({
      description:
        'Steepest face that is used: the angle between its outside and straight up. 90 takes walls, 180 ceilings too; below 90 for upright objects.',
    }),
    pose: z.enum(['upright', 'normal']).default('upright').meta({
      description: 'Their own +Y points straight up, or along the outside of the face.',
    }),
    yawDegrees: numberValue
      .default({ kind: 'uniform', min: 0, max: 360 })
      .meta({ description: 'Turn about their own +Y.' }),
    unevenMeters: z.number().min(0).default(0.02).meta({
      description:
        'Most that the mesh may rise above the point that was drawn within the object’s plan, and lie below it under each corner of that plan. Where it does not keep to it, another point is drawn.',
    }),
    sinkMeters: numberValue.default(0).meta({
      description:
        'How deep the base lies below the highest place of the mesh in the plan, 0..1000: 0 stands on it.',
    }),
    spacingMeters: z.number().min(0).default(0.005).meta({ description: 'Least gap to others.' }),
  })
  .meta({
    description:
      'On the triangles of any mesh, uniform over the area of those that are level enough: terrain, a sofa, the goods of another group.',
  });

export type MeshSpec = z.output<typeof meshSchema>;
