import { z } from 'zod';
import { conditionOf, expressionValue, mixtureOf } from './branch-schemas.ts';
import { choiceOf, constantOf, gridOf, permutationOf, spreadOf } from './list-schemas.ts';
import {
  finite,
  numberDraw,
  numberDrawOptions,
  ordered,
  orderedMessage,
  risingDrawOptions,
} from './number-draws.ts';
import { rampOf, stagedOf } from './scheduled-schemas.ts';
import type {
  ColorValue,
  ColorValueInput,
  FlagValue,
  FlagValueInput,
  IntegerValue,
  IntegerValueInput,
  NumberValue,
  NumberValueInput,
  RotationValue,
  RotationValueInput,
  StringValue,
  StringValueInput,
  ValueSchema,
  VariableValue,
  VariableValueInput,
  Vec3Value,
  Vec3ValueInput,
} from './value-types.ts';

export type {
  ColorValue,
  FlagValue,
  IntegerValue,
  NumberValue,
  RotationValue,
  StringValue,
  VariableValue,
  Vec3Value,
} from './value-types.ts';

/**
 * The one grammar of values: wherever a number, colour, vector, choice or flag may stand, a
 * distribution may stand. Every distribution is an object with a `kind`.
 */

const int = z.int();

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

/** Lists of which a permutation or grid takes every member. */
const listOf = <T extends z.ZodType>(value: T) =>
  z.array(value).min(1).meta({ description: 'The values.' });

/** Most levels of one value; more cannot come up in any dataset. */
const MAX_LEVELS = 2 ** 30;
const wholeLevels = z
  .strictObject({ min: int, max: int })
  .refine(ordered, orderedMessage)
  .refine((r) => r.max - r.min < MAX_LEVELS, `expected at most ${MAX_LEVELS} levels`)
  .meta({ description: 'Every whole number of min..max.' });
const levels = z
  .strictObject({
    min: finite,
    max: finite,
    steps: int.min(2).max(MAX_LEVELS).optional().meta({
      description: 'How many, evenly from min to max; absent: every whole number of min..max.',
    }),
  })
  .refine(ordered, orderedMessage)
  .refine(
    (r) => r.steps !== undefined || (Number.isInteger(r.min) && Number.isInteger(r.max)),
    'expected steps, or whole numbers for min and max',
  )
  .refine(
    (r) => r.steps !== undefined || r.max - r.min < MAX_LEVELS,
    `expected at most ${MAX_LEVELS} levels`,
  )
  .meta({ description: 'Numbers at even distances.' });

const numberRamp = rampOf(z.union([finite, z.discriminatedUnion('kind', [...risingDrawOptions])]));

/** A number, or a distribution over numbers. */
export const numberValue: ValueSchema<NumberValue, NumberValueInput> = z
  .union([
    finite,
    z.discriminatedUnion('kind', [
      constantOf(finite),
      ...numberDrawOptions,
      mixtureOf((): ValueSchema<NumberValue, NumberValueInput> => numberValue),
      conditionOf((): ValueSchema<NumberValue, NumberValueInput> => numberValue),
      stagedOf((): ValueSchema<NumberValue, NumberValueInput> => numberValue),
      numberRamp,
      expressionValue,
      permutationOf(z.union([listOf(finite), levels])),
      gridOf(z.union([listOf(finite), levels])),
      ...spreadOf(numberDraw),
      scaledReference,
    ]),
  ])
  .meta({ id: 'NumberValue', description: 'A number or a distribution over numbers.' });

const integerRange = z
  .strictObject({ kind: z.literal('integer'), min: int, max: int })
  .refine(ordered, orderedMessage)
  .meta({ description: 'Each whole number of min..max (both included), equally likely.' });

const integerRamp = rampOf(z.union([int, integerRange])).meta({
  description: 'As the ramp of a number, rounded to the nearest whole number.',
});

/** A whole number, or a distribution over whole numbers. */
export const integerValue: ValueSchema<IntegerValue, IntegerValueInput> = z
  .union([
    int,
    z.discriminatedUnion('kind', [
      constantOf(int),
      integerRange,
      choiceOf(int),
      mixtureOf((): ValueSchema<IntegerValue, IntegerValueInput> => integerValue),
      conditionOf((): ValueSchema<IntegerValue, IntegerValueInput> => integerValue),
      stagedOf((): ValueSchema<IntegerValue, IntegerValueInput> => integerValue),
      integerRamp,
      expressionValue,
      permutationOf(z.union([listOf(int), wholeLevels])),
      gridOf(z.union([listOf(int), wholeLevels])),
      ...spreadOf(z.discriminatedUnion('kind', [integerRange, choiceOf(int)])),
      reference,
    ]),
  ])
  .meta({
    id: 'IntegerValue',
    description: 'A whole number or a distribution over whole numbers.',
  });

