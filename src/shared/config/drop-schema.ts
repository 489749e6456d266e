import { z } from 'zod';
import { numberValue, rotationValue } from './value-schemas.ts';

/** How objects that need no ground are turned. */
export const orientationFields = {
  orientation: z.enum(['random', 'upright']).default('random').meta({
    description: 'Any rotation, all alike (uniform over SO(3)), or a turn about the vertical.',
  }),
  rotation: rotationValue
    .optional()
    .meta({ description: 'In place of `orientation`: the rotation of each object.' }),
};

const falling = {
  surface: z.string().meta({ description: 'Name of the surface that they fall on.' }),
  heightMeters: numberValue
    .default(0.02)
    .meta({ description: 'Free fall before the first touch, 0.001..2.' }),
  ...orientationFields,
  densityKgPerCubicMeter: numberValue
    .default(500)
    .meta({ description: 'Mass by the volume of its solids, 1..30000.' }),
  friction: numberValue.default({ kind: 'uniform', min: 0.4, max: 0.8 }).meta({
    description: 'Coulomb coefficient, 0..2; averaged with that of what it touches.',
  }),
  restitution: numberValue
    .default(0.05)
    .meta({ description: 'Share of speed that a bounce keeps, 0..0.95.' }),
  marginMeters: z
    .number()
    .min(0)
    .default(0.01)
    .meta({ description: 'Least distance from the rim at which a fall begins.' }),
  falls: z.int().min(1).max(100).default(12).meta({
    description:
      'Falls that are tried for each object; those that do not end at rest are taken back.',
  }),
  maxSeconds: z
    .number()
    .positive()
    .max(20)
    .default(3)
    .meta({ description: 'Simulated time in which all must come to rest.' }),
};

/** Objects that fall, one after another, until physics brings them to rest. */
export const dropSchema = z
  .strictObject({
    kind: z.literal('drop'),
    ...falling,
    regionScale: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .meta({ description: 'Share of the surface, about its centre, above which falls begin.' }),
  })
  .meta({
    description: 'Falling, one after another, until physics brings all to rest; in piles too.',
  });

/** A heap on a level place: what falls about one point. */
export const pileSchema = z
  .strictObject({
    kind: z.literal('pile'),
    ...falling,
    centerMeters: z.tuple([numberValue, numberValue]).default([0, 0]).meta({
      description: 'Its middle from that of the surface, along the surface’s own x and z.',
    }),
    radiusMeters: numberValue.default(0.06).meta({
      description: 'Falls begin with the origin of the object within this of the middle, above 0.',
    }),
  })
  .meta({ description: 'Heaped about a point by falling; at rest as with drop.' });
