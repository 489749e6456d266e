import { z } from 'zod';

/** What a view must have before a frame is made of it; else its pose is drawn again. */
export const cameraSeesSchema = z
  .strictObject({
    objects: z.int().min(0).max(65535).default(1).meta({
      description:
        'Least count of labelled objects and nodes in sight: the middle of their bounds lies in the image, between nearMeters and farMeters, and no other bounds before it.',
    }),
    clearanceMeters: z.number().min(0).default(0).meta({
      description: 'Nearest that the bounds of anything may come to the camera.',
    }),
    attempts: z
      .int()
      .min(1)
      .max(10000)
      .default(100)
      .meta({ description: 'Poses that are drawn before the frame is refused.' }),
  })
  .meta({ id: 'CameraSees' });

export type CameraSees = z.output<typeof cameraSeesSchema>;
