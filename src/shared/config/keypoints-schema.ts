import { z } from 'zod';

/** Most keypoints of one category. */
const MAX_KEYPOINTS = 1024;

const constantVec3 = z.tuple([z.number(), z.number(), z.number()]);

const pointSchema = z.union([
  constantVec3.meta({ description: 'In the object’s frame, before scale, metres.' }),
  z.strictObject({
    node: z.string().min(1).meta({
      description:
        'Origin of this node of the model, as stored: any node, joints of skins included.',
    }),
    offsetMeters: constantVec3
      .default([0, 0, 0])
      .meta({ description: 'Added to it, along the axes of the object.' }),
  }),
  z.literal('none').meta({ description: 'This object has no such point.' }),
]);
export type PointSpec = z.output<typeof pointSchema>;

const pointsSchema = z.record(z.string(), pointSchema).default({});

/** The keypoints of a category: one list for all of its objects, as COCO has it. */
export const keypointListSchema = z
  .strictObject({
    names: z
      .array(z.string().min(1))
      .min(1)
      .max(MAX_KEYPOINTS)
      .meta({ description: 'In the order of the annotations.' }),
    skeleton: z
      .array(z.tuple([z.string(), z.string()]))
      .default([])
      .meta({ description: 'Pairs of names that are joined where keypoints are drawn.' }),
    selfOcclusionMeters: z.number().min(0).default(0).meta({
      description:
        'How deep below its own object’s surface a point still counts as visible (for joints), at scale 1.',
    }),
    points: pointsSchema.meta({
      description:
        'Where the points of every object of the category are. Points that neither this nor `assets` names are those nodes whose extras say `keypoint: <name>`.',
    }),
    assets: z.record(z.string(), pointsSchema).default({}).meta({
      description:
        'Where the points of some objects are, by asset id or pattern, or by the name of the scene’s node where it has no asset. Of several that match, the last one counts.',
    }),
  })
  .meta({
    id: 'KeypointList',
    description: 'The keypoints of a category; its objects have one list, as in COCO.',
  });
export type KeypointListSpec = z.output<typeof keypointListSchema>;
