import { pointCloud, type PointCloud } from '#shared/annotate/point-cloud';
import { eraseDropped, semanticFromInstance } from '#shared/annotate/semantic-from-instance';
import { AnnotationError } from '#shared/core/errors';
import { cloudFault } from '#shared/verify/check-point-cloud';
import { encodeNpz } from './encode-npz.ts';
import { encodePly } from './encode-ply.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';

/** The point cloud that `outputs.pointCloud` asks for. */
export function pointCloudTasks(frame: FrameToWrite): readonly FileTask[] {
  const format = frame.config.outputs.pointCloud;
  if (format === 'none') return [];
  const encode = (): Uint8Array => {
    const cloud = checkedCloud(frame);
    if (format === 'ply') return encodePly(cloud);
    const { count, points, colors, instanceIds, categoryIds } = cloud;
    return encodeNpz({
      points: { values: points, shape: [count, 3] },
      colors: { values: colors, shape: [count, 3] },
      instance_id: { values: instanceIds, shape: [count] },
      category_id: { values: categoryIds, shape: [count] },
    });
  };
  return [{ kind: 'point-cloud', path: `labels/point-cloud/${fileName(frame, format)}`, encode }];
}

/** The cloud, whose points fall back on the pixels that they were lifted from. */
function checkedCloud({ config, buffers, plan, annotations }: FrameToWrite): PointCloud {
  const { intrinsics } = plan.camera;
  const instanceId = eraseDropped(buffers.instanceId, annotations.dropped);
  const cloud = pointCloud({ ...buffers, instanceId }, intrinsics, annotations.instances);
  const categoryId = semanticFromInstance(instanceId, annotations, config.categories.length);
  const pixels = { ...buffers, instanceId, categoryId, intrinsics, depthStepMeters: 0 };
  const fault = cloudFault(cloud, pixels);
  if (fault === null) return cloud;
  throw new AnnotationError(`frame ${plan.frame}: point cloud: ${fault}.`);
}