const hexColor = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour as "#rrggbb" (sRGB)')
  .meta({ description: 'sRGB colour, #rrggbb.' });

const oklch = z
  .strictObject({
    kind: z.literal('oklch'),
    lightness: numberValue.meta({ description: '0 (black) .. 1 (white).' }),
    chroma: numberValue.meta({ description: '0 (grey) .. 0.5; sRGB ends between 0.1 and 0.32.' }),
    hueDegrees: numberValue.meta({ description: 'About 29 is red, 142 green, 264 blue.' }),
    outOfGamut: z.enum(['error', 'reduce-chroma']).default('error').meta({
      description:
        'What to do with a colour that sRGB has not: refuse the frame, or take the greatest chroma that it has.',
    }),
  })
  .meta({ description: 'Colour by perceived lightness, chroma and hue (Oklab, Ottosson 2020).' });

/** A colour, or a distribution over colours. */
export const colorValue: ValueSchema<ColorValue, ColorValueInput> = z
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
      oklch,
      z
        .strictObject({ kind: z.literal('temperature'), kelvin: numberValue })
        .meta({ description: 'Colour of a black body, 1667..25000 K, full brightness.' }),
      choiceOf(hexColor),
      mixtureOf((): ValueSchema<ColorValue, ColorValueInput> => colorValue),
      conditionOf((): ValueSchema<ColorValue, ColorValueInput> => colorValue),
      stagedOf((): ValueSchema<ColorValue, ColorValueInput> => colorValue),
      permutationOf(listOf(hexColor)),
      gridOf(listOf(hexColor)),
      ...spreadOf(choiceOf(hexColor)),
      reference,
    ]),
  ])
  .meta({ id: 'ColorValue', description: 'A colour or a distribution over colours.' });

const vector = z.tuple([numberValue, numberValue, numberValue]);
const constantVector = z.tuple([finite, finite, finite]);

const radius = numberValue.default(1).meta({ description: 'Drawn by itself where it varies.' });
const center = constantVector.default([0, 0, 0]);
const axis = constantVector
  .refine(([x, y, z]) => x !== 0 || y !== 0 || z !== 0, 'expected an axis that is not [0, 0, 0]')
  .default([0, 1, 0]);
const roundOptions = [
  z
    .strictObject({ kind: z.literal('sphere'), radius, center })
    .meta({ description: 'Evenly over a sphere’s surface.' }),
  z
    .strictObject({ kind: z.literal('hemisphere'), radius, center, axis })
    .meta({ description: 'Evenly over the half of a sphere’s surface on the side of the axis.' }),
  z
    .strictObject({ kind: z.literal('ball'), radius, center })
    .meta({ description: 'Evenly inside of a sphere.' }),
  z
    .strictObject({ kind: z.literal('disc'), radius, center, axis })
    .meta({ description: 'Evenly over a disc at right angles to the axis.' }),
] as const;

/** A 3-vector whose components may each be a distribution, or a distribution over vectors. */
export const vec3Value: ValueSchema<Vec3Value, Vec3ValueInput> = z
  .union([
    vector,
    z.discriminatedUnion('kind', [
      constantOf(constantVector),
      ...roundOptions,
      choiceOf(constantVector),
      mixtureOf((): ValueSchema<Vec3Value, Vec3ValueInput> => vec3Value),
      conditionOf((): ValueSchema<Vec3Value, Vec3ValueInput> => vec3Value),
      stagedOf((): ValueSchema<Vec3Value, Vec3ValueInput> => vec3Value),
      permutationOf(listOf(constantVector)),
      gridOf(listOf(constantVector)),
      ...spreadOf(choiceOf(constantVector)),
      reference,
    ]),
  ])
  .meta({
    id: 'Vec3Value',
    description: '[x, y, z], each a number or a distribution; or a distribution over vectors.',
  });

/** How far the length of a quaternion that a person writes may be from 1. */
const UNIT_TOLERANCE = 1e-6;
const lengthOf = (q: readonly number[]): number => Math.sqrt(q.reduce((sum, x) => sum + x * x, 0));
const quaternion = z
  .tuple([finite, finite, finite, finite])
  .refine((q) => Math.abs(lengthOf(q) - 1) <= UNIT_TOLERANCE, {
    error: ({ input }) =>
      `expected a unit quaternion [w, x, y, z], found one of length ${lengthOf(input as number[])}`,
  })
  .meta({ description: 'Unit quaternion [w, x, y, z].' });
