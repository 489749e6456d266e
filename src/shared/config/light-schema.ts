import { z } from 'zod';
import { flickerSchema } from './flicker-schema.ts';
import { placeSchema } from './place-schema.ts';
import { colorValue, flagValue, integerValue, numberValue } from './value-schemas.ts';

/** Units of a light's intensity. */
export const LIGHT_UNITS = ['relative', 'lux', 'candela', 'lumen', 'nit'] as const;

/** Units that each kind of light may have. */
export const UNITS_OF_KIND = {
  directional: ['relative', 'lux'],
  point: ['relative', 'candela', 'lumen'],
  spot: ['relative', 'candela', 'lumen'],
  area: ['relative', 'candela', 'lumen', 'nit'],
} as const satisfies Record<string, readonly (typeof LIGHT_UNITS)[number][]>;

/** A light, or a group of lights drawn alike. */
export const lightSchema = z
  .strictObject({
    kind: z.enum(['directional', 'point', 'spot', 'area']).meta({
      description:
        'area: a rectangle that shines from its front like paper, brightest square to it.',
    }),
    count: integerValue.default(1).meta({ description: 'How many of these, 0..8.' }),
    place: placeSchema,
    intensity: numberValue.meta({
      description:
        'Relative: directional: illuminance relative to the environment (1 = like it); others: candela on that scale, area: square to it. Else in the unit.',
    }),
    unit: z.enum(LIGHT_UNITS).default('relative').meta({
      description:
        'lux: directional, square to the beam; candela, lumen: point, spot (lumen of its cone) and area; nit: cd/m² of an area. What is white: `photometry`.',
    }),
    color: colorValue.default('#ffffff'),
    flicker: flickerSchema.optional(),
    castShadow: flagValue.default(true),
    widthMeters: numberValue.default(0.5).meta({ description: 'Area: width of the rectangle.' }),
    heightMeters: numberValue.default(0.5).meta({
      description: 'Area: height of the rectangle; with `render.subframes` shadows are as soft.',
    }),
    sizeMeters: numberValue.default(0).meta({
      description:
        'Radius of the emitting disc; softens shadows. Directional: at the light’s place.',
    }),
    coneDegrees: numberValue
      .default(40)
      .meta({ description: 'Spot: half angle of the cone, 1..89.' }),
    penumbra: numberValue
      .default(0.3)
      .meta({ description: 'Spot: share of the cone that fades, 0..1.' }),
  })
  .meta({ id: 'Light' });
export type LightSpec = z.output<typeof lightSchema>;
