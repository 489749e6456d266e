import { z } from 'zod';
import { dropSchema } from './drop-schema.ts';
import { keypointListSchema } from './keypoints-schema.ts';
import { policyRuleSchema } from './label-policy.ts';
import { lightSchema, placeSchema } from './light-schema.ts';
import { materialSchema } from './material-schema.ts';
import { cameraMotionSchema, motionSchema, sequenceSchema } from './motion-schema.ts';
import { outputsSchema } from './outputs-schema.ts';
import {
  colorValue,
  flagValue,
  integerValue,
  numberValue,
  stringValue,
  variableValue,
  vec3Value,
} from './value-schemas.ts';

const cameraSchema = z
  .strictObject({
    pose: z
      .union([
        placeSchema,
        z
          .strictObject({ kind: z.literal('scene'), camera: z.string() })
          .meta({ description: 'A camera of the scene, by name.' }),
      ])
      .meta({ description: 'Where the camera is and what it looks at.' }),
    targetJitterMeters: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Added to the target: look-at with jitter.' }),
    rollDegrees: numberValue.default(0).meta({ description: 'Turn about the optical axis.' }),
    lens: z
      .discriminatedUnion('kind', [
        z
          .strictObject({
            kind: z.literal('fov'),
            verticalDegrees: numberValue.meta({ description: 'Vertical field of view, 1..150.' }),
            principalOffset: z.tuple([numberValue, numberValue]).default([0, 0]).meta({
              description: 'Principal point from the image centre, pixels, [right, down].',
            }),
          })
          .meta({ description: 'Square pixels, by field of view.' }),
        z
          .strictObject({
            kind: z.literal('intrinsics'),
            fx: numberValue,
            fy: numberValue,
            cx: numberValue,
            cy: numberValue,
          })
          .meta({
            description: 'Pinhole intrinsics in pixels; origin at the corner of the first pixel.',
          }),
      ])
      .default({ kind: 'fov', verticalDegrees: 45, principalOffset: [0, 0] }),
    motion: cameraMotionSchema.optional(),
    nearMeters: z.number().positive().default(0.02),
    farMeters: z.number().positive().default(100),
  })
  .refine((c) => c.nearMeters < c.farMeters, 'expected nearMeters < farMeters')
  .meta({ id: 'Camera' });

const environmentSchema = z
  .strictObject({
    map: stringValue
      .optional()
      .meta({ description: 'Environment asset id, or a choice of ids; absent: an even grey sky.' }),
    rotationDegrees: numberValue.default(0).meta({ description: 'Turn about the vertical.' }),
    strength: numberValue.default(1).meta({ description: 'Factor on the radiance.' }),
    background: z
      .discriminatedUnion('kind', [
        z
          .strictObject({
            kind: z.literal('environment'),
            blur: numberValue.default(0).meta({ description: 'Blur of the visible map, 0..1.' }),
          })
          .meta({ description: 'The environment map itself.' }),
        z.strictObject({ kind: z.literal('color'), color: colorValue }),
      ])
      .default({ kind: 'environment', blur: 0 }),
  })
  .meta({ id: 'Environment' });

const placementSchema = z
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
    dropSchema,
    z
      .strictObject({
        kind: z.literal('free'),
        volume: z
          .union([z.string(), z.strictObject({ min: vec3Value, max: vec3Value })])
          .meta({ description: 'Name of a volume of the scene, or its corners in metres.' }),
        orientation: z.enum(['random', 'upright']).default('random'),
        spacingMeters: z.number().min(0).default(0.005),
      })
      .meta({ description: 'Floating, in any pose, without overlap.' }),
  ])
  .meta({ id: 'Placement' });
export type PlacementSpec = z.output<typeof placementSchema>;

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
    material: materialSchema.optional(),
    motion: motionSchema
      .optional()
      .meta({ description: 'Motion over a sequence; what hangs from the node goes along.' }),
  })
  .meta({ id: 'NodeOverride' });

const sensorSchema = z
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

const renderSchema = z
  .strictObject({
    antialias: z.enum(['none', 'msaa4']).default('msaa4'),
    subframes: z.int().min(1).max(256).default(1).meta({
      description: 'Jittered renders that are averaged: true soft shadows and anti-aliasing.',
    }),
    shadowMapPixels: z.int().min(128).max(8192).default(1024),
    ambientOcclusion: z
      .strictObject({
        radiusMeters: z.number().positive().default(0.12),
        strength: z.number().min(0).max(1).default(1),
      })
      .prefault({})
      .meta({ description: 'Contact shadows of the environment’s light.' }),
  })
  .meta({ id: 'Render' });

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
  })
  .meta({ id: 'Config', title: 'Diorama config' });

/** A checked config with every default filled in. `extends` is resolved before the check. */
export type Config = z.output<typeof configSchema>;
/** A config as a person writes it, before defaults. */
export type ConfigInput = z.input<typeof configSchema>;
