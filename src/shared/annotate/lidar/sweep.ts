import type { Bounds, Mat4, Vec3 } from '../../core/geometry.ts';

/** Why a ray has no point, the first that applies. */
export const LOSS_REASONS = ['nothing', 'near', 'undetected', 'dim', 'random'] as const;
/**
 * `nothing`: no surface up to `farMeters`, in truth or as measured. `near`: it is before `nearMeters`.
 * `undetected`: less light than `detection` asks. `dim`, `random`: `dropOff`, by intensity and for no reason.
 */
export type LossReason = (typeof LOSS_REASONS)[number];

/** The points of a lidar in a frame, ring by ring, each ring by column. */
export type LidarPoints = Readonly<{
  count: number;
  /** [N, 3] as measured, in the lidar's frame (x forward, y left, z up), metres. */
  points: Float32Array;
  /** [N] 0..1. */
  intensities: Float32Array;
  /** [N] as measured, metres. */
  ranges: Float32Array;
  /** [N] of the surface, metres: without noise. */
  trueRanges: Float32Array;
  /** [N], 0 = geometry without a label. */
  instanceIds: Uint16Array;
  /** [N], 0 = geometry without a label. */
  categoryIds: Uint16Array;
  /** [N] from 0. */
  rings: Uint16Array;
  /** [N] from 0. */
  columns: Uint16Array;
}>;

/** An object that a lidar sees, whether the camera sees it or not. */
export type LidarInstance = Readonly<{
  instanceId: number;
  trackId?: number | undefined;
  categoryId: number;
  name: string;
  /** How many points are on it. */
  points: number;
  /** Rigid, row-major, metres. */
  lidarFromObject: Mat4;
  scale: Vec3;
  /** In the object's frame, before scale; null where it has none. */
  bounds: Bounds | null;
}>;

/** What a record tells of a lidar. */
export type LidarRecord = Readonly<{
  name: string;
  /** Rigid, row-major; the lidar's frame is x forward, y left, z up. */
  worldFromLidar: Mat4;
  cameraFromLidar: Mat4;
  rings: number;
  columns: number;
  points: number;
  /** Rays without a point. */
  lost: Readonly<Record<LossReason, number>>;
  /** In order of id. */
  instances: readonly LidarInstance[];
}>;

/** A lidar's part of a frame. */
export type LidarSweep = Readonly<{ record: LidarRecord; points: LidarPoints }>;
