import type { InstanceAnnotation } from '../annotate/annotations.ts';
import { decodeMask } from '../annotate/rle.ts';
import { AnnotationError } from '../core/errors.ts';
import type { Size } from '../core/geometry.ts';

/**
 * The id image that run-length encoded masks describe: for frames without an id image of their own.
 * @returns [H, W] instance ids, 0 where no mask is.
 * @throws AnnotationError for a mask of another size, that cannot be decoded, or that covers another one.
 */
export function idsFromMasks(
  instances: readonly InstanceAnnotation[],
  { width, height }: Size,
): Uint16Array {
  const ids = new Uint16Array(width * height);
  for (const { instanceId, name, segmentation } of instances) {
    const who = `instance ${instanceId} (${name}): mask`;
    const [rows, columns] = segmentation.size;
    if (rows !== height || columns !== width) {
      throw new AnnotationError(
        `${who}: expected size [${height}, ${width}], found [${rows}, ${columns}].`,
      );
    }
    const mask = decodeMask(segmentation);
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      const other = ids[i];
      if (other !== 0) {
        const pixel = `pixel (${i % width}, ${Math.floor(i / width)})`;
        throw new AnnotationError(
          `${who}: ${pixel}: expected no other mask, found instance ${other}.`,
        );
      }
      ids[i] = instanceId;
    }
  }
  return ids;
}
