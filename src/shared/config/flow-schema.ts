import { z } from 'zod';

const flowFormat = z.enum(['none', 'flo', 'kitti']).default('none');

/** Optical flow between neighbours of a sequence. */
export const flowSchema = z.strictObject({
  forward: flowFormat.meta({
    description: 'To the next frame of the sequence: Middlebury `.flo` or KITTI 16-bit PNG.',
  }),
  backward: flowFormat.meta({ description: 'To the frame before it.' }),
});
export type FlowSpec = z.output<typeof flowSchema>;
