import { z } from 'zod';

/**
 * The one grammar of values: wherever a number, colour, vector, choice or flag may stand, a
 * distribution may stand. Every distribution is an object with a `kind`.
 */

const finite = z.number().refine(Number.isFinite, 'expected a finite number');

const ordered = <T extends { min: number; max: number }>(range: T): boolean =>
  range.min <= range.max;
const orderedMessage = {
  error: ({ input }: { input?: unknown }) => {
    const range = input as { min: number; max: number };
    return `expected min <= max, got min ${range.min} > max ${range.max}`;
  },
};

function matchingWeights(choice: {
  values: readonly unknown[];
  weights?: readonly number[] | undefined;
}): boolean {
  if (choice.weights === undefined) return true;
  return choice.weights.length === choice.values.length && choice.weights.some((w) => w > 0);
}
const weightsMessage = 'expected one weight for each value, at least one above 0';

const weights = z
  .array(finite.min(0))
  .optional()
  .meta({ description: 'Relative weights, one for each value; equal where absent.' });

function choiceOf<T extends z.ZodType>(value: T) {
  return z
    .strictObject({ kind: z.literal('choice'), values: z.array(value).min(1), weights })
    .refine(matchingWeights, weightsMessage)
    .meta({ description: 'One of the values, by weight.' });
}

function constantOf<T extends z.ZodType>(value: T) {
  return z
    .strictObject({ kind: z.literal('constant'), value })
    .meta({ description: 'Always this value.' });
}

const reference = z
  .strictObject({
    kind: z.literal('var'),
    name: z.string().min(1).meta({ description: 'A name under `vars:`.' }),
  })
  .meta({ description: 'The value of a variable that was drawn once for the frame.' });

const scaledReference = reference
  .extend({
    scale: finite.default(1).meta({ description: 'Factor applied to the variable.' }),
    offset: finite.default(0).meta({ description: 'Added after the factor.' }),
  })
  .meta({ description: 'scale × variable + offset.' });

const uniform = z
  .strictObject({ kind: z.literal('uniform'), min: finite, max: finite })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Uniform over [min, max).' });

const logUniform = z
  .strictObject({ kind: z.literal('log-uniform'), min: finite.positive(), max: finite.positive() })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Uniform in the logarithm over [min, max).' });

const normal = z
  .strictObject({
    kind: z.literal('normal'),
    mean: finite,
    std: finite.min(0),
    min: finite.optional(),
    max: finite.optional(),
  })
  .refine((n) => (n.min ?? -Infinity) < (n.max ?? Infinity), 'expected min < max')
  .refine(
    (n) => n.std > 0 || (n.mean >= (n.min ?? -Infinity) && n.mean <= (n.max ?? Infinity)),
    'expected a mean in min..max where std is 0',
  )
  .meta({ description: 'Normal; with min or max, truncated (renormalised, not clamped).' });

/** A number, or a distribution over numbers. */
export const numberValue = z
  .union([
    finite,
    z.discriminatedUnion('kind', [
      constantOf(finite),
      uniform,
      logUniform,
      normal,
      choiceOf(finite),
      scaledReference,
    ]),
  ])
  .meta({ id: 'NumberValue', description: 'A number or a distribution over numbers.' });
export type NumberValue = z.output<typeof numberValue>;

const int = z.int();

/** A whole number, or a distribution over whole numbers. */
export const integerValue = z
  .union([
    int,
    z.discriminatedUnion('kind', [
      constantOf(int),
      z
        .strictObject({ kind: z.literal('integer'), min: int, max: int })
        .refine(ordered, orderedMessage)
        .meta({ description: 'Each whole number of min..max (both included), equally likely.' }),
      choiceOf(int),
      reference,
    ]),
  ])
  .meta({
    id: 'IntegerValue',
    description: 'A whole number or a distribution over whole numbers.',
  });
export type IntegerValue = z.output<typeof integerValue>;

const hexColor = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour as "#rrggbb" (sRGB)')
  .meta({ description: 'sRGB colour, #rrggbb.' });

/** A colour, or a distribution over colours. */
export const colorValue = z
  .union([
    hexColor,
    z.discriminatedUnion('kind', [
      constantOf(hexColor),
      z
        .strictObject({
          kind: z.literal('hsv'),
          hueDegrees: numberValue,
          saturation: numberValue.default(1),
          value: numberValue.default(1),
        })
        .meta({ description: 'sRGB colour from hue (degrees), saturation and value (0..1).' }),
      z
        .strictObject({ kind: z.literal('temperature'), kelvin: numberValue })
        .meta({ description: 'Colour of a black body, 1667..25000 K, full brightness.' }),
      choiceOf(hexColor),
      reference,
    ]),
  ])
  .meta({ id: 'ColorValue', description: 'A colour or a distribution over colours.' });
export type ColorValue = z.output<typeof colorValue>;

const vector = z.tuple([numberValue, numberValue, numberValue]);
const constantVector = z.tuple([finite, finite, finite]);

/** A 3-vector whose components may each be a distribution, or a distribution over vectors. */
export const vec3Value = z
  .union([
    vector,
    z.discriminatedUnion('kind', [constantOf(constantVector), choiceOf(constantVector), reference]),
  ])
  .meta({
    id: 'Vec3Value',
    description: '[x, y, z], each a number or a distribution; or a choice of vectors.',
  });
export type Vec3Value = z.output<typeof vec3Value>;

/** A text that names something (an asset, a mode), or a choice of such texts. */
export const stringValue = z
  .union([
    z.string(),
    z.discriminatedUnion('kind', [constantOf(z.string()), choiceOf(z.string()), reference]),
  ])
  .meta({ id: 'StringValue', description: 'A name or a weighted choice of names.' });
export type StringValue = z.output<typeof stringValue>;

/** On or off, or a chance of on. */
export const flagValue = z
  .union([
    z.boolean(),
    z.discriminatedUnion('kind', [
      constantOf(z.boolean()),
      z
        .strictObject({ kind: z.literal('chance'), probability: finite.min(0).max(1) })
        .meta({ description: 'True with this probability.' }),
      choiceOf(z.boolean()),
      reference,
    ]),
  ])
  .meta({ id: 'FlagValue', description: 'true, false or a chance of true.' });
export type FlagValue = z.output<typeof flagValue>;

/** What may stand under `vars:`. */
export const variableValue = z
  .union([
    z.boolean(),
    finite,
    z.string(),
    vector,
    z.discriminatedUnion('kind', [
      constantOf(z.union([z.boolean(), finite, z.string(), constantVector])),
      uniform,
      logUniform,
      normal,
      z
        .strictObject({ kind: z.literal('integer'), min: int, max: int })
        .refine(ordered, orderedMessage),
      z.strictObject({ kind: z.literal('chance'), probability: finite.min(0).max(1) }),
      choiceOf(z.union([z.boolean(), finite, z.string(), constantVector])),
      scaledReference,
    ]),
  ])
  .meta({
    id: 'VariableValue',
    description: 'A value or distribution that is drawn once for the frame.',
  });
export type VariableValue = z.output<typeof variableValue>;
