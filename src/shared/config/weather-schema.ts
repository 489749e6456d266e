import { z } from 'zod';
import { colorValue, flagValue, numberValue, vec3Value } from './value-schemas.ts';

const visibilityMeters = numberValue.meta({
  description:
    'Meteorological optical range, 1..1000000: where 5 % of contrast is left. Fog below 1000, haze above.',
});
const present = flagValue
  .default(true)
  .meta({ description: 'Whether a frame has it, for what only some frames have.' });
const airlight = colorValue.optional().meta({
  description:
    'Its own radiance where nothing is seen through it, before `tint`; absent: from sky, sun and environment.',
});

const fogSchema = z.strictObject({
  present,
  visibilityMeters,
  tint: colorValue
    .default('#ffffff')
    .meta({ description: 'Factor on its light; droplets are white.' }),
  airlight,
});

const dustSchema = z.strictObject({
  present,
  visibilityMeters,
  angstromExponent: numberValue.default(0.2).meta({
    description:
      'How much more it dims blue than red, −1..4: extinction goes with wavelength to the power of minus this. Sand 0, mineral dust 0.2, smoke 1.8.',
  }),
  tint: colorValue.default('#dcb98a').meta({ description: 'Factor on its light.' }),
  airlight,
});

const rainSchema = z.strictObject({
  millimetersPerHour: numberValue.meta({
    description: '0..300: drizzle 1, rain 5, heavy rain 25, a cloudburst 100; 0: none.',
  }),
});

const snowSchema = z.strictObject({
  millimetersPerHour: numberValue.default(0).meta({
    description: 'Of the water that it melts to, 0..20: light 0.5, heavy 3; 0: none falls.',
  }),
  cover: numberValue.default(0).meta({
    description:
      'Snow that lies, 0..1: 0.3 patches on level ground, 0.6 all of it, 1 steep slopes too.',
  }),
});

const wetSchema = z.strictObject({
  amount: numberValue.meta({
    description: 'How wet surfaces are, 0..1: rough ones darken, all of them shine.',
  }),
  puddles: numberValue
    .default(0)
    .meta({ description: 'Share of level ground that is under water, 0..1.' }),
  puddleMeters: numberValue.default(1).meta({ description: 'Size of puddles, 0.01..100.' }),
});

const dropsOnGlassSchema = z.strictObject({
  cover: numberValue.meta({
    description: 'Share of the glass that is under drops, 0..0.4: a drizzle 0.05, rain 0.25.',
  }),
  radiusMillimeters: numberValue.default(0.7).meta({
    description: 'Of their rims, 0.02..20: drops have from half to twice of it.',
  }),
  contactDegrees: numberValue.default(65).meta({
    description:
      'Angle at the rim, 10..90: 30 on clean glass, 65 on most, 90 on what repels water. Steeper drops bend light more.',
  }),
});

const dirtOnGlassSchema = z.strictObject({
  cover: numberValue.meta({ description: 'Share of the glass that is under specks, 0..0.4.' }),
  radiusMillimeters: numberValue.default(0.2).meta({
    description: 'Of specks, 0.01..20: they have from half to twice of it. Dust 0.1, mud 2.',
  }),
  opacity: numberValue
    .default(0.8)
    .meta({ description: 'Share of the light that a speck takes from what is behind it, 0..1.' }),
  color: colorValue
    .default('#8a7a64')
    .meta({ description: 'What it gives back of the mean light of the image.' }),
});

const glassSchema = z.strictObject({
  present,
  distanceMillimeters: numberValue.default(30).meta({
    description:
      'Of the glass from the pupil of the lens, 1..5000: a filter 15, a dome 30, a windscreen 100 to 500.',
  }),
  pupilMillimeters: numberValue.optional().meta({
    description:
      'Diameter of the pupil, focal length over f-number, 0.05..100: what is on the glass is as blurred as it is large. Absent: that of `camera.focus`, else 1.',
  }),
  drops: dropsOnGlassSchema
    .optional()
    .meta({ description: 'Drops of water: small lenses that show the scene upside down.' }),
  dirt: dirtOnGlassSchema.optional().meta({ description: 'Specks of dust or mud.' }),
});

/** What is in the air, and what weather leaves on surfaces. It changes the colour image alone (docs/weather.md). */
export const weatherSchema = z
  .strictObject({
    fog: fogSchema.optional().meta({ description: 'Droplets that dim all colours alike.' }),
    dust: dustSchema.optional().meta({ description: 'Dust, sand or smoke in the air.' }),
    rain: rainSchema.optional().meta({
      description: 'Drops, as streaks of `sensor.shutterSeconds`, and the veil of those far away.',
    }),
    snow: snowSchema
      .optional()
      .meta({ description: 'Flakes, their veil, and snow on the ground.' }),
    wet: wetSchema.optional().meta({ description: 'Water on surfaces.' }),
    glass: glassSchema.optional().meta({ description: 'What is on the glass before the lens.' }),
    windMetersPerSecond: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Of the air, which carries rain and snow; each part −50..50.' }),
    topMeters: numberValue.optional().meta({
      description:
        'World height at which what veils the view ends (fog, dust, and what rain and snow are far away), −10000..100000; absent: it has no end, and nothing is seen of the sky.',
    }),
  })
  .meta({ id: 'Weather' });
export type WeatherSpec = z.output<typeof weatherSchema>;
