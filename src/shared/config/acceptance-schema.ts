import { z } from 'zod';
import { ordered, orderedMessage } from './number-draws.ts';

const rangeOf = (least: number, greatest: number) =>
  z
    .strictObject({
      min: z.number().min(least).max(greatest).default(least),
      max: z.number().min(least).max(greatest).default(greatest),
    })
    .refine(ordered, orderedMessage);

/** Longest side that a box can have, pixels: that of the largest image. */
const MAX_SIDE = 8192;

const matchFields = {
  categories: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({ description: 'Of these categories; absent: of any.' }),
  boxPixels: rangeOf(0, MAX_SIDE)
    .optional()
    .meta({ description: 'Longer side of the visible box, pixels; both ends count.' }),
  visibility: rangeOf(0, 1).optional().meta({ description: 'Visible share. Needs labels.amodal.' }),
  occlusion: rangeOf(0, 1).optional().meta({ description: 'Hidden share. Needs labels.amodal.' }),
  truncation: rangeOf(0, 1)
    .optional()
    .meta({ description: 'Share beyond the image. Needs labels.amodal.' }),
};
const matchSchema = z.strictObject(matchFields);
/** Which annotated instances are meant: all that every stated range holds for. */
export type InstanceMatch = z.output<typeof matchSchema>;

const countRule = z
  .strictObject({
    kind: z.literal('count'),
    ...matchFields,
    atLeast: z.int().min(0).optional().meta({ description: 'Fewest such instances.' }),
    atMost: z.int().min(0).optional().meta({ description: 'Most such instances.' }),
  })
  .refine((r) => r.atLeast !== undefined || r.atMost !== undefined, 'expected atLeast or atMost')
  .refine((r) => (r.atLeast ?? 0) <= (r.atMost ?? Infinity), 'expected atLeast <= atMost')
  .meta({
    description: 'How many annotated instances fit; without ranges, all of the categories.',
  });

const brightnessRule = z
  .strictObject({
    kind: z.literal('brightness'),
    min: z.number().min(0).max(1).default(0),
    max: z.number().min(0).max(1).default(1),
  })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Mean luma of the image (Rec. 709 weights of its sRGB values), 0..1.' });

export const acceptanceRule = z.discriminatedUnion('kind', [countRule, brightnessRule]).meta({
  id: 'AcceptanceRule',
  description: 'What a frame must show, judged by its labels and pixels.',
});
export type AcceptanceRule = z.output<typeof acceptanceRule>;

/** Which frames are taken, and what happens to those that are not. */
export const acceptanceSchema = z
  .strictObject({
    rules: z.array(acceptanceRule).min(1).meta({ description: 'All of them must hold.' }),
    attempts: z.int().min(1).max(1000).default(20).meta({
      description: 'Draws of a frame, the first included; each has random numbers of its own.',
    }),
    onFailure: z.enum(['error', 'keep']).default('error').meta({
      description: 'Where no attempt holds: refuse the frame, or keep the last one and say so.',
    }),
  })
  .meta({ id: 'Acceptance', description: 'Draws a frame again until it shows what it must.' });
export type AcceptanceSpec = z.output<typeof acceptanceSchema>;

const goalSchema = z
  .strictObject({
    ...matchFields,
    instances: z
      .int()
      .min(1)
      .meta({ description: 'How many such instances the dataset is to have.' }),
    perFrame: z.int().min(1).default(1).meta({
      description: 'How many of them a frame of this goal must show.',
    }),
    weight: z.number().positive().max(1e6).optional().meta({
      description:
        'Factor on the weights of its categories, in frames of this goal, where a labelled group draws among several; absent: 1.',
    }),
  })
  .refine(
    ({ weight, categories }) => weight === undefined || categories !== undefined,
    'expected categories where a weight is given',
  )
  .meta({ id: 'Goal' });
export type GoalSpec = z.output<typeof goalSchema>;

/** What a dataset is to hold, whichever frames it comes from. */
export const targetsSchema = z
  .strictObject({
    goals: z
      .record(
        z.string().regex(/^[A-Za-z_][\w-]*$/, 'expected a name of letters, digits, _ and -'),
        goalSchema,
      )
      .refine((goals) => Object.keys(goals).length > 0, 'expected at least one goal')
      .meta({ description: 'By name, which expressions know as `goal` in frames that pursue it.' }),
    attempts: z.int().min(1).max(1000).default(20).meta({
      description: 'Draws of a frame until it shows what its goal asks, the first included.',
    }),
  })
  .meta({
    id: 'Targets',
    description:
      'Each frame pursues one goal, by its number alone: ⌈instances / perFrame⌉ frames each, spread evenly, the rest none. What is short is reported.',
  });
export type TargetsSpec = z.output<typeof targetsSchema>;
