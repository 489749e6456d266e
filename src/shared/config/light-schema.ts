import { z } from 'zod';
import { colorValue, flagValue, integerValue, numberValue, vec3Value } from './value-schemas.ts';

/** A point, or a point on a sphere about a target. Shared by lights and cameras. */
export const shellSchema = z
  .strictObject({
    kind: z.literal('shell'),
    target: vec3Value.default([0, 0, 0]).meta({ description: 'Centre of the shell, metres.' }),
    radiusMeters: numberValue.meta({ description: 'Distance from the target.' }),
    azimuthDegrees: numberValue
      .default({ kind: 'uniform', min: 0, max: 360 })
      .meta({ description: 'Direction in the ground plane: 0 = +Z, 90 = +X.' }),
    elevationDegrees: numberValue.meta({ description: 'Height above the horizon, −90..90.' }),
  })
  .meta({ description: 'On a sphere around a target.' });

export const placeSchema = z.union([
  shellSchema,
  z
    .strictObject({
      kind: z.literal('at'),
      position: vec3Value,
      target: vec3Value.default([0, 0, 0]).meta({ description: 'What it looks at, metres.' }),
    })
    .meta({ description: 'At a position, towards a target.' }),
]);
export type PlaceSpec = z.output<typeof placeSchema>;

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
