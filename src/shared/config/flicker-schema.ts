import { z } from 'zod';
import { numberValue } from './value-schemas.ts';

/** What its numbers can mean. */
export const FLICKER_RANGES = { hertz: [0.01, 1e5], depth: [0, 1] } as const;

/** How the strength of a light changes over time, about its mean. */
export const flickerSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('mains'),
        hertz: numberValue.meta({
          description:
            'Of the current, 0.01..100000: 50, or 60 in the Americas. The light pulses twice as often.',
        }),
        depth: numberValue.meta({
          description:
            '(Most − least) ÷ (most + least) of the light, 0..1: “percent flicker” of IEEE 1789. Of a filament about 0.1, of a tube on a choke 0.3, of a plain LED anything.',
        }),
        phase: numberValue.default({ kind: 'uniform', min: 0, max: 1 }).meta({
          description:
            'Where in its pulse it is where a sequence begins, in pulses; 0 brightest. Lamps of one circuit share a variable.',
        }),
      })
      .meta({ description: 'A lamp on alternating current: a cosine.' }),
    z
      .strictObject({
        kind: z.literal('unsteady'),
        hertz: numberValue.meta({
          description: 'Its fastest change, 0.01..100000: of a flame 1.5 ÷ √(its width in metres).',
        }),
        depth: numberValue.meta({
          description: 'Standard deviation of the light as a share of its mean, 0..1.',
        }),
      })
      .meta({ description: 'A flame, a screen, a loose contact: noise of all slower changes.' }),
  ])
  .meta({
    description:
      'Over a sequence, and from sub-frame to sub-frame of sensor.shutter; frames that stand alone see it at any time. `intensity` is the mean. Absent: steady.',
  });
export type FlickerSpec = z.output<typeof flickerSchema>;
