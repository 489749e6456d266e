import type { LidarPoints, LidarSweep } from '#shared/annotate/lidar/sweep';
import { sparseDepth, sparseDepthTo16Bit } from '#shared/annotate/lidar/sparse-depth';
import { lidarFiles } from '#shared/config/outputs-schema';
import { encodeGrey } from './encode-image.ts';
import { encodeKittiBin, encodeKittiLabel } from './encode-kitti.ts';
import { encodeNpz } from './encode-npz.ts';
import { encodeLidarPly } from './encode-ply.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';

/** The points of the frame's lidars as `outputs.lidar` asks for them. */
export function lidarTasks(frame: FrameToWrite): readonly FileTask[] {
  const { sweeps = [], config } = frame;
  if (sweeps.length === 0) return [];
  const tasks = sweeps.flatMap((sweep) => sweepTasks(frame, sweep));
  if (!lidarFiles(config).depth) return tasks;
  const { camera, size } = frame.plan;
  const depth: FileTask = {
    kind: 'lidar-depth',
    path: `labels/lidar-depth/${fileName(frame, 'png')}`,
    encode: () =>
      encodeGrey(sparseDepthTo16Bit(sparseDepth(sweeps, camera.intrinsics, size)), size),
  };
  return [...tasks, depth];
}

function sweepTasks(frame: FrameToWrite, { record, points }: LidarSweep): readonly FileTask[] {
  const { npz, ply, kitti } = lidarFiles(frame.config);
  const task = (
    extension: 'npz' | 'ply' | 'bin' | 'label',
    encode: (points: LidarPoints) => Uint8Array,
  ): FileTask => ({
    kind: `lidar/${record.name}.${extension}`,
    path: `labels/lidar/${record.name}/${fileName(frame, extension)}`,
    encode: () => encode(points),
  });
  return [
    ...(npz ? [task('npz', encodeLidarNpz)] : []),
    ...(ply ? [task('ply', encodeLidarPly)] : []),
    ...(kitti ? [task('bin', encodeKittiBin), task('label', encodeKittiLabel)] : []),
  ];
}

function encodeLidarNpz(points: LidarPoints): Uint8Array {
  const shape = [points.count];
  return encodeNpz({
    points: { values: points.points, shape: [points.count, 3] },
    intensity: { values: points.intensities, shape },
    range: { values: points.ranges, shape },
    true_range: { values: points.trueRanges, shape },
    instance_id: { values: points.instanceIds, shape },
    category_id: { values: points.categoryIds, shape },
    ring: { values: points.rings, shape },
    column: { values: points.columns, shape },
  });
}
