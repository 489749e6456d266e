import { z } from 'zod';
import { patternSchemas, PROCEDURAL_KINDS, type PatternSpec } from './pattern-schema.ts';
import { colorValue, flagValue, numberValue, stringValue } from './value-schemas.ts';

/** What a pattern on a surface has, and one over the image has not. */
const SURFACE_FIELDS = {
  scaleMeters: true,
  rotationDegrees: true,
  sharpness: true,
  reliefMeters: true,
  roughness: true,
} as const;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A procedural pattern over the image, without metres. */
export type ScreenPatternSpec =
  | DistributiveOmit<PatternSpec, keyof typeof SURFACE_FIELDS>
  | Readonly<{ kind: 'random'; kinds?: PatternSpec['kind'][] | undefined }>;

const randomSchema = z
  .strictObject({
    kind: z.literal('random'),
    kinds: z.array(z.enum(PROCEDURAL_KINDS)).min(1).optional().meta({
      description: 'Kinds to draw from; absent: every procedural kind.',
    }),
  })
  .meta({ description: 'A pattern of which everything is drawn: kind, form, colours.' });

// The schemas of patterns differ in their fields, so that what is left of each has no type of its own.
const screenSchemas = patternSchemas.map((schema) =>
  (schema as unknown as z.ZodObject)
    .omit(SURFACE_FIELDS)
    .strict()
    .meta(schema.meta() ?? {}),
) as unknown as [typeof randomSchema];

/** A procedural pattern over the image: the kinds that surfaces have. */
const screenPatternSchema = z
  .discriminatedUnion('kind', [...screenSchemas, randomSchema])
  .meta({ id: 'ScreenPattern' }) as unknown as z.ZodType<ScreenPatternSpec>;

const unit = (description: string) =>
  numberValue.default({ kind: 'uniform', min: 0, max: 1 }).meta({ description });

const fitSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('crop'),
        zoom: numberValue.default(1).meta({
          description: 'How many times smaller than the largest that fits the crop is, 1..1000.',
        }),
        x: unit('Where in the room to the left and right it is, 0..1.'),
        y: unit('Where in the room above and below it is, 0..1.'),
      })
      .meta({ description: 'A part of the photo, of the image’s shape: nothing is distorted.' }),
    z.strictObject({ kind: z.literal('view') }).meta({
      description:
        'The photo’s own camera, turned to where this one looks: horizon and perspective agree. Needs `photo.view` in assets.json.',
    }),
  ])
  .meta({ id: 'PhotoFit' });

const photoSunSchema = z
  .strictObject({
    intensity: numberValue.default(1).meta({ description: 'As that of a directional light.' }),
    color: colorValue.default('#ffffff'),
    castShadow: z.boolean().default(true),
  })
  .meta({
    id: 'PhotoSun',
    description:
      'A directional light from where the photo’s sun is: `photo.sun` in assets.json, by the heading of the camera.',
  });

const backgroundSchemas = [
  z
    .strictObject({
      kind: z.literal('environment'),
      blur: numberValue.default(0).meta({ description: 'Blur of the visible map, 0..1.' }),
    })
    .meta({ description: 'The environment map, or the sky, itself.' }),
  z.strictObject({ kind: z.literal('color'), color: colorValue }),
  z
    .strictObject({
      kind: z.literal('pattern'),
      pattern: screenPatternSchema,
      repeats: numberValue.default(1).meta({
        description: 'Repetitions over the height of the image, 0.01..1000.',
      }),
      rotationDegrees: numberValue
        .default(0)
        .meta({ description: 'Turn about the middle of the image.' }),
    })
    .meta({ description: 'A procedural pattern over the image, behind everything.' }),
  z
    .strictObject({
      kind: z.literal('photo'),
      image: stringValue.meta({
        description: 'Image asset id, or a pattern such as `streets/*`: a folder of photos.',
      }),
      fit: fitSchema.prefault({ kind: 'crop' }),
      flip: flagValue.default(false).meta({ description: 'Left and right change places.' }),
      strength: numberValue.default(1).meta({ description: 'Factor on its linear light.' }),
      sun: photoSunSchema.optional(),
    })
    .meta({ description: 'A photo behind everything.' }),
] as const;

const plainBackgroundSchema = z
  .discriminatedUnion('kind', backgroundSchemas)
  .meta({ id: 'Background' });
export type PlainBackgroundSpec = z.output<typeof plainBackgroundSchema>;
export type PhotoSpec = Extract<PlainBackgroundSpec, { kind: 'photo' }>;

/** What is behind everything. */
export const backgroundSchema = z.union([
  plainBackgroundSchema,
  z
    .strictObject({
      kind: z.literal('one-of'),
      backgrounds: z.array(plainBackgroundSchema).min(1),
      weights: z.array(z.number().min(0)).optional(),
    })
    .meta({ description: 'One of several backgrounds, by weight.' }),
]);
export type BackgroundSpec = z.output<typeof backgroundSchema>;

/** The backgrounds that a frame may have, with where in the config they stand and what they weigh. */
export function backgroundChoices(
  background: BackgroundSpec,
): readonly Readonly<{ spec: PlainBackgroundSpec; path: string; weight: number }>[] {
  const path = 'environment.background';
  if (background.kind !== 'one-of') return [{ spec: background, path, weight: 1 }];
  return background.backgrounds.map((spec, index) => ({
    spec,
    path: `${path}.backgrounds[${index}]`,
    weight: background.weights?.[index] ?? 1,
  }));
}
