import { z } from 'zod';
import { colorValue, flagValue, numberValue } from './value-schemas.ts';

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

/** What is in the air, and what weather leaves on surfaces. It changes the colour image alone (docs/weather.md). */
export const weatherSchema = z
  .strictObject({
    fog: fogSchema.optional().meta({ description: 'Droplets that dim all colours alike.' }),
    dust: dustSchema.optional().meta({ description: 'Dust, sand or smoke in the air.' }),
    topMeters: numberValue.optional().meta({
      description:
        'World height at which what veils the view ends, −10000..100000; absent: it has no end, and nothing is seen of the sky.',
    }),
  })
  .meta({ id: 'Weather' });
export type WeatherSpec = z.output<typeof weatherSchema>;
