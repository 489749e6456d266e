import { z } from 'zod';
import { acceptanceSchema, targetsSchema } from './acceptance-schema.ts';
import { animationSchema } from './animation-schema.ts';
import { cameraSchema } from './camera-schema.ts';
import { environmentSchema } from './environment-schema.ts';
import { keypointListSchema } from './keypoints-schema.ts';
import { policyRuleSchema } from './label-policy.ts';
import { lightSchema } from './light-schema.ts';
import { materialSchema } from './material-schema.ts';
import { motionSchema, sequenceSchema } from './motion-schema.ts';
import { outputsSchema } from './outputs-schema.ts';
import { photometrySchema } from './photometry-schema.ts';
import { placementSchema } from './placement-schema.ts';
import { renderSchema } from './render-schema.ts';
import { scheduleSchema } from './schedule-schema.ts';
import { sensorSchema } from './sensor-schema.ts';
import {
  flagValue,
  integerValue,
  numberValue,
  rotationValue,
  variableValue,
  vec3Value,
} from './value-schemas.ts';
import { weatherSchema } from './weather-schema.ts';

const objectGroupSchema = z
  .strictObject({
    categories: z
      .array(z.string())
      .optional()
      .meta({ description: 'Draw from the models of these categories.' }),
    assets: z
      .array(z.string())
      .optional()
      .meta({ description: 'Draw from these models: ids, or patterns such as `scans/*`.' }),
    weights: z
      .record(z.string(), z.number().min(0))
      .default({})
      .meta({ description: 'Relative weight of a category or asset id; 1 where absent.' }),
    labelled: z
      .boolean()
      .default(true)
      .meta({ description: 'false: distractors, which occlude but carry no category.' }),
    count: integerValue,
    placement: placementSchema,
    scale: numberValue.default(1),
    material: materialSchema.optional(),
    animation: animationSchema.optional(),
    motion: motionSchema.optional().meta({
      description: 'Motion over a sequence; a stack moves and turns as one, about its base.',
    }),
    whenFull: z.enum(['error', 'drop']).default('error').meta({
      description:
        'What to do where an object finds no room: refuse the frame, or leave it out and count it.',
    }),
    attempts: z
      .int()
      .min(1)
      .max(10000)
      .default(200)
      .meta({ description: 'Tries for each object.' }),
    clearance: z.enum(['plans', 'meshes']).default('plans').meta({
      description:
        'How its objects are kept apart from everything else: by ground plan and height, or, where those meet, by the triangles of both, so that they may stand in notches, in rings and under tables. What falls (drop, pile) begins by plans and collides by its convex parts.',
    }),
  })
  .refine(
    (g) => g.categories !== undefined || g.assets !== undefined,
    'expected categories or assets to draw from',
  )
  .meta({ id: 'ObjectGroup' });
export type ObjectGroupSpec = z.output<typeof objectGroupSchema>;

const nodeOverrideSchema = z
  .strictObject({
    visible: flagValue.default(true),
    offsetMeters: vec3Value.default([0, 0, 0]).meta({ description: 'Added to its position.' }),
    yawDegrees: numberValue
      .default(0)
      .meta({ description: 'Turn about the vertical through its origin.' }),
    rotation: rotationValue.optional().meta({
      description: 'Turn about its origin in the world’s axes, before that of `yawDegrees`.',
    }),
    material: materialSchema.optional(),
    shadowCatcher: z.boolean().default(false).meta({
      description:
        'true, for a plane without a category: it is not seen itself, but darkens what is behind it by the shadow that falls on it. Labels do not have it.',
    }),
    motion: motionSchema
      .optional()
      .meta({ description: 'Motion over a sequence; what hangs from the node goes along.' }),
  })
  .meta({ id: 'NodeOverride' });

const categorySchema = z.union([
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1),
    supercategory: z.string().min(1).optional(),
    isthing: z.boolean().default(true).meta({
      description:
        'false: stuff, such as a floor. One panoptic segment for all of it, and none in instances.json.',
    }),
  }),
]);

