import { z } from 'zod';

/** Fewer instants, or points of the lens, show as copies. */
export const LEAST_BLUR_SUBFRAMES = 16;

/** How colour is drawn. */
export const renderSchema = z
  .strictObject({
    antialias: z.enum(['none', 'msaa4']).default('msaa4'),
    subframes: z.int().min(1).max(256).default(1).meta({
      description:
        'Jittered renders that are averaged: true soft shadows, anti-aliasing, and blur of lens and shutter.',
    }),
    shadowMapPixels: z.int().min(128).max(8192).default(1024),
    patternPixels: z
      .union([
        z.literal(64),
        z.literal(128),
        z.literal(256),
        z.literal(512),
        z.literal(1024),
        z.literal(2048),
      ])
      .optional()
      .meta({
        description:
          'Side of the image of a procedural texture; absent: 512. More for close-ups, less for speed: painting one costs by its pixels.',
      }),
    ambientOcclusion: z
      .strictObject({
        radiusMeters: z.number().positive().default(0.12),
        strength: z.number().min(0).max(1).default(1),
      })
      .prefault({})
      .meta({ description: 'Contact shadows of the environment’s light.' }),
  })
  .meta({ id: 'Render' });
