import { z } from 'zod';
import { labelSheetFields } from './label-sheet-schema.ts';
import { rotationDegrees } from './pattern-schema.ts';
import { colorValue, numberValue, stringValue } from './value-schemas.ts';

/** Most layers of one surface: each has a texture unit or noise of its own. */
export const MAX_LAYERS = 4;

/** Sides of an object, by the axis of its own frame that points out of each. */
export const SIDES = ['+x', '-x', '+y', '-y', '+z', '-z'] as const;
export type Side = (typeof SIDES)[number];

/** What numbers of layers can mean, by name; those of a list by the list's. */
export const LAYER_RANGES = {
  amount: [0, 1],
  roughness: [0, 1],
  metalness: [0, 1],
  scaleMeters: [1e-4, 1e4],
  softness: [0.001, 1],
  upward: [-2, 2],
  low: [-2, 2],
  cavity: [-2, 2],
  turbulence: [0, 1],
  place: [-1, 2],
  widthMeters: [1e-4, 1e3],
  reach: [0, 1],
} as const;

const described = (value: number, description: string) =>
  numberValue.default(value).meta({ description });
const probability = z
  .number()
  .min(0)
  .max(1)
  .default(1)
  .meta({ description: 'Chance that the layer is there, drawn for each object.' });
const roughnessOf = (value: number) => described(value, 'Perceptual roughness of the layer, 0..1.');

const coat = (defaults: Readonly<{ upward: number; low: number; cavity: number }>) => ({
  amount: described(0.3, 'Share of the surface that is covered, about, 0..1: 0 none, 1 all.'),
  scaleMeters: described(0.15, 'Size of the largest patches, metres.'),
  softness: described(0.15, 'How gradually patches end, 0.001..1.'),
  upward: described(
    defaults.upward,
    "How much more there is on what faces up in the object's own frame, and less on what faces down.",
  ),
  low: described(
    defaults.low,
    'How much more there is at the bottom of the object, and less at its top.',
  ),
  cavity: described(
    defaults.cavity,
    'How much more there is in the hollows of a pattern (joints, cracks), and less on its heights; negative: the other way round.',
  ),
  probability,
});

/** Something that lies over a surface. */
export const layerSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('dirt'),
        color: colorValue.default('#4a3f30').meta({ description: 'Colour of the dirt.' }),
        roughness: roughnessOf(0.95),
        ...coat({ upward: 0.4, low: 0.3, cavity: 0.6 }),
      })
      .meta({ description: 'Dust and dirt: patches that gather above, below and in hollows.' }),
    z
      .strictObject({
        kind: z.literal('wear'),
        color: colorValue.default('#9a9a9a').meta({ description: 'Colour of what lies beneath.' }),
        roughness: roughnessOf(0.5),
        metalness: described(0, 'Metalness of what lies beneath, 0..1.'),
        ...coat({ upward: 0, low: 0, cavity: -0.6 }),
      })
      .meta({
        description: 'Patches worn down to what lies beneath, first where a pattern is high.',
      }),
    z
      .strictObject({
        kind: z.literal('scratches'),
        color: colorValue.default('#c8c8c8').meta({ description: 'Colour of the scratches.' }),
        amount: described(0.8, 'How far scratches hide the surface, 0..1.'),
        roughness: roughnessOf(0.4),
        metalness: described(0, 'Metalness of the scratches, 0..1.'),
        scaleMeters: described(0.25, 'Side of one repetition, metres.'),
        rotationDegrees,
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(4)
          .meta({ description: 'Scratches of the first and coarsest set across one repetition.' }),
        octaves: z
          .int()
          .min(1)
          .max(8)
          .default(4)
          .meta({ description: 'Sets of scratches, each finer than the last.' }),
        turbulence: described(1, 'Spread of directions: 0 brushed along x, 1 every way.'),
        probability,
      })
      .meta({ description: 'Fine scratches.' }),
    z
      .strictObject({
        kind: z.literal('decal'),
        image: stringValue.optional().meta({
          description:
            'Image asset id, or a pattern; transparent where it is. Absent: a printed label.',
        }),
        label: z
          .strictObject(labelSheetFields)
          .optional()
          .meta({ description: 'What is printed; absent, with no image either: all is drawn.' }),
        side: stringValue.default({ kind: 'choice', values: ['+x', '-x', '+z', '-z'] }).meta({
          description:
            "The side of the object's box it sticks to: `+x`, `-x`, `+y` (top), `-y`, `+z` or `-z`, in the object's own frame.",
        }),
        place: z.tuple([numberValue, numberValue]).default([0.5, 0.5]).meta({
          description:
            'Where its middle is on that side, seen from outside: shares of its width from the left and of its height from below.',
        }),
        widthMeters: described(0.1, 'Width, metres; the height follows from what is printed.'),
        rotationDegrees: described(0, 'Turn, anticlockwise, degrees.'),
        reach: described(
          0.5,
          'How deep it reaches into the box of the object, as a share: surfaces further from its side stay bare.',
        ),
        roughness: roughnessOf(0.6),
        probability,
      })
      .refine((d) => d.image === undefined || d.label === undefined, {
        message: 'expected either an image or a label, found both',
      })
      .meta({ description: 'A sticker: an image or a printed label, projected from one side.' }),
  ])
  .meta({ id: 'Layer' });

export type LayerSpec = z.output<typeof layerSchema>;
export type LayerKind = LayerSpec['kind'];
