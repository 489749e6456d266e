import { z } from 'zod';
import { numberValue, vec3Value } from './value-schemas.ts';

/** A camera that a node of the scene carries. */
export const mountSchema = z
  .strictObject({
    kind: z.literal('mount'),
    node: z.string().min(1).meta({
      description:
        'Name of the node that carries it: a vehicle, a flange, a gantry. Where it moves, the camera goes along.',
    }),
    positionMeters: vec3Value
      .default([0, 0, 0])
      .meta({ description: 'Of the camera, in the frame of the node; the node’s scale counts.' }),
    yawDegrees: numberValue.default(0).meta({
      description: 'Where it looks, in the frame of the node: 0 = its front (+Z), 90 = its +X.',
    }),
    pitchDegrees: numberValue
      .default(0)
      .meta({ description: 'Above the node’s own ground plane, −90..90.' }),
  })
  .meta({
    description:
      'Fixed to a node, which it follows in all of its turns: on a vehicle, or in the hand of a robot.',
  });
export type MountSpec = z.output<typeof mountSchema>;
