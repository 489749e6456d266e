import { z } from 'zod';
import { integerValue, numberValue } from './value-schemas.ts';

const described = (value: number, description: string) =>
  numberValue.default(value).meta({ description });

/** What every depth sensor has. */
const measuredFields = (nearMeters: number, farMeters: number) => ({
  nearMeters: described(nearMeters, 'Nearer surfaces are holes, 0.01..65.'),
  farMeters: described(farMeters, 'Surfaces beyond are holes, 0.02..65.'),
  dropout: described(0, 'Share of the pixels that are holes for no reason, 0..1.'),
});

const edgesSchema = z
  .strictObject({
    radiusPixels: integerValue.default(2).meta({
      description: 'Half the side of the window that is matched, 0..16.',
    }),
    stepShare: described(0.05, 'Depths that differ by this share of the nearer are an edge.'),
    probability: described(0.5, 'That a pixel whose window holds an edge is a hole, 0..1.'),
  })
  .prefault({})
  .meta({ description: 'Windows across an edge of depth hold two disparities, and often fail.' });

/** What sensors have that match a pattern or a second picture. */
const matchedFields = (lateralPixels: number) => ({
  side: z.enum(['right', 'left']).default('right').meta({
    description: 'Where the projector or second camera stands, seen from the camera.',
  }),
  lateral: z
    .strictObject({
      pixels: described(lateralPixels, 'On surfaces that face the camera, 0..8.'),
      grazingPixels: described(0.035, 'More of it on slopes, 0..1: times θ / (π/2 − θ).'),
    })
    .prefault({})
    .meta({ description: 'Standard deviation of where a pixel’s depth is taken from.' }),
  maxIncidenceDegrees: described(80, 'Surfaces that are seen flatter are holes, 0..90.'),
  edges: edgesSchema,
  shadow: z.boolean().default(true).meta({
    description: 'What the projector or second camera does not see behind an edge is a hole.',
  }),
});

const structuredLight = z
  .strictObject({
    kind: z.literal('structured-light'),
    ...measuredFields(0.4, 4),
    baselineMeters: described(0.075, 'From the camera to the projector, 0.001..10.'),
    disparityStepPixels: described(0.125, 'Disparities are whole multiples of it; 0: any.'),
    axial: z
      .strictObject({
        constantMeters: described(0.0012, 'a, metres: what is always there.'),
        quadraticPerMeter: described(0.0019, 'b, per metre: what grows with z².'),
        fromMeters: described(0.4, 'c, metres: where it begins to grow.'),
        grazing: described(0.0001, 'd: what slopes add.'),
      })
      .prefault({})
      .meta({
        description:
          'Standard deviation along z, metres: a + b·(z − c)² + d/√z · (θ / (π/2 − θ))² (Nguyen, Izadi, Lovell 2012).',
      }),
    ...matchedFields(0.8),
  })
  .meta({ description: 'A projected pattern, as of the first Kinect.' });

const stereo = z
  .strictObject({
    kind: z.literal('stereo'),
    ...measuredFields(0.2, 10),
    baselineMeters: described(0.05, 'Between the cameras, 0.001..10.'),
    disparityStepPixels: described(0.03125, 'Disparities are whole multiples of it; 0: any.'),
    disparitySigmaPixels: described(0.1, 'Of a match, 0..20: σ of z is z² / (f·b) times it.'),
    ...matchedFields(0.5),
  })
  .meta({ description: 'Two cameras and a block matcher.' });

const timeOfFlight = z
  .strictObject({
    kind: z.literal('time-of-flight'),
    ...measuredFields(0.3, 8),
    modulationMegahertz: described(80, 'Of the light, 0.5..1000: c / 2f is where phases repeat.'),
    wraps: z.boolean().default(false).meta({
      description: 'true: one frequency alone, and ranges beyond c / 2f come out too near.',
    }),
    signalElectrons: described(100_000, 'From a white surface that faces the camera at 1 m.'),
    ambientElectrons: described(10_000, 'From other light, in each pixel.'),
    contrast: described(0.7, 'Of the demodulation, 0.01..1.'),
    leastElectrons: described(500, 'Pixels with less signal are holes.'),
    mixingSigmaPixels: described(
      0.5,
      'A Gaussian over which light of neighbours mixes, 0..1: pixels between near and far at edges.',
    ),
    reflectance: z
      .strictObject({
        from: described(0.2, 'Of the darkest, 0.001..1.'),
        to: described(0.9, 'Of the brightest, 0.001..1.'),
      })
      .prefault({})
      .meta({
        description: 'Of surfaces in the light of the sensor: each instance has its own, between.',
      }),
  })
  .meta({ description: 'Phase of modulated light.' });

/** A depth sensor in the place of the camera. */
export const depthSensorSchema = z
  .discriminatedUnion('kind', [structuredLight, stereo, timeOfFlight])
  .meta({
    id: 'DepthSensor',
    description: 'Measures a depth image beside the true one, which it leaves as it is.',
  });
export type DepthSensorSpec = z.output<typeof depthSensorSchema>;
