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
  let covered = extents.area[0] ?? 0;
  for (const instance of annotations.instances) {
    attempt(check, () => checkExtent(check, instance, extents));
    attempt(check, () => checkMask(check, instance));
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
    const end = at + width;
    while (at < end) {
      const first = at;
      const id = instanceId[first] ?? 0;
      if (id > known) {
        const expected = `expected an instance id of 0..${known}`;
        throw contradiction(check, `id image: ${pixelAt(check, at)}: ${expected}, found ${id}.`);
      }
      // Neighbours in a row are mostly of one instance: it is a run that is counted, not a pixel.
      while (at < end && instanceId[at] === id) at++;
      area[id] = (area[id] ?? 0) + at - first;
      if (id === 0) continue;
      const row = end - width;
      left[id] = Math.min(left[id] ?? 0, first - row);
      right[id] = Math.max(right[id] ?? 0, at - 1 - row);
      top[id] = Math.min(top[id] ?? 0, y);
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
 * Runs go down the columns.
 */
function checkMask(check: Check, instance: InstanceAnnotation): void {
  const { width, height, instanceId: ids } = check.frame.buffers;
  const { instanceId, name, segmentation, area } = instance;
  const who = `instance ${instanceId} (${name}): mask`;
  if (segmentation.size[0] !== height || segmentation.size[1] !== width) {
    const found = `found [${segmentation.size.join(', ')}]`;
    throw contradiction(check, `${who}: expected size [${height}, ${width}], ${found}.`);
  }
  const counts = decodeCounts(segmentation.counts);
  const pixels = width * height;
  let at = 0;
  let inside = 0;
  for (const [i, count] of counts.entries()) {
    const end = at + count;
    if (end > pixels) break;
    if (i % 2 === 1) {
      inside += count;
      const stray = firstStray(ids, { width, height, instanceId, from: at, end });
      if (stray >= 0) {
        const [x, y] = [Math.floor(stray / height), stray % height];
        const expected = `pixel (${x}, ${y}): expected id ${instanceId}`;
        throw contradiction(check, `${who}: ${expected}, found ${ids[y * width + x]}.`);
      }
    }
    at = end;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== pixels) {
    throw contradiction(check, `${who}: expected runs of ${pixels} pixels, found ${sum}.`);
  }
  if (inside !== area) {
    throw contradiction(check, `${who}: expected ${area} pixels, found ${inside}.`);
  }
}

type Run = Readonly<{
  width: number;
  height: number;
  instanceId: number;
  from: number;
  end: number;
}>;

/** The first of a run's pixels, counted down the columns, that holds another id; −1 where none does. */
function firstStray(ids: Uint16Array, { width, height, instanceId, from, end }: Run): number {
  let x = Math.floor(from / height);
  let y = from % height;
  for (let at = from; at < end; at++) {
    if (ids[y * width + x] !== instanceId) return at;
    if (++y < height) continue;
    y = 0;
    x++;
  }
  return -1;
}
