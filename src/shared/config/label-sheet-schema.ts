import { z } from 'zod';
import { colorValue, stringValue } from './value-schemas.ts';

/** Sheets of print, and the height over the width that each has as a decal. */
export const LABEL_FORMS = {
  shipping: 1.4,
  product: 1.25,
  price: 0.6,
  warning: 0.75,
  barcode: 0.5,
  words: 1,
} as const;

export type LabelForm = keyof typeof LABEL_FORMS;

export const LABEL_FORM_NAMES = [
  'shipping',
  'product',
  'price',
  'warning',
  'barcode',
  'words',
] as const satisfies readonly LabelForm[];

/** What is printed on a sheet; whatever is absent is drawn. */
export const labelSheetFields = {
  form: z
    .enum(LABEL_FORM_NAMES)
    .optional()
    .meta({ description: 'Lay-out of the sheet; absent: one is drawn.' }),
  text: z.array(stringValue).min(1).max(8).optional().meta({
    description:
      'Lines of text, the most prominent first, in printable ASCII; absent: random words. What was printed is in the sample.',
  }),
  colors: z
    .tuple([colorValue, colorValue, colorValue])
    .default(['#f5f3ee', '#161616', '#c22f27'])
    .meta({ description: 'Colours of paper, ink and what stands out.' }),
};

/** A sheet as a texture that repeats: it is as high as it is wide. */
export const labelSheetKind = {
  kind: z.literal('label'),
  ...labelSheetFields,
};

const labelSheetSchema = z.strictObject(labelSheetKind);
export type LabelSheetSpec = z.output<typeof labelSheetSchema>;
