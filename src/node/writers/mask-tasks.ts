import { panopticRgb, panopticSegments } from '#shared/annotate/panoptic';
import {
  eraseDropped,
  partsOfAnnotated,
  semanticFromInstance,
} from '#shared/annotate/semantic-from-instance';
import { stuffCategoryIds } from '#shared/config/category-names';
import { AnnotationError } from '#shared/core/errors';
import { panopticFault } from '#shared/verify/check-panoptic';
import { encodeMask } from './encode-mask.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';

/** Instance, part, semantic and panoptic images: what `outputs` ask for. */
export function maskTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, buffers, annotations } = frame;
  const { outputs, categories } = config;
  const ids = eraseDropped(buffers.instanceId, annotations.dropped);
  const png = fileName(frame, 'png');
  const tasks: FileTask[] = [];
  if (outputs.instance) {
    tasks.push({
      kind: 'instance',
      path: `labels/instance/${png}`,
      encode: () => encodeMask(ids, buffers, 1),
    });
  }
  if (outputs.parts && buffers.partId) {
    const parts = partsOfAnnotated(buffers.partId, ids);
    tasks.push({
      kind: 'part',
      path: `labels/part/${png}`,
      encode: () => encodeMask(parts, buffers, 1),
    });
  }
  if (outputs.semantic) {
    tasks.push({
      kind: 'semantic',
      path: `labels/semantic/${png}`,
      encode: () =>
        encodeMask(semanticFromInstance(ids, annotations, categories.length), buffers, 1),
    });
  }
  if (outputs.panoptic) {
    tasks.push({
      kind: 'panoptic',
      path: `labels/panoptic/${png}`,
      encode: () => encodeMask(checkedPanoptic(frame, ids), buffers, 3),
    });
  }
  return tasks;
}

/** The panoptic image, which holds the segments that the annotations will list, and no other. */
function checkedPanoptic(
  { config, plan, annotations }: FrameToWrite,
  ids: Uint16Array,
): Uint8Array {
  const { instances } = annotations;
  const stuff = stuffCategoryIds(config);
  const rgb = panopticRgb({ instanceId: ids }, instances, stuff);
  const fault = panopticFault(rgb, plan.size.width, panopticSegments(instances, stuff));
  if (fault === null) return rgb;
  throw new AnnotationError(`frame ${plan.frame}: panoptic: ${fault}.`);
}
