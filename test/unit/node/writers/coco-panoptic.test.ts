import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { CRATES, makeTrueDataset } from '../verify/make-true-dataset.ts';

type Segment = Readonly<{
  id: number;
  category_id: number;
  area: number;
  bbox: readonly number[];
  iscrowd: number;
}>;
type Panoptic = Readonly<{
  images: readonly Readonly<{ id: number; width: number; height: number }>[];
  categories: readonly Readonly<{ id: number; name: string; isthing: number }>[];
  annotations: readonly Readonly<{
    image_id: number;
    file_name: string;
    segments_info: readonly Segment[];
  }>[];
}>;

/*
 * The rules by which COCO's panopticapi refuses a submission (evaluation.py, pq_compute_single_core): each image
 * has one annotation, whose file is in the folder; each id of the PNG but VOID (0) is a segment and each segment is
 * in the PNG; categories are known. Beyond it, area and box are those of the pixels.
 */
it('COCO panoptic keeps the rules of its own reader', async () => {
  const folder = await makeTrueDataset({
    ...CRATES,
    categories: ['post', { name: 'crate', isthing: false }, 'wedge', 'vase'],
    outputs: { panoptic: true },
  });
  const text = readFileSync(join(folder, 'annotations/panoptic.json'), 'utf8');
  const { images, categories, annotations } = JSON.parse(text) as Panoptic;
  const things = new Map(categories.map(({ id, isthing }) => [id, isthing === 1]));
  expect([...things]).toEqual([
    [1, true],
    [2, false],
    [3, true],
    [4, true],
  ]);
  expect(annotations.map(({ image_id: id }) => id)).toEqual(images.map(({ id }) => id));
  let stuff = 0;
  for (const { file_name: name, segments_info: segments } of annotations) {
    const path = join(folder, 'labels/panoptic', name);
    expect(existsSync(path)).toBe(true);
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 48, height: 36, channels: 3 });
    const pixels = new Map<number, (readonly [number, number])[]>();
    for (let i = 0; i < 48 * 36; i++) {
      const [r = 0, g = 0, b = 0] = data.subarray(i * 3, i * 3 + 3);
      const id = r + 256 * g + 256 * 256 * b;
      pixels.set(id, [...(pixels.get(id) ?? []), [i % 48, Math.floor(i / 48)]]);
    }
    pixels.delete(0);
    expect([...pixels.keys()].sort((a, b) => a - b)).toEqual(segments.map(({ id }) => id));
    for (const { id, category_id: categoryId, area, bbox, iscrowd } of segments) {
      const own = pixels.get(id) ?? [];
      const [xs, ys] = [own.map(([x]) => x), own.map(([, y]) => y)];
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      expect(area).toBe(own.length);
      expect(bbox).toEqual([left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1]);
      expect(iscrowd).toBe(0);
      expect(things.has(categoryId)).toBe(true);
    }
    const ofStuff = segments.filter(({ category_id: id }) => things.get(id) === false);
    expect(ofStuff.length).toBeLessThan(2);
    stuff += ofStuff.length;
  }
  expect(stuff).toBeGreaterThan(0);
  const instances = readFileSync(join(folder, 'annotations/instances.json'), 'utf8');
  const listed = (JSON.parse(instances) as { annotations: { category_id: number }[] }).annotations;
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.every(({ category_id: id }) => things.get(id) === true)).toBe(true);
});
