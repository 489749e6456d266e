import type { AmodalAnnotation, InstanceAnnotation } from '../annotate/annotations.ts';
import { decodeCounts, rleArea, rleBox } from '../annotate/rle.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction } from './frame-under-test.ts';

/**
 * What an instance would show alone holds all that it shows, lies in its box, and its ratios are those of
 * its areas (labels.md §4). Masks and areas of what is visible must have been checked.
 * @throws AnnotationError
 */
export function checkAmodal(check: Check): void {
  for (const instance of check.frame.annotations.instances) {
    const { amodal, instanceId, name } = instance;
    if (amodal === undefined) continue;
    attempt(check, () => {
      const fault =
        areaFault(instance, amodal) ?? boxFault(check, amodal) ?? ratioFault(instance, amodal);
      if (fault === null) return;
      throw contradiction(check, `instance ${instanceId} (${name}): amodal: ${fault}.`);
    });
  }
}

function areaFault(visible: InstanceAnnotation, amodal: AmodalAnnotation): string | null {
  const found = rleArea(amodal.segmentation);
  if (found !== amodal.area) return `expected a mask of ${amodal.area} pixels, found ${found}`;
  if (amodal.silhouetteArea < amodal.area) {
    return `expected a silhouette of at least ${amodal.area} pixels, found ${amodal.silhouetteArea}`;
  }
  const beyond = pixelsBeyond(visible.segmentation.counts, amodal.segmentation.counts);
  return beyond === 0
    ? null
    : `expected all visible pixels inside its mask, found ${beyond} outside`;
}

/** The silhouette's box, cut off at the image, is the box of the amodal mask. */
function boxFault(check: Check, { bbox, segmentation }: AmodalAnnotation): string | null {
  const { width, height } = check.frame.buffers;
  const [x, y, w, h] = bbox;
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const expected = rleBox(segmentation);
  const inside = [left, top, Math.min(width, x + w) - left, Math.min(height, y + h) - top];
  if (expected?.every((value, i) => i >= 2 || value >= (inside[i] ?? NaN)) !== true) {
    return `expected a mask inside the box [${bbox.join(', ')}], found [${String(expected)}]`;
  }
  const reaches =
    expected[0] + expected[2] <= left + (inside[2] ?? 0) &&
    expected[1] + expected[3] <= top + (inside[3] ?? 0);
  return reaches
    ? null
    : `expected a mask inside the box [${bbox.join(', ')}], found [${expected.join(', ')}]`;
}

function ratioFault(visible: InstanceAnnotation, amodal: AmodalAnnotation): string | null {
  const { area, silhouetteArea, visibility, occlusion, truncation } = amodal;
  const expected = {
    visibility: visible.area / area,
    occlusion: 1 - visible.area / area,
    truncation: 1 - area / silhouetteArea,
  };
  const found = { visibility, occlusion, truncation };
  for (const name of ['visibility', 'occlusion', 'truncation'] as const) {
    if (Math.abs(found[name] - expected[name]) <= 1e-12) continue;
    return `expected ${name} ${expected[name]}, found ${found[name]}`;
  }
  return null;
}

/** Pixels of one run-length encoding that another does not hold; both have runs of zeros first. */
function pixelsBeyond(inner: string, outer: string): number {
  const [a, b] = [decodeCounts(inner), decodeCounts(outer)];
  let [i, j, endA, endB, at, beyond] = [0, 0, a[0] ?? 0, b[0] ?? 0, 0, 0];
  while (i < a.length && j < b.length) {
    const next = Math.min(endA, endB);
    if (i % 2 === 1 && j % 2 === 0) beyond += next - at;
    at = next;
    if (endA === next) endA += a[++i] ?? 0;
    if (endB === next) endB += b[++j] ?? 0;
  }
  return beyond;
}
