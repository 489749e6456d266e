import { z } from 'zod';
import { cameraSeesSchema } from './camera-sees-schema.ts';
import { depthSensorSchema } from './depth-sensor-schema.ts';
import { lensSchema } from './lens-schema.ts';
import { lidarsSchema } from './lidar-schema.ts';
import { mountSchema } from './mount-schema.ts';
import { cameraMotionSchema } from './motion-schema.ts';
import { placeSchema } from './place-schema.ts';
import { rigSchema } from './rig-schema.ts';
import { numberValue, vec3Value } from './value-schemas.ts';

/** The camera: pose, lens, clipping. */
export const cameraSchema = z
  .strictObject({
    pose: z
      .union([
        placeSchema,
        mountSchema,
        z
          .strictObject({ kind: z.literal('scene'), camera: z.string() })
          .meta({ description: 'A camera of the scene, by name.' }),
      ])
      .meta({ description: 'Where the camera is and what it looks at.' }),
    targetJitterMeters: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Added to the target: look-at with jitter.' }),
    rollDegrees: numberValue.default(0).meta({ description: 'Turn about the optical axis.' }),
    lens: lensSchema,
    focus: z
      .strictObject({
        distanceMeters: numberValue.meta({
          description: 'Of the plane that is sharp, along the optical axis, 0.01..1000000.',
        }),
        sensorWidthMillimeters: numberValue.default(36).meta({
          description: 'Makes millimetres of pixels, 0.5..100: a full frame is 36 wide, a phone 6.',
        }),
      })
      .optional()
      .meta({
        description:
          'Depth of field of a thin lens with the sensor’s aperture; absent: all is sharp. Sub-frames are drawn from points of the lens: 64 or more make smooth blur.',
      }),
    depthSensor: depthSensorSchema.optional(),
    lidars: lidarsSchema.optional(),
    rig: rigSchema.optional(),
    motion: cameraMotionSchema.optional(),
    sees: cameraSeesSchema.optional().meta({
      description:
        'What a view must have, judged by bounds before anything is rendered; else its pose is drawn again. Of a sequence, the view in which it begins.',
    }),
    nearMeters: z.number().positive().default(0.02),
    farMeters: z.number().positive().default(100),
  })
  .refine((c) => c.nearMeters < c.farMeters, 'expected nearMeters < farMeters')
  .meta({ id: 'Camera' });
