import { z } from 'zod';
import { integerValue, numberValue, vec3Value } from './value-schemas.ts';

const described = (value: number, description: string) =>
  numberValue.default(value).meta({ description });

/** Most beams of one lidar. */
const MAX_BEAMS = 256;

const azimuthOffsetsDegrees = z.array(numberValue).min(1).max(MAX_BEAMS).default([0]).meta({
  description: 'To the left, ring by ring; where rings are more, from the first on again.',
});

const evenBeams = z
  .strictObject({
    kind: z.literal('even'),
    count: integerValue.meta({ description: '1..256.' }),
    fromDegrees: numberValue.meta({ description: 'Elevation of ring 0, −90..90.' }),
    toDegrees: numberValue.meta({ description: 'Elevation of the last ring, −90..90.' }),
    azimuthOffsetsDegrees,
  })
  .meta({ description: 'Beams at even steps of elevation, both ends included.' });

const listedBeams = z
  .strictObject({
    kind: z.literal('list'),
    elevationsDegrees: z
      .array(numberValue)
      .min(1)
      .max(MAX_BEAMS)
      .meta({ description: 'Elevation of each ring, up to 256 of them.' }),
    azimuthOffsetsDegrees,
  })
  .meta({ description: 'Beams as a unit’s data sheet or calibration lists them.' });

const turnSchema = z
  .strictObject({
    fromDegrees: described(180, 'Where the first column begins; to the left of ahead.'),
    toDegrees: described(-180, 'Where the last one ends; below `fromDegrees`: clockwise.'),
    columns: integerValue.default(1024).meta({
      description: 'Shots of each beam, 1..8192, each in the middle of an equal share of the turn.',
    }),
  })
  .prefault({})
  .meta({ description: 'The azimuths of a sweep.' });

const poseFields = {
  relativeTo: z.enum(['camera', 'level', 'world']).default('camera').meta({
    description:
      '`camera`: fixed to it. `level`: to its place and heading, but upright. `world`: it stands by itself.',
  }),
  positionMeters: vec3Value.default([0, 0, 0]).meta({
    description: 'Right, down, forward of that; of `world`, a place with y up.',
  }),
  yawDegrees: described(0, 'Turned to the right; in `world`, 0 looks along −z.'),
  pitchDegrees: described(0, 'Then up.'),
  rollDegrees: described(0, 'Then about its forward axis, clockwise as seen from behind.'),
};

const reflectanceFields = {
  from: described(0.1, 'Of the darkest, 0.001..1.'),
  to: described(0.8, 'Of the brightest, 0.001..1.'),
};

const echoFields = {
  rangeNoise: z
    .strictObject({
      sigmaMeters: described(0, 'Standard deviation that is always there, 0..10.'),
      sigmaShare: described(0, 'What grows with range, as a share of it, 0..1.'),
      stepMeters: described(0, 'Ranges are whole multiples of it; 0: any.'),
    })
    .prefault({})
    .meta({ description: 'Along the ray: N(0, (sigmaMeters + sigmaShare · R)²).' }),
  reflectance: z
    .strictObject({
      ...reflectanceFields,
      categories: z
        .record(z.string(), z.strictObject(reflectanceFields))
        .default({})
        .meta({ description: 'Others for instances of a category, by its name.' }),
    })
    .prefault({})
    .meta({
      description: 'Of surfaces in the light of the lidar: each instance has its own, between.',
    }),
  intensity: z
    .strictObject({
      sigma: described(0, 'Standard deviation of its noise, 0..1.'),
      bits: z
        .int()
        .min(0)
        .max(16)
        .default(0)
        .meta({ description: 'It is a whole multiple of 1 / (2^bits − 1); 0: any number.' }),
    })
    .prefault({})
    .meta({
      description:
        'Reflectance · cos θ · exp(−2αR): 1 is a white surface that faces the lidar in clear air, at any range.',
    }),
  attenuationPerMeter: described(0, 'Of the air, 0..1; fog, dust, rain and snow of `weather` add.'),
};

const lossFields = {
  detection: z
    .strictObject({
      reflectance: numberValue.meta({ description: 'Of a surface that faces it, 0.001..1.' }),
      rangeMeters: numberValue.meta({ description: 'Farthest range at which it is seen.' }),
    })
    .optional()
    .meta({
      description:
        'What a data sheet says of detection in clear air. Less light, intensity / R², is no return; absent: any light is one.',
    }),
  dropOff: z
    .strictObject({
      share: described(0, 'Of all returns, for no reason, 0..1.'),
      shareOfDarkest: described(0, 'Of returns of intensity 0, 0..1.'),
      belowIntensity: described(0.8, 'From here on none for their intensity; linear between.'),
    })
    .prefault({})
    .meta({ description: 'Returns that are lost by chance.' }),
};

/** One lidar. */
const lidarSchema = z
  .strictObject({
    ...poseFields,
    beams: z
      .discriminatedUnion('kind', [evenBeams, listedBeams])
      .meta({ description: 'Elevations, upwards of the plane across its axis; ring by ring.' }),
    turn: turnSchema,
    nearMeters: described(0.5, 'Nearer surfaces give no return, but hide what is behind.'),
    farMeters: described(100, 'Farther surfaces give none, up to 1000.'),
    ...echoFields,
    ...lossFields,
  })
  .meta({
    id: 'Lidar',
    description:
      'A lidar: its rays in its own frame, x forward, y left, z up. All of a sweep is of one instant.',
  });
export type LidarSpec = z.output<typeof lidarSchema>;

/** Lidars by name. */
export const lidarsSchema = z
  .record(
    z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name of a-z, 0-9 and -'),
    lidarSchema,
  )
  .meta({ description: 'Lidars beside the camera, by name; with a rig, in its first view.' });
