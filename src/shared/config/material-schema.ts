import { z } from 'zod';
import { colorValue, numberValue, stringValue } from './value-schemas.ts';

const scaleMeters = numberValue
  .default(0.5)
  .meta({ description: 'Side of one repetition of the texture, metres.' });
const rotationDegrees = numberValue
  .default(0)
  .meta({ description: 'Turn of the texture, degrees.' });
const colors = z
  .array(colorValue)
  .min(2)
  .max(4)
  .meta({ description: 'Two to four colours; the pattern goes from the first to the last.' });

const procedural = { colors, scaleMeters, rotationDegrees };

/** A texture: images, a physically based material set, or a procedural pattern. */
export const textureSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('image'),
        image: stringValue.meta({
          description: 'Image asset id, or a pattern such as `fabrics/*`.',
        }),
        scaleMeters,
        rotationDegrees,
      })
      .meta({ description: 'A colour image, repeated.' }),
    z
      .strictObject({
        kind: z.literal('material'),
        material: stringValue.meta({ description: 'Material asset id, or a pattern.' }),
        scaleMeters,
        rotationDegrees,
      })
      .meta({ description: 'A material asset: colour, normal, roughness and metalness images.' }),
    z
      .strictObject({
        kind: z.literal('noise'),
        ...procedural,
        octaves: z
          .int()
          .min(1)
          .max(8)
          .default(4)
          .meta({ description: 'Octaves of gradient noise.' }),
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(4)
          .meta({ description: 'Lattice cells across one repetition.' }),
      })
      .meta({ description: 'Fractal gradient noise.' }),
    z
      .strictObject({
        kind: z.literal('checks'),
        ...procedural,
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(4)
          .meta({ description: 'Pairs of squares across one repetition.' }),
      })
      .meta({ description: 'A chessboard.' }),
    z
      .strictObject({
        kind: z.literal('stripes'),
        ...procedural,
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(4)
          .meta({ description: 'Repetitions of the stripe sequence.' }),
        softness: numberValue
          .default(0.05)
          .meta({ description: 'Share of a stripe that is blended, 0..1.' }),
      })
      .meta({ description: 'Parallel stripes, one of each colour in turn.' }),
    z
      .strictObject({ kind: z.literal('gradient'), ...procedural })
      .meta({ description: 'There and back between the colours over one repetition.' }),
    z
      .strictObject({
        kind: z.literal('marble'),
        ...procedural,
        octaves: z.int().min(1).max(8).default(5).meta({ description: 'Octaves of turbulence.' }),
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(3)
          .meta({ description: 'Veins across one repetition.' }),
        turbulence: numberValue
          .default(1.2)
          .meta({ description: 'How far veins stray, in vein widths.' }),
      })
      .meta({ description: 'Clouded stone of the first colours, with thin veins of the last.' }),
    z
      .strictObject({
        kind: z.literal('wood'),
        ...procedural,
        octaves: z.int().min(1).max(8).default(4).meta({ description: 'Octaves of detail.' }),
        cells: z
          .int()
          .min(1)
          .max(64)
          .default(4)
          .meta({ description: 'Boards across one repetition; grain runs along x.' }),
        turbulence: numberValue
          .default(1)
          .meta({ description: 'How far the grain strays: 0 straight, 1 natural, 2 wild.' }),
        softness: numberValue.default(0.02).meta({
          description: 'Width of the joints between boards, as a share of a board; 0: none.',
        }),
      })
      .meta({ description: 'Boards with year rings and fibres, early wood to late wood.' }),
  ])
  .meta({ id: 'Texture' });
export type TextureSpec = z.output<typeof textureSchema>;
export type ProceduralKind = 'noise' | 'checks' | 'stripes' | 'gradient' | 'marble' | 'wood';

/** Changes to a surface; what is absent stays as the asset has it. */
export const materialSchema = z
  .strictObject({
    color: colorValue.optional().meta({ description: 'Multiplies the base colour.' }),
    roughness: numberValue.optional().meta({ description: 'Perceptual roughness, 0..1.' }),
    metalness: numberValue.optional().meta({ description: 'Metalness, 0..1.' }),
    texture: z
      .union([
        textureSchema,
        z
          .strictObject({
            kind: z.literal('one-of'),
            textures: z.array(textureSchema).min(1),
            weights: z.array(z.number().min(0)).optional(),
          })
          .meta({ description: 'One of several textures, by weight.' }),
      ])
      .optional()
      .meta({ description: 'Replaces the base-colour texture.' }),
    probability: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ description: 'Chance that the change is made at all, drawn for each object.' }),
  })
  .meta({ id: 'Material' });
export type MaterialSpec = z.output<typeof materialSchema>;
