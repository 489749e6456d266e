import type { Mat4, Vec3, Bounds } from '../core/geometry.ts';

/** Pixels of one frame, rows from the top (labels.md §1). */
export type GBuffers = Readonly<{
  width: number;
  height: number;
  /** [H, W, 4] sRGB, alpha 255. */
  color: Uint8Array;
  /** [H, W] instance id, 0 = background or geometry without a category. */
  instanceId: Uint16Array;
  /** [H, W] planar depth in metres, 0 = nothing there. */
  depth: Float32Array;
}>;

/** COCO run-length encoding, compressed: column-major runs, zeros first. */
export type CocoRle = Readonly<{ size: readonly [height: number, width: number]; counts: string }>;

/** Labels of one instance that is annotated. */
export type InstanceAnnotation = Readonly<{
  instanceId: number;
  categoryId: number;
  name: string;
  assetId: string | null;
  /** [x, y, width, height] of the visible mask, whole pixels (labels.md §5). */
  bbox: readonly [number, number, number, number];
  /** Visible pixels. */
  area: number;
  segmentation: CocoRle;
  /** Rigid, row-major, OpenCV camera axes, metres (labels.md §7). */
  cameraFromObject: Mat4;
  scale: Vec3;
  bounds: Bounds | null;
}>;

/** Why an instance of the plan is in no label file. */
export type DroppedInstance = Readonly<{
  instanceId: number;
  categoryId: number;
  visiblePixels: number;
  reason: 'outside-or-hidden' | 'min-pixels';
}>;

/** What is where, in one frame. */
export type Annotations = Readonly<{
  instances: readonly InstanceAnnotation[];
  dropped: readonly DroppedInstance[];
  /** Pixels beyond 65.535 m, written as 0 in the 16-bit depth file (labels.md §6). */
  depthBeyond16Bit: number;
}>;
