import { z } from 'zod';

/** Most values of one file: they travel in the config, into `dataset.json` and the page. */
export const MAX_MEASURED = 100_000;

const measured = {
  file: z
    .string()
    .min(1)
    .meta({ description: 'CSV (comma), TSV (tab) or JSON file, relative to this file.' }),
  column: z.string().min(1).optional().meta({
    description:
      'Name in the first row of a CSV; key of a JSON file’s items or lists. Absent: the only one.',
  }),
  weights: z.string().min(1).optional().meta({
    description: 'Column of how much each value counts; equal where absent.',
  }),
};

/** A list of measured values that stands in a file. */
export const empiricalFile = z
  .strictObject({
    kind: z.literal('empirical'),
    ...measured,
    interpolation: z.enum(['none', 'linear']).optional().meta({
      description: 'As where the values are written out; linear takes no weights.',
    }),
  })
  .meta({
    description: 'As often as in a column of a file, which takes its place when it is read.',
  });

/** A histogram of measured values that stand in a file. */
export const histogramFile = z
  .strictObject({
    kind: z.literal('histogram'),
    ...measured,
    bins: z.int().min(1).max(1000).meta({
      description: 'How many, of equal width from the least value to the greatest.',
    }),
  })
  .meta({
    description: 'A column of a file, counted in bins, which take its place when it is read.',
  });