/** A randomisation config: what varies, and what comes out. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    configVersion: z.literal(1),
    name: z.string().min(1),
    description: z.string().optional(),
    scene: z
      .string()
      .meta({ description: 'Scene: .yaml, .ts/.js, .glb or .gltf; relative to this file.' }),
    seed: z.union([z.string(), z.int()]).default('0').meta({ description: 'Master seed.' }),
    frames: z.int().min(1).max(1_000_000).meta({ description: 'Number of frames.' }),
    sequence: sequenceSchema.prefault({}),
    schedule: scheduleSchema.optional(),
    image: z
      .strictObject({ width: z.int().min(1).max(8192), height: z.int().min(1).max(8192) })
      .default({ width: 640, height: 480 }),
    categories: z
      .array(categorySchema)
      .max(65535)
      .meta({ description: 'Category ids are 1, 2, … in this order.' }),
    keypoints: z
      .record(z.string(), keypointListSchema)
      .default({})
      .meta({ description: 'Points of objects whose pixels are recorded, by category.' }),
    parts: z
      .record(z.string(), z.record(z.string(), z.array(z.string().min(1)).min(1)))
      .default({})
      .meta({
        description:
          'Parts of objects with masks of their own, by category: the nodes that each is made of, by name or pattern. Nodes whose extras say `part: <name>` are parts without this.',
      }),
    vars: z.record(z.string(), variableValue).default({}),
    camera: cameraSchema,
    environment: environmentSchema.prefault({}),
    weather: weatherSchema.optional(),
    photometry: photometrySchema.prefault({ kind: 'metered' }),
    lights: z.record(z.string(), lightSchema).default({}),
    nodes: z
      .record(z.string(), nodeOverrideSchema)
      .default({})
      .meta({ description: 'Changes to nodes of the scene, by name.' }),
    objects: z
      .record(z.string(), objectGroupSchema)
      .default({})
      .meta({ description: 'Groups of placed objects, in order.' }),
    sensor: sensorSchema.prefault({}),
    render: renderSchema.prefault({}),
    labels: z
      .strictObject({
        minPixels: z
          .int()
          .min(1)
          .default(1)
          .meta({ description: 'Least visible pixels of an annotated instance.' }),
        minVisibility: z.number().min(0).max(1).default(0).meta({
          description: 'Least visible share of an annotated instance. Needs labels.amodal.',
        }),
        minBoxSide: z
          .int()
          .min(1)
          .default(1)
          .meta({ description: 'Least width and height of the visible box, pixels.' }),
        minFragmentPixels: z.int().min(1).default(1).meta({
          description: 'Least pixels of the largest connected piece (8 neighbours) of the mask.',
        }),
        amodal: z.boolean().default(true).meta({
          description: 'Draw each instance alone too: amodal mask and box, visibility, truncation.',
        }),
        guardBand: z.number().min(0).max(4).default(1).meta({
          description: 'How far silhouettes are followed outside the image, in image sizes.',
        }),
        opaqueFrom: z
          .number()
          .min(0)
          .max(1)
          .default(0.5)
          .meta({ description: 'Opacity from which a blended surface occludes.' }),
        policies: z.array(policyRuleSchema).default([]).meta({
          description:
            'What labels make of surfaces that should not count as they are drawn; the first rule that fits has the say, before `labelPolicy` in extras of materials and nodes.',
        }),
      })
      .prefault({}),
    outputs: outputsSchema.prefault({}),
    accept: acceptanceSchema.optional(),
    targets: targetsSchema.optional(),
  })
  .meta({ id: 'Config', title: 'Diorama config' });

/** A checked config with every default filled in. `extends` is resolved before the check. */
export type Config = z.output<typeof configSchema>;
/** A config as a person writes it, before defaults. */
export type ConfigInput = z.input<typeof configSchema>;
