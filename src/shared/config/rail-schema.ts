import { z } from 'zod';
import { numberValue, vec3Value } from './value-schemas.ts';

/** A path that the camera rides along. */
export const railSchema = z
  .strictObject({
    waypoints: z.array(vec3Value).min(2).max(1000).meta({
      description:
        'Points that it passes, metres, world; drawn once for each sequence. No two in a row in one place.',
    }),
    closed: z.boolean().default(false).meta({
      description: 'From the last on to the first, again and again; three points or more.',
    }),
    speedMetersPerSecond: numberValue.meta({
      description: 'Along the curve, steadily; below 0: backwards.',
    }),
    startMeters: numberValue.default(0).meta({
      description: 'How far along it a sequence begins, at least 0, within an open rail.',
    }),
    atEnd: z
      .enum(['stop', 'return'])
      .default('stop')
      .meta({ description: 'Of an open rail: wait at its end, or ride to and fro.' }),
    look: z.enum(['target', 'along']).default('target').meta({
      description:
        'At the target of the pose, or the way that the rail runs, also when riding back.',
    }),
  })
  .meta({
    id: 'Rail',
    description:
      'Takes the place of the pose’s position: a smooth curve through waypoints (centripetal Catmull–Rom), ridden at a steady speed.',
  });
export type RailSpec = z.output<typeof railSchema>;
