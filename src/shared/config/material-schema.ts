import { z } from 'zod';
import { labelSheetKind } from './label-sheet-schema.ts';
import { layerSchema, MAX_LAYERS } from './layer-schema.ts';
import {
  patternSchemas,
  PROCEDURAL_KINDS,
  projectionFields,
  reliefFields,
} from './pattern-schema.ts';
import { surfaceFields } from './surface-fields.ts';
import { colorValue, numberValue, stringValue } from './value-schemas.ts';

/** A texture: images, a physically based material set, or a procedural pattern. */
export const textureSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('image'),
        image: stringValue.meta({
          description: 'Image asset id, or a pattern such as `fabrics/*`.',
        }),
        ...projectionFields,
      })
      .meta({ description: 'A colour image, repeated.' }),
    z
      .strictObject({
        kind: z.literal('material'),
        material: stringValue.meta({ description: 'Material asset id, or a pattern.' }),
        ...projectionFields,
      })
      .meta({
        description:
          'A material asset: images of colour, normals, roughness, metalness, occlusion and height.',
      }),
    ...patternSchemas,
    z
      .strictObject({ ...labelSheetKind, ...projectionFields })
      .meta({ description: 'A sheet of print, repeated: text, bars and boxes.' }),
    z
      .strictObject({
        kind: z.literal('random'),
        kinds: z.array(z.enum(PROCEDURAL_KINDS)).min(1).optional().meta({
          description: 'Kinds to draw from; absent: every procedural kind.',
        }),
        ...projectionFields,
        ...reliefFields,
      })
      .meta({
        description:
          'A procedural texture of which everything is drawn: kind, form, colours, relief, roughness.',
      }),
  ])
  .meta({ id: 'Texture' });
export type TextureSpec = z.output<typeof textureSchema>;

/** Changes to a surface; what is absent stays as the asset has it. */
export const materialSchema = z
  .strictObject({
    color: colorValue.optional().meta({ description: 'Multiplies the base colour.' }),
    roughness: numberValue.optional().meta({
      description:
        'Perceptual roughness, 0..1; where the texture has a roughness map, a factor on it.',
    }),
    metalness: numberValue.optional().meta({
      description: 'Metalness, 0..1; where the texture has a metalness map, a factor on it.',
    }),
    ...surfaceFields,
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
    layers: z.array(layerSchema).max(MAX_LAYERS).optional().meta({
      description: 'What lies over the surface, from below to above. Labels do not see it.',
    }),
    probability: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ description: 'Chance that the change is made at all, drawn for each object.' }),
  })
  .meta({ id: 'Material' });
export type MaterialSpec = z.output<typeof materialSchema>;
