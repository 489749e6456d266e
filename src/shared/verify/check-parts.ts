import type { InstanceAnnotation, PartAnnotation } from '../annotate/annotations.ts';
import { decodeMask } from '../annotate/rle.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction, pixelAt } from './frame-under-test.ts';

/**
 * A part lies on its instance alone, no two on one pixel, and their masks are the part image; nothing has
 * a part that is not annotated. Masks of instances must have been checked.
 * @throws AnnotationError
 */
export function checkParts(check: Check): void {
  const { partId, instanceId, width, height } = check.frame.buffers;
  const { instances, dropped } = check.frame.annotations;
  const annotated = instances.filter(({ parts }) => parts !== undefined);
  if (partId === undefined) {
    if (annotated.length === 0 || check.options.source === 'files') return;
    throw contradiction(check, 'parts: expected a part image beside annotated parts, found none.');
  }
  if (partId.length !== width * height) {
    const text = `part image: expected ${width * height} pixels, found ${partId.length}.`;
    throw contradiction(check, text);
  }
  const rest = partId.slice();
  const results = annotated.flatMap((instance) =>
    (instance.parts ?? []).map((part) =>
      attempt(check, () => erasePart(check, { instance, part, rest })),
    ),
  );
  // What a wrong mask leaves is no find of its own.
  if (results.includes(false)) return;
  const hidden = new Set(dropped.map((one) => one.instanceId));
  const stray = rest.findIndex((id, i) => id !== 0 && !hidden.has(instanceId[i] ?? 0));
  if (stray < 0) return;
  const found = `found part ${rest[stray]} of instance ${instanceId[stray]}`;
  throw contradiction(check, `part image: ${pixelAt(check, stray)}: expected no part, ${found}.`);
}

/** Compares a part's mask with the part image, and takes its pixels out of what is left of that. */
function erasePart(
  check: Check,
  {
    instance,
    part,
    rest,
  }: Readonly<{ instance: InstanceAnnotation; part: PartAnnotation; rest: Uint16Array }>,
): void {
  const { instanceId, name } = instance;
  const ids = check.frame.buffers.instanceId;
  const { width } = check.frame.buffers;
  const who = `instance ${instanceId} (${name}): part "${part.name}"`;
  const [left, top, w, h] = part.bbox;
  let area = 0;
  let [right, bottom, first, above] = [-1, -1, Infinity, Infinity];
  for (const [i, inside] of decodeMask(part.segmentation).entries()) {
    if (inside === 0) continue;
    if (rest[i] !== part.partId || ids[i] !== instanceId) {
      const expected = `expected part ${part.partId} of instance ${instanceId}`;
      const found = `found ${rest[i]} of ${ids[i]}`;
      throw contradiction(check, `${who}: ${pixelAt(check, i)}: ${expected}, ${found}.`);
    }
    rest[i] = 0;
    area++;
    const [x, y] = [i % width, Math.floor(i / width)];
    [first, right] = [Math.min(first, x), Math.max(right, x)];
    [above, bottom] = [Math.min(above, y), Math.max(bottom, y)];
  }
  const box = [first, above, right - first + 1, bottom - above + 1];
  if (area !== part.area || area === 0) {
    throw contradiction(check, `${who}: expected ${part.area} pixels, found ${area}.`);
  }
  if (box.join() !== [left, top, w, h].join()) {
    const expected = `expected the box [${part.bbox.join(', ')}]`;
    throw contradiction(check, `${who}: ${expected}, found [${box.join(', ')}].`);
  }
}
