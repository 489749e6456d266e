import { z } from 'zod';
import { integerValue, numberValue } from './value-schemas.ts';

/** What every ordered placement on a surface states. */
const orderly = {
  surface: z.string().meta({ description: 'Name of a surface of the scene.' }),
  yawDegrees: numberValue
    .default(0)
    .meta({ description: 'Turn of each object, added to that of its place.' }),
  jitterMeters: numberValue.default(0).meta({
    description: 'Added to the place of each object along x and along z, each drawn by itself.',
  }),
  spacingMeters: z.number().min(0).default(0.002).meta({ description: 'Least gap to others.' }),
  marginMeters: z
    .number()
    .min(0)
    .default(0.01)
    .meta({ description: 'Least distance from the rim.' }),
};

/** Where a pattern lies on its surface. */
const pattern = {
  ...orderly,
  centerMeters: z
    .tuple([numberValue, numberValue])
    .default([0, 0])
    .meta({ description: 'Its middle from that of the surface, along the surface’s own x and z.' }),
  turnDegrees: numberValue
    .default(0)
    .meta({ description: 'Turn of the whole against the surface.' }),
};

/** Rows and columns. */
export const gridSchema = z
  .strictObject({
    kind: z.literal('grid'),
    ...pattern,
    rows: integerValue.meta({ description: 'Along z, 1..1000.' }),
    columns: integerValue.meta({ description: 'Along x, 1..1000.' }),
    rowPitchMeters: numberValue.meta({ description: 'From row to row.' }),
    columnPitchMeters: numberValue.meta({ description: 'From column to column.' }),
    order: z
      .enum(['rows', 'random'])
      .default('rows')
      .meta({ description: 'In which places are taken: row by row, or any.' }),
  })
  .meta({
    description: 'In rows and columns on a surface; the origin of each object in its place.',
  });

/** One after another. */
export const lineSchema = z
  .strictObject({
    kind: z.literal('line'),
    ...pattern,
    pitchMeters: numberValue.meta({ description: 'From object to object, along x.' }),
  })
  .meta({ description: 'One beside the other along a line on a surface, about its middle.' });

/** Around a point. */
export const ringSchema = z
  .strictObject({
    kind: z.literal('ring'),
    ...pattern,
    radiusMeters: numberValue.meta({ description: 'From the middle to each object, above 0.' }),
    arcDegrees: numberValue.default(360).meta({
      description: 'Shared out evenly; below 360 the first and last object lie at its ends.',
    }),
    facing: z.enum(['center', 'outward', 'none']).default('center').meta({
      description: 'Where the front (+Z) of each object points before yawDegrees.',
    }),
  })
  .meta({ description: 'Evenly around a point of a surface; the first towards +Z.' });

/** Goods on boards. */
export const shelfSchema = z
  .strictObject({
    kind: z.literal('shelf'),
    surfaces: z
      .array(z.string())
      .min(1)
      .meta({ description: 'Names of surfaces, in the order in which they are filled.' }),
    yawDegrees: orderly.yawDegrees,
    gapMeters: numberValue
      .default(0.01)
      .meta({ description: 'From an object to its neighbour in the row, at least 0.' }),
    rowGapMeters: z
      .number()
      .min(0)
      .default(0.01)
      .meta({ description: 'From a row to the one behind it.' }),
    rows: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .meta({ description: 'Rows behind one another on each surface, at most.' }),
    marginMeters: orderly.marginMeters,
  })
  .meta({
    description:
      'Side by side in rows on one surface after another: from −x to +x, the front row (+z) first.',
  });

export type GridSpec = z.output<typeof gridSchema>;
export type LineSpec = z.output<typeof lineSchema>;
export type RingSpec = z.output<typeof ringSchema>;
export type ShelfSpec = z.output<typeof shelfSchema>;
