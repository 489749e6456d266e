import { z } from 'zod';
import { railSchema } from './rail-schema.ts';
import { numberValue, vec3Value } from './value-schemas.ts';

/** How a node or an object moves over a sequence. */
export const motionSchema = z
  .strictObject({
    velocityMetersPerSecond: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Of its origin, in the world.' }),
    spinDegreesPerSecond: numberValue
      .default(0)
      .meta({ description: 'Turn about the vertical through its origin.' }),
  })
  .meta({
    id: 'Motion',
    description: 'Steady motion over a sequence; drawn once for each sequence.',
  });
export type MotionSpec = z.output<typeof motionSchema>;

/** The unrest of a camera that is held by hand. */
const wobbleSchema = z
  .strictObject({
    positionMeters: numberValue
      .default(0.004)
      .meta({ description: 'Root mean square of its sway along each axis, 0..10.' }),
    angleDegrees: numberValue
      .default(0.4)
      .meta({ description: 'Root mean square of its turn to the side, and up and down, 0..20.' }),
    hertz: numberValue
      .default(1.2)
      .meta({ description: 'How often it sways; slower and faster sways go with it, 0..100.' }),
  })
  .meta({ id: 'Wobble' });
export type WobbleSpec = z.output<typeof wobbleSchema>;

/** How the camera moves over a sequence. */
export const cameraMotionSchema = z
  .strictObject({
    velocityMetersPerSecond: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Of the camera, in the world, beside its orbit.' }),
    targetVelocityMetersPerSecond: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Of the point that it looks at.' }),
    orbitDegreesPerSecond: numberValue.default(0).meta({
      description: 'Turn of the camera about the vertical through where its target began.',
    }),
    rail: railSchema.optional(),
    wobble: wobbleSchema
      .optional()
      .meta({ description: 'The sway of a hand, added to the rest; {} for an ordinary one.' }),
  })
  .meta({
    id: 'CameraMotion',
    description: 'Motion of the camera over a sequence; drawn once for each sequence.',
  });
export type CameraMotionSpec = z.output<typeof cameraMotionSchema>;

/** Frames that show one scene at successive times. */
export const sequenceSchema = z
  .strictObject({
    frames: z.int().min(1).max(10_000).default(1).meta({
      description:
        'Frames in a sequence: frame k is step k mod n of sequence ⌊k/n⌋. 1: every frame stands alone.',
    }),
    framesPerSecond: z
      .number()
      .positive()
      .max(1e6)
      .default(30)
      .meta({ description: 'A step takes 1 / this many seconds.' }),
  })
  .meta({
    id: 'Sequence',
    description: 'Frames of a sequence share every draw; only what has a motion changes.',
  });
export type SequenceSpec = z.output<typeof sequenceSchema>;
