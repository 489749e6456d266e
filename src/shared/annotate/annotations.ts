import type { Mat4, Vec3, Bounds } from '../core/geometry.ts';

/** Labels of a frame beside another: [H, W] as in {@link GBuffers}. */
export type NeighbourBuffers = Readonly<{ instanceId: Uint16Array; depth: Float32Array }>;

/** What rays of a lidar meet, ray by ray: the nearest surface. */
export type RayBuffers = Readonly<{
  /** [N] 0 = nothing, or geometry without a category. */
  instanceId: Uint16Array;
  /** [N] length of the ray, metres; 0 = nothing. */
  range: Float32Array;
  /** [N] cosine of the angle between the triangle's normal and the way back; 0 = nothing. */
  facing: Float32Array;
}>;

/** Pixels of one frame, rows from the top (labels.md §1). */
export type GBuffers = Readonly<{
  width: number;
  height: number;
  /** [H, W, 4] sRGB, alpha 255. */
  color: Uint8Array;
  /**
   * What the sensor captured, 1 being white: [H, W] where it has a mosaic, else [H, W, 3]; present where the
   * plan asks.
   */
  raw?: Float32Array | undefined;
  /** What the exposure meter multiplied light by; present where the plan has one. */
  metered?: number | undefined;
  /** [H, W] instance id, 0 = background or geometry without a category. */
  instanceId: Uint16Array;
  /** [H, W] part id, 0 = no part; present where the plan has parts. */
  partId?: Uint16Array | undefined;
  /** [H, W] planar depth in metres, along the ray through a wide lens; 0 = nothing there. */
  depth: Float32Array;
  /** [H, W, 3] unit normal of the triangle, camera axes, 0 where nothing is; present where the plan asks. */
  normal?: Float32Array | undefined;
  /** What the next frame of the sequence shows, and the one before; present where the plan has them. */
  next?: NeighbourBuffers | undefined;
  previous?: NeighbourBuffers | undefined;
  /** What the other view of its rectified pair shows; present where it has one. */
  pair?: NeighbourBuffers | undefined;
  /** What the rays of each lidar meet, in the plan's order; present where the plan has lidars. */
  lidars?: readonly RayBuffers[] | undefined;
  /** Each instance alone, in order of id; present where the plan asks. */
  silhouettes?: readonly Silhouette[] | undefined;
}>;

/**
 * Pixels that an instance would have alone, on the guard band around the image (labels.md §4). Instances
 * without a pixel there are left out.
 */
export type Silhouette = Readonly<{
  instanceId: number;
  /** [x, y, width, height] of the tile in pixels of the image; x and y may be negative. */
  tile: readonly [number, number, number, number];
  /** [height, width] of the tile: 0 or 1. */
  mask: Uint8Array;
  /** The instance may reach beyond the guard band, so that its silhouette is cut off there. */
  clipped: boolean;
}>;

/** COCO run-length encoding, compressed: column-major runs, zeros first. */
export type CocoRle = Readonly<{ size: readonly [height: number, width: number]; counts: string }>;

/** What an instance would show alone, beside what it shows (labels.md §4). */
export type AmodalAnnotation = Readonly<{
  /** Pixels inside the image. */
  area: number;
  /** Of the pixels inside the image. */
  segmentation: CocoRle;
  /** [x, y, width, height] of the whole silhouette, which may reach beyond the image. */
  bbox: readonly [number, number, number, number];
  /** Pixels of the whole silhouette. */
  silhouetteArea: number;
  /** The silhouette is cut off at the guard band: its area and box are lower bounds, and so is truncation. */
  silhouetteClipped: boolean;
  /** Visible area / amodal area. */
  visibility: number;
  /** 1 − visibility. */
  occlusion: number;
  /** 1 − amodal area / silhouette area. */
  truncation: number;
}>;

/** A part of an object that shows a pixel: a node with all below it. */
export type PartAnnotation = Readonly<{
  /** Its value in the part image; the same in every frame of a dataset. */
  partId: number;
  name: string;
  /** Visible pixels. */
  area: number;
  /** [x, y, width, height] of the visible mask. */
  bbox: readonly [number, number, number, number];
  segmentation: CocoRle;
}>;

/** A point of an object in the image (labels.md §5). */
export type KeypointAnnotation = Readonly<{
  name: string;
  /** Pixels from the image's top-left corner, to a fraction of a pixel; both 0 where v is 0. */
  x: number;
  y: number;
  /** 0: not in the image, or the object has no such point; 1: hidden; 2: visible. */
  v: 0 | 1 | 2;
  /** In the object's frame, before scale, metres; null where the object has no such point. */
  point: Vec3 | null;
}>;

/** Where an object stands, and its size. */
export type PlacedBounds = Readonly<{
  /** Rigid, row-major, OpenCV camera axes, metres (labels.md §7). */
  cameraFromObject: Mat4;
  scale: Vec3;
  /** In the object's frame, before scale; null where it has no size of its own. */
  bounds: Bounds | null;
}>;

/** An object's own oriented box; its pose is the object's (labels.md §7). */
export type Box3d = Readonly<{
  /** In the object's frame, metres, scale applied. */
  center: Vec3;
  /** Along x, y, z of the object, metres, scale applied. */
  size: Vec3;
  /** [x, y] on the image, pixels; bits 0, 1, 2 of the index pick the max side of x, y, z. Null: behind the camera. */
  corners: readonly (readonly [x: number, y: number] | null)[];
}>;

/** Labels of one instance that is annotated. */
export type InstanceAnnotation = Readonly<{
  instanceId: number;
  /** The same in every frame of a sequence (labels.md §3); absent where frames stand alone. */
  trackId?: number | undefined;
  categoryId: number;
  name: string;
  assetId: string | null;
  /** [x, y, width, height] of the visible mask, whole pixels (labels.md §5). */
  bbox: readonly [number, number, number, number];
  /** Visible pixels. */
  area: number;
  segmentation: CocoRle;
  /** Absent where the config switches it off. */
  amodal?: AmodalAnnotation | undefined;
  /** Absent where the object has no bounds. */
  box3d?: Box3d | undefined;
  /** In the order of the category's list; absent where it has none. */
  keypoints?: readonly KeypointAnnotation[] | undefined;
  /** Those that are visible, in order of id; absent where the dataset has no parts. */
  parts?: readonly PartAnnotation[] | undefined;
}> &
  PlacedBounds;

/** Rules of `labels` that leave an instance out. */
export const DROP_REASONS = [
  'outside-or-hidden',
  'min-pixels',
  'min-visibility',
  'min-box-side',
  'min-fragment',
] as const;

/** Which rule of `labels` leaves an instance out, the first that applies. */
export type DropReason = (typeof DROP_REASONS)[number];

/** Why an instance of the plan is in no label file. */
export type DroppedInstance = Readonly<{
  instanceId: number;
  categoryId: number;
  visiblePixels: number;
  reason: DropReason;
}>;

/** What is where, in one frame. */
export type Annotations = Readonly<{
  instances: readonly InstanceAnnotation[];
  dropped: readonly DroppedInstance[];
  /** Pixels beyond 65.535 m, written as 0 in the 16-bit depth file (labels.md §6). */
  depthBeyond16Bit: number;
}>;
