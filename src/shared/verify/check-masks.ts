import type { InstanceAnnotation } from '../annotate/annotations.ts';
import { decodeCounts } from '../annotate/rle.ts';
import type { Check } from './frame-under-test.ts';
import { attempt, contradiction, pixelAt } from './frame-under-test.ts';

/** Pixels and extent of each id, by a row-major scan: another way than the one that made the labels. */
type Extents = Readonly<Record<'area' | 'left' | 'top' | 'right' | 'bottom', Int32Array>>;

/**
 * Boxes, areas and masks are those of the id image, and no pixel holds an id that the labels do not
 * know (labels.md §3–5). Ids must have been checked.
 * @throws AnnotationError
 */
export function checkMasks(check: Check): void {
  const { annotations, buffers } = check.frame;
  const known = annotations.instances.length + annotations.dropped.length;
  const extents = measureExtents(check, known);
  const columns = transpose(buffers.instanceId, buffers.width);
  let covered = extents.area[0] ?? 0;
  for (const instance of annotations.instances) {
    attempt(check, () => checkExtent(check, instance, extents));
    attempt(check, () => checkMask(check, instance, columns));
    covered += instance.area;
  }
  for (const { instanceId, visiblePixels } of annotations.dropped) {
    const expected = check.options.source === 'files' ? 0 : visiblePixels;
    const found = extents.area[instanceId] ?? 0;
    if (found !== expected) {
      const text = `dropped instance ${instanceId}: expected ${expected} visible pixels, found ${found}.`;
      attempt(check, () => {
        throw contradiction(check, text);
      });
    }
    covered += expected;
  }
  const pixels = buffers.width * buffers.height;
  // Where contradictions are collected, what does not add up was named above, instance by instance.
  if (covered !== pixels && check.options.onContradiction === undefined) {
    const text = `areas: expected background and instances to add up to ${pixels} pixels, found ${covered}.`;
    throw contradiction(check, text);
  }
}

/**
 * Annotated and dropped ids together are 1..n, each once.
 * @throws AnnotationError
 */
export function checkIds(check: Check): void {
  const { instances, dropped } = check.frame.annotations;
  const ids = [...instances, ...dropped].map(({ instanceId }) => instanceId);
  ids.sort((a, b) => a - b);
  const wrong = ids.findIndex((id, i) => id !== i + 1);
  if (wrong < 0) return;
  const expected = `expected ids 1..${ids.length}, each once`;
  throw contradiction(
    check,
    `instances: ${expected}, found ${ids[wrong]} in place of ${wrong + 1}.`,
  );
}

function measureExtents(check: Check, known: number): Extents {
  const { width, height, instanceId } = check.frame.buffers;
  const column = (value: number): Int32Array => new Int32Array(known + 1).fill(value);
  const area = column(0);
  const left = column(width);
  const top = column(height);
  const right = column(-1);
  const bottom = column(-1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const id = instanceId[at] ?? 0;
      if (id > known) {
        const expected = `expected an instance id of 0..${known}`;
        throw contradiction(check, `id image: ${pixelAt(check, at)}: ${expected}, found ${id}.`);
      }
      area[id] = (area[id] ?? 0) + 1;
      if (id === 0) continue;
      if (x < (left[id] ?? 0)) left[id] = x;
      if (x > (right[id] ?? 0)) right[id] = x;
      if (y < (top[id] ?? 0)) top[id] = y;
      bottom[id] = y;
    }
  }
  return { area, left, top, right, bottom };
}

function checkExtent(check: Check, instance: InstanceAnnotation, extents: Extents): void {
  const { instanceId: id, name, area, bbox } = instance;
  const foundArea = extents.area[id] ?? 0;
  if (foundArea !== area || area === 0) {
    const expected = `expected the area ${area} of its label and at least 1`;
    throw contradiction(check, `instance ${id} (${name}): ${expected}, found ${foundArea} pixels.`);
  }
  const [x = 0, y = 0] = [extents.left[id], extents.top[id]];
  const [right = 0, bottom = 0] = [extents.right[id], extents.bottom[id]];
  const found = [x, y, right - x + 1, bottom - y + 1];
  if (found.some((value, i) => value !== bbox[i])) {
    const expected = `expected the box [${bbox.join(', ')}] of its label`;
    throw contradiction(
      check,
      `instance ${id} (${name}): ${expected}, found [${found.join(', ')}].`,
    );
  }
}

/**
 * The mask, decoded, lies on pixels of the id alone, and is as large as their number: it is the same set.
 * @param columns the id image, column-major, so that runs lie in one piece.
 */
function checkMask(check: Check, instance: InstanceAnnotation, columns: Uint16Array): void {
  const { width, height } = check.frame.buffers;
  const { instanceId, name, segmentation, area } = instance;
  const who = `instance ${instanceId} (${name}): mask`;
  if (segmentation.size[0] !== height || segmentation.size[1] !== width) {
    const found = `found [${segmentation.size.join(', ')}]`;
    throw contradiction(check, `${who}: expected size [${height}, ${width}], ${found}.`);
  }
  const counts = decodeCounts(segmentation.counts);
  let at = 0;
  let inside = 0;
  for (const [i, count] of counts.entries()) {
    const end = at + count;
    if (end > columns.length) break;
    if (i % 2 === 1) {
      inside += count;
      for (; at < end; at++) {
        if (columns[at] === instanceId) continue;
        const pixel = `pixel (${Math.floor(at / height)}, ${at % height})`;
        throw contradiction(
          check,
          `${who}: ${pixel}: expected id ${instanceId}, found ${columns[at]}.`,
        );
      }
    }
    at = end;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== columns.length) {
    throw contradiction(check, `${who}: expected runs of ${columns.length} pixels, found ${sum}.`);
  }
  if (inside !== area) {
    throw contradiction(check, `${who}: expected ${area} pixels, found ${inside}.`);
  }
}

function transpose(ids: Uint16Array, width: number): Uint16Array {
  const columns = new Uint16Array(ids.length);
  for (let x = 0, to = 0; x < width; x++) {
    for (let from = x; from < ids.length; from += width) columns[to++] = ids[from] ?? 0;
  }
  return columns;
}
