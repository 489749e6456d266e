import { z } from 'zod';
import { lightSchema } from './light-schema.ts';
import { materialSchema } from './material-schema.ts';

const meters = z.number().positive();
const constantVec3 = z.tuple([z.number(), z.number(), z.number()]);

/** Shapes that need no asset; each is centred on its node's origin. */
export const shapeSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('box'),
        size: z
          .tuple([meters, meters, meters])
          .meta({ description: 'Width, height, depth in metres.' }),
        bevelMeters: z
          .number()
          .min(0)
          .default(0)
          .meta({ description: 'Radius of the rounded edges.' }),
      })
      .meta({ description: 'A box, rounded on request.' }),
    z
      .strictObject({
        kind: z.literal('plane'),
        size: z.tuple([meters, meters]).meta({ description: 'Width (x) and depth (z) in metres.' }),
      })
      .meta({ description: 'A rectangle in the ground plane, facing up, seen from both sides.' }),
    z
      .strictObject({
        kind: z.literal('sphere'),
        radius: meters,
        segments: z
          .int()
          .min(3)
          .max(512)
          .default(48)
          .meta({ description: 'Segments around the equator.' }),
      })
      .meta({ description: 'A sphere of latitude and longitude quads.' }),
    z
      .strictObject({
        kind: z.literal('cylinder'),
        radius: meters,
        height: meters,
        segments: z.int().min(3).max(512).default(48),
      })
      .meta({ description: 'An upright cylinder with caps.' }),
    z
      .strictObject({
        kind: z.literal('backdrop'),
        width: meters,
        height: meters,
        depth: meters,
        bendRadius: meters,
      })
      .meta({
        description: 'A studio sweep: floor that bends up into a wall; its floor is y = 0.',
      }),
  ])
  .meta({ id: 'Shape' });
export type ShapeSpec = z.output<typeof shapeSchema>;

/** One thing that stands in the scene. */
const nodeSchema = z
  .strictObject({
    name: z.string().min(1).meta({ description: 'Unique in the scene; configs refer to it.' }),
    shape: shapeSchema.optional(),
    model: z.string().optional().meta({ description: 'Asset id, instead of a shape.' }),
    position: constantVec3.default([0, 0, 0]).meta({ description: 'Metres, world.' }),
    rotationDegrees: constantVec3
      .default([0, 0, 0])
      .meta({ description: 'Turns about x, then y, then z of the node (intrinsic XYZ), degrees.' }),
    scale: z.number().positive().default(1),
    category: z.string().optional().meta({ description: 'Makes the node a labelled instance.' }),
    material: materialSchema.optional(),
    surface: z
      .boolean()
      .default(false)
      .meta({ description: 'Objects may be placed on the top of this node, under its name.' }),
    castShadow: z.boolean().default(true),
    receiveShadow: z.boolean().default(true),
  })
  .refine(
    (n) => (n.shape === undefined) !== (n.model === undefined),
    'expected either a shape or a model',
  );

/** A camera that a config may use by name. */
const sceneCameraSchema = z.strictObject({
  name: z.string().min(1),
  position: constantVec3,
  target: constantVec3,
});

/** A box of space in which objects may be placed freely. */
const volumeSchema = z.strictObject({
  name: z.string().min(1),
  min: constantVec3,
  max: constantVec3,
});

/** A scene file: what is there, with real sizes. */
export const sceneSchema = z
  .strictObject({
    $schema: z.string().optional(),
    sceneVersion: z.literal(1),
    name: z.string().min(1),
    nodes: z.array(nodeSchema).default([]),
    volumes: z.array(volumeSchema).default([]),
    cameras: z.array(sceneCameraSchema).default([]),
    lights: z.record(z.string(), lightSchema).default({}),
  })
  .meta({ id: 'Scene', title: 'Diorama scene' });
export type SceneFile = z.output<typeof sceneSchema>;
