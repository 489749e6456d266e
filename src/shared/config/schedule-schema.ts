import { z } from 'zod';

const stageSchema = z
  .strictObject({
    untilProgress: z.number().gt(0).lt(1).optional().meta({
      description: 'Frames whose progress lies below this, and that no stage above has.',
    }),
    untilFrame: z.int().min(1).optional().meta({
      description:
        'Frames below this number, which no stage above has; of a sequence, its first frame counts.',
    }),
    set: z.record(z.string(), z.unknown()).optional().meta({
      description:
        'Other values for this stage, by parameter path: `objects.mugs.count: 9`. Laid into the config as `{kind: stage}` when it is read.',
    }),
  })
  .meta({
    id: 'Stage',
    description: 'A part of the frames. The last stage takes what is left, and states no end.',
  });

/** A word that can stand in a path and in an expression; none is a number, which would change the order. */
const STAGE_NAME = /^[A-Za-z_][\w-]*$/;

/** How a dataset changes from its first frame to its last. */
export const scheduleSchema = z
  .strictObject({
    frames: z.int().min(1).optional().meta({
      description:
        'Frames over which progress goes from 0 to 1, where it stays. Absent: all frames of the config.',
    }),
    stages: z
      .record(
        z.string().regex(STAGE_NAME, 'expected a name of letters, digits, _ and -'),
        stageSchema,
      )
      .default({})
      .meta({ description: 'Parts of the frames, in order; each frame is in one.' }),
  })
  .meta({
    id: 'Schedule',
    description:
      'A curriculum: stages, and the progress that ramps and expressions go by. Both depend on the frame’s number alone.',
  });
export type ScheduleSpec = z.output<typeof scheduleSchema>;
