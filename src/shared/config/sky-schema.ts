import { z } from 'zod';
import { colorValue, flagValue, numberValue, stringValue } from './value-schemas.ts';

const azimuthDegrees = numberValue.meta({
  description: 'Direction in the ground plane: 0 = +Z, 90 = +X.',
});

const sunSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('direction'),
      azimuthDegrees,
      elevationDegrees: numberValue.meta({
        description: 'Height above the horizon, −90..90; below −18 it is night.',
      }),
    })
    .meta({ description: 'Where the sun stands.' }),
  z
    .strictObject({
      kind: z.literal('date'),
      latitudeDegrees: numberValue.meta({ description: 'North of the equator, −90..90.' }),
      longitudeDegrees: numberValue.meta({ description: 'East of Greenwich, −180..180.' }),
      date: stringValue.meta({ description: 'Day, such as "2025-06-21", 1950..2050.' }),
      dayOffset: numberValue
        .default(0)
        .meta({ description: 'Days after the date, for a day drawn from a season; rounded down.' }),
      hour: numberValue.meta({ description: 'Clock time, hours 0..24.' }),
      utcOffsetHours: numberValue
        .default(0)
        .meta({ description: 'Of the clock from UTC: 1 in Berlin in winter, −7 in Denver.' }),
      northDegrees: numberValue
        .default(180)
        .meta({ description: 'Where north is, as an azimuth of the scene; 180 = −Z.' }),
    })
    .meta({ description: 'Where the sun stands at a place, day and hour.' }),
]);

const moonSchema = z.strictObject({
  azimuthDegrees,
  elevationDegrees: numberValue.meta({ description: 'Height above the horizon, −90..90.' }),
  phaseDegrees: numberValue
    .default(0)
    .meta({ description: 'Phase angle: 0 full moon, 90 half, 180 new.' }),
});

/** A sky with a sun that agree in direction, colour and illuminance. */
export const skySchema = z
  .strictObject({
    sun: sunSchema,
    turbidity: numberValue
      .default(2.5)
      .meta({ description: 'Haze: 2 very clear, 3 clear, 6 hazy, 10 thick haze; 1.7..10.' }),
    overcast: numberValue.default(0).meta({
      description: 'Share of the sky under even cloud, 0..1; as much of the sun is hidden.',
    }),
    ground: colorValue
      .default('#7c7c7c')
      .meta({ description: 'Colour of the ground below the horizon, which reflects sky and sun.' }),
    castShadow: flagValue.default(true).meta({ description: 'Whether sun and moon cast shadow.' }),
    moon: moonSchema.optional(),
  })
  .meta({ id: 'Sky' });
export type SkySpec = z.output<typeof skySchema>;
