import { z } from 'zod';
import { finite } from './number-draws.ts';
import { numberValue, vec3Value } from './value-schemas.ts';

const target = (description: string) => vec3Value.default([0, 0, 0]).meta({ description });

const azimuthDegrees = numberValue
  .default({ kind: 'uniform', min: 0, max: 360 })
  .meta({ description: 'Direction in the ground plane: 0 = +Z, 90 = +X.' });

const shellSchema = z
  .strictObject({
    kind: z.literal('shell'),
    target: target('Centre of the shell, metres.'),
    radiusMeters: numberValue.meta({ description: 'Distance from the target.' }),
    azimuthDegrees,
    elevationDegrees: numberValue.meta({ description: 'Height above the horizon, −90..90.' }),
  })
  .meta({ description: 'On a sphere around a target.' });

const ringSchema = z
  .strictObject({
    kind: z.literal('ring'),
    target: target('What it looks at, in the vertical through the middle of the ring, metres.'),
    radiusMeters: numberValue.meta({
      description: 'Distance from the vertical through the target, 0.000001..1000000.',
    }),
    heightMeters: numberValue
      .default(0)
      .meta({ description: 'Above the target; below 0: beneath it.' }),
    azimuthDegrees,
  })
  .meta({ description: 'On a level circle around a target.' });

/** Most positions of a grid, as of the levels of a value. */
const MAX_POSITIONS = 2 ** 30;
const corner = (description: string) =>
  z.tuple([finite, finite, finite]).meta({ description: `${description}, metres, world.` });
const along = z.int().min(1).max(100_000);

const gridSchema = z
  .strictObject({
    kind: z.literal('grid'),
    target: target('What it looks at from every position, metres.'),
    min: corner('The corner of the least x, y and z'),
    max: corner('The corner of the greatest x, y and z'),
    counts: z.tuple([along, along, along]).meta({
      description: 'Positions along x, y and z, evenly from corner to corner; 1: in the middle.',
    }),
    order: z.enum(['rows', 'shuffled', 'random']).default('rows').meta({
      description:
        'rows: by the frame’s number (of sequences, where frames form some), x before y before z, then anew. shuffled: each once in as many frames, in another order each time. random: drawn.',
    }),
    hold: z.int().min(1).default(1).meta({
      description: 'Of rows: frames at a position before the next.',
    }),
  })
  .refine(({ min, max }) => min.every((low, axis) => low <= (max[axis] ?? NaN)), {
    error: ({ input }) => {
      const { min, max } = input as { min: number[]; max: number[] };
      return `expected min <= max along each axis, got min [${min.join(', ')}] and max [${max.join(', ')}]`;
    },
  })
  .refine(({ counts: [x, y, z] }) => x * y * z <= MAX_POSITIONS, {
    error: `expected at most ${MAX_POSITIONS} positions in all`,
  })
  .meta({ description: 'At the positions of a grid, towards a target.' });
export type GridPlaceSpec = z.output<typeof gridSchema>;

/** Where a light or camera is, and what it is turned to. */
export const placeSchema = z.union([
  shellSchema,
  ringSchema,
  gridSchema,
  z
    .strictObject({
      kind: z.literal('at'),
      position: vec3Value,
      target: target('What it looks at, metres.'),
    })
    .meta({ description: 'At a position, towards a target.' }),
]);
export type PlaceSpec = z.output<typeof placeSchema>;
