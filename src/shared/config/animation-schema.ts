import { z } from 'zod';
import { numberValue, stringValue } from './value-schemas.ts';

const turn = (axis: string) =>
  numberValue.default(0).meta({ description: `About the node’s own ${axis} axis.` });

const jointSchema = z.strictObject({
  xDegrees: turn('x'),
  yDegrees: turn('y'),
  zDegrees: turn('z'),
});

/** How the models of a group are posed. */
export const animationSchema = z
  .strictObject({
    clip: stringValue.optional().meta({
      description:
        'Name of an animation of the model, or a pattern such as `walk*`; one of the matches is drawn.',
    }),
    phase: numberValue.default({ kind: 'uniform', min: 0, max: 1 }).meta({
      description: 'Where in the clip it is (where a sequence begins), 0..1 of its length.',
    }),
    timeSeconds: numberValue
      .optional()
      .meta({ description: 'In place of `phase`: seconds from the beginning of the clip.' }),
    speed: numberValue
      .default(1)
      .meta({ description: 'Seconds of the clip to a second of a sequence; below 0 backwards.' }),
    loop: z.enum(['repeat', 'hold']).default('repeat').meta({
      description: 'After the end of the clip: from its beginning, or its last pose.',
    }),
    limitsShare: numberValue.default(0).meta({
      description:
        'Turns each joint about each axis of `jointLimitsDegrees` in its extras, drawn evenly from this share (0..1) of its range.',
    }),
    joints: z.record(z.string(), jointSchema).default({}).meta({
      description:
        'Turns of nodes, by name or pattern, after those of the clip: about x, then the new y, then the new z. The last that fits a node has the say, in place of `limitsShare`.',
    }),
    morphTargets: z
      .record(z.string(), numberValue)
      .default({})
      .meta({ description: 'Weights of morph targets, by name, in place of the clip’s.' }),
  })
  .meta({
    id: 'Animation',
    description:
      'The pose of an object: of a clip, of its joints, of its morph targets. Drawn before it is placed; drawn once for each sequence, over which the clip goes on.',
  });
export type AnimationSpec = z.output<typeof animationSchema>;