const constantRotation = z.union([constantVector, quaternion]);

const evenRotation = z
  .strictObject({ kind: z.literal('so3') })
  .meta({ description: 'Evenly over all rotations: uniform over SO(3).' });

/** A rotation, or a distribution over rotations. */
export const rotationValue: ValueSchema<RotationValue, RotationValueInput> = z
  .union([
    vector,
    z.discriminatedUnion('kind', [
      constantOf(constantRotation),
      evenRotation,
      choiceOf(constantRotation),
      mixtureOf((): ValueSchema<RotationValue, RotationValueInput> => rotationValue),
      conditionOf((): ValueSchema<RotationValue, RotationValueInput> => rotationValue),
      stagedOf((): ValueSchema<RotationValue, RotationValueInput> => rotationValue),
      permutationOf(listOf(constantRotation)),
      gridOf(listOf(constantRotation)),
      ...spreadOf(choiceOf(constantRotation)),
      reference,
    ]),
  ])
  .meta({
    id: 'RotationValue',
    description:
      'Turns in degrees about x, then the new y, then the new z, each a number or a distribution; or a distribution over rotations. Where rotations are listed, a unit quaternion [w, x, y, z] may stand, too.',
  });

/** A text that names something (an asset, a mode), or a choice of such texts. */
export const stringValue: ValueSchema<StringValue, StringValueInput> = z
  .union([
    z.string(),
    z.discriminatedUnion('kind', [
      constantOf(z.string()),
      choiceOf(z.string()),
      mixtureOf((): ValueSchema<StringValue, StringValueInput> => stringValue),
      conditionOf((): ValueSchema<StringValue, StringValueInput> => stringValue),
      stagedOf((): ValueSchema<StringValue, StringValueInput> => stringValue),
      permutationOf(listOf(z.string())),
      gridOf(listOf(z.string())),
      ...spreadOf(choiceOf(z.string())),
      reference,
    ]),
  ])
  .meta({ id: 'StringValue', description: 'A name or a distribution over names.' });

const chance = z
  .strictObject({ kind: z.literal('chance'), probability: finite.min(0).max(1) })
  .meta({ description: 'True with this probability.' });

/** On or off, or a chance of on. */
export const flagValue: ValueSchema<FlagValue, FlagValueInput> = z
  .union([
    z.boolean(),
    z.discriminatedUnion('kind', [
      constantOf(z.boolean()),
      chance,
      choiceOf(z.boolean()),
      mixtureOf((): ValueSchema<FlagValue, FlagValueInput> => flagValue),
      conditionOf((): ValueSchema<FlagValue, FlagValueInput> => flagValue),
      stagedOf((): ValueSchema<FlagValue, FlagValueInput> => flagValue),
      expressionValue,
      permutationOf(listOf(z.boolean())),
      gridOf(listOf(z.boolean())),
      ...spreadOf(z.discriminatedUnion('kind', [chance, choiceOf(z.boolean())])),
      reference,
    ]),
  ])
  .meta({ id: 'FlagValue', description: 'true, false or a chance of true.' });

const plain = z.union([z.boolean(), finite, z.string(), constantVector, quaternion]);
const [uniform, logUniform, normal, triangular, beta, histogram, empirical] = numberDrawOptions;
const variableDrawOptions = [
  uniform,
  logUniform,
  normal,
  triangular,
  beta,
  histogram,
  empirical,
  integerRange,
  chance,
  choiceOf(plain),
] as const;
const variableDraw = z.discriminatedUnion('kind', [...variableDrawOptions]).meta({
  id: 'VariableDraw',
  description: 'A distribution that takes one random number.',
});

/** A named value that is drawn once for the frame. */
export const variableValue: ValueSchema<VariableValue, VariableValueInput> = z
  .union([
    z.boolean(),
    finite,
    z.string(),
    vector,
    z.discriminatedUnion('kind', [
      constantOf(plain),
      ...variableDrawOptions,
      mixtureOf((): ValueSchema<VariableValue, VariableValueInput> => variableValue),
      conditionOf((): ValueSchema<VariableValue, VariableValueInput> => variableValue),
      stagedOf((): ValueSchema<VariableValue, VariableValueInput> => variableValue),
      numberRamp,
      expressionValue,
      permutationOf(z.union([listOf(plain), levels])),
      gridOf(z.union([listOf(plain), levels])),
      ...spreadOf(variableDraw),
      ...roundOptions,
      evenRotation,
      scaledReference,
    ]),
  ])
  .meta({
    id: 'VariableValue',
    description: 'A value or distribution that is drawn once for the frame.',
  });
