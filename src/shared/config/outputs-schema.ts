import { z } from 'zod';
import { flowSchema } from './flow-schema.ts';
import type { RigSpec } from './rig-schema.ts';
import { integerValue } from './value-schemas.ts';

const floatFile = (description: string) =>
  z.enum(['none', 'exr', 'npz']).default('none').meta({ description });

const imageOutputs = {
  rgb: z
    .discriminatedUnion('format', [
      z.strictObject({ format: z.literal('png') }),
      z.strictObject({ format: z.literal('jpeg'), quality: integerValue.default(95) }),
      z.strictObject({
        format: z.literal('webp'),
        quality: integerValue.default(90),
        lossless: z.boolean().default(false),
      }),
    ])
    .default({ format: 'png' }),
  raw: z.enum(['none', 'png', 'exr', 'npz']).default('none').meta({
    description:
      'What the sensor captured, before white balance, tone curve and all else: one channel where it has a mosaic, else three. `png`: 16 bits, the codes of the converter as they are. Else float32, 1 being white.',
  }),
  instance: z.boolean().default(true).meta({ description: '16-bit PNG of instance ids.' }),
  parts: z.boolean().default(true).meta({
    description: 'labels/part: 16-bit PNG of part ids, where objects have parts.',
  }),
  semantic: z.boolean().default(true).meta({ description: 'PNG of category ids.' }),
  panoptic: z.boolean().default(false).meta({
    description: 'COCO panoptic: PNG of segment ids, and annotations/panoptic.json.',
  }),
};

const geometryOutputs = {
  depth: z
    .strictObject({
      png: z.boolean().default(true).meta({ description: '16-bit PNG in millimetres.' }),
      float: floatFile('float32 metres besides.'),
    })
    .prefault({}),
  measuredDepth: z
    .strictObject({
      png: z.boolean().default(true).meta({ description: '16-bit PNG in millimetres.' }),
      float: floatFile('float32 metres besides.'),
    })
    .optional()
    .meta({
      description:
        'What camera.depthSensor measures, 0 in holes; absent: the PNG, where there is such a sensor.',
    }),
  range: floatFile('Length of the ray from the camera to the surface: float32 metres.'),
  normals: z
    .strictObject({
      png: z.boolean().default(false).meta({
        description: '8-bit RGB PNG: round((n·0.5+0.5)·255), 0 where nothing is.',
      }),
      float: floatFile('float32 besides.'),
    })
    .prefault({})
    .meta({ description: 'Unit normals of the geometry, camera axes.' }),
  objectCoordinates: z
    .strictObject({
      png: z.boolean().default(false).meta({
        description: '16-bit RGB PNG: round(c·65535), 0 outside of instances.',
      }),
      float: floatFile('float32 besides.'),
    })
    .prefault({})
    .meta({
      description: 'Where each pixel lies in its object’s box, 0..1 along x, y, z (NOCS).',
    }),
  pointCloud: z.enum(['none', 'ply', 'npz']).default('none').meta({
    description: 'A point for each pixel: camera frame, metres, with instance and category id.',
  }),
  lidar: z
    .strictObject({
      npz: z.boolean().default(true).meta({
        description: 'Points with everything that is known of each.',
      }),
      ply: z.boolean().default(false).meta({ description: 'The same for viewers.' }),
      kitti: z.boolean().default(false).meta({
        description:
          '`.bin` of KITTI (x, y, z, intensity; float32) and `.label` of SemanticKITTI (category id + 65536 · instance id; 32 bits).',
      }),
      depth: z.boolean().default(true).meta({
        description:
          'labels/lidar-depth: the points of all lidars on the image, 16-bit PNG, 256 units a metre (KITTI), 0 = none.',
      }),
    })
    .optional()
    .meta({
      description: 'Of camera.lidars; absent: `npz` and `depth`, where there are lidars.',
    }),
  disparity: z
    .strictObject({
      png: z.boolean().default(true).meta({
        description: '16-bit PNG, 256 units a pixel (KITTI), 0 = none.',
      }),
      float: floatFile('float32 pixels besides.'),
    })
    .optional()
    .meta({
      description:
        'Of views with a rectified pair (camera.rig.pairs), with a mask of what the other view hides; absent: the PNG.',
    }),
  flow: flowSchema
    .prefault({})
    .meta({ description: 'Optical flow, with a mask of what is hidden or leaves.' }),
};

const annotationOutputs = {
  coco: z
    .union([
      z.boolean(),
      z.strictObject({
        segmentation: z.enum(['rle', 'polygon']).default('rle').meta({
          description:
            'Form of `segmentation`. COCO’s polygons hold no holes: a mask with holes stays RLE.',
        }),
      }),
    ])
    .default(true)
    .meta({ description: 'annotations/instances.json.' }),
  keypoints: z.boolean().default(true).meta({
    description: 'annotations/keypoints.json, where the config has keypoints.',
  }),
  polygons: z
    .union([
      z.boolean(),
      z.strictObject({
        tolerancePixels: z.number().min(0).max(100).default(0).meta({
          description: 'How far vertices that are left out may lie from the line; 0: exact.',
        }),
      }),
    ])
    .default(false)
    .meta({
      description: 'Polygons along the pixel edges of each mask, with holes, in instances.json.',
    }),
};

/** `outputs` of a config: which files a dataset has. */
export const outputsSchema = z
  .strictObject({ ...imageOutputs, ...geometryOutputs, ...annotationOutputs })
  .refine(
    ({ coco, polygons }) => coco !== false || polygons === false,
    'expected coco where polygons are asked for: they are fields of annotations/instances.json',
  )
  .meta({ id: 'Outputs' });

/** What to write, with defaults filled in. */
export type Outputs = z.output<typeof outputsSchema>;

/** Tolerance of the polygons that are asked for, pixels; null where none are. */
export function polygonTolerance({
  coco,
  polygons,
}: Pick<Outputs, 'coco' | 'polygons'>): number | null {
  if (typeof polygons === 'object') return polygons.tolerancePixels;
  return polygons || (typeof coco === 'object' && coco.segmentation === 'polygon') ? 0 : null;
}

/** Files of the measured depth: none without a sensor that measures it. */
export function measuredDepthFiles({
  camera,
  outputs,
}: Readonly<{ camera: Readonly<{ depthSensor?: unknown }>; outputs: Outputs }>): Outputs['depth'] {
  if (camera.depthSensor === undefined) return { png: false, float: 'none' };
  return outputs.measuredDepth ?? { png: true, float: 'none' };
}

/** Files of the lidars: none without one. */
export function lidarFiles({
  camera,
  outputs,
}: Readonly<{
  camera: Readonly<{ lidars?: Readonly<Record<string, unknown>> | undefined }>;
  outputs: Outputs;
}>): NonNullable<Outputs['lidar']> {
  if (Object.keys(camera.lidars ?? {}).length === 0)
    return { npz: false, ply: false, kitti: false, depth: false };
  return outputs.lidar ?? { npz: true, ply: false, kitti: false, depth: true };
}

/** Files of the disparity: none without a rectified pair. */
export function disparityFiles({
  camera: { rig },
  outputs,
}: Readonly<{
  camera: Readonly<{ rig?: RigSpec | undefined }>;
  outputs: Outputs;
}>): Outputs['depth'] {
  if (rig === undefined || rig.pairs.length === 0) return { png: false, float: 'none' };
  return outputs.disparity ?? { png: true, float: 'none' };
}

/** Whether a label image is written in any form. */
export const hasFiles = ({ png, float }: Outputs['depth']): boolean => png || float !== 'none';
