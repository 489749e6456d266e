import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { encodeMask, rleArea, rleBox } from '#shared/annotate/rle';
import { translation } from './make-labelled-frame.ts';
import { makeMask } from './make-mask.ts';

/** An annotation whose mask is drawn: box and area are the mask's. */
export function makeAnnotation(
  instanceId: number,
  drawing: string,
  changes: Partial<InstanceAnnotation> = {},
): InstanceAnnotation {
  const { mask, size } = makeMask(drawing);
  const segmentation = encodeMask(mask, size);
  return {
    instanceId,
    categoryId: 1,
    name: `crates[${instanceId - 1}]`,
    assetId: 'builtin/crate',
    bbox: rleBox(segmentation) ?? [0, 0, 0, 0],
    area: rleArea(segmentation),
    segmentation,
    cameraFromObject: translation(0, 0, 2),
    scale: [1, 1, 1],
    bounds: null,
    ...changes,
  };
}
