import { describe, expect, it } from 'vitest';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { box3dOf } from '#shared/annotate/box3d';
import type { ConfigInput } from '#shared/config/config-schema';
import { cocoInstanceLines } from '#shared/formats/coco-instances';
import { cocoPanopticLines } from '#shared/formats/coco-panoptic';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { makeAnnotation } from '../../../makers/make-annotation.ts';
import { makeDraft, makeRecord, RENDERER } from '../../node/store/make-dataset.ts';

const file = (path: string) => ({ path, sha256: '0'.repeat(64), bytes: 1 });
const FILES = { rgb: file('images/000006.png'), panoptic: file('labels/panoptic/000006.png') };
const CATEGORIES = [
  { id: 1, name: 'box', supercategory: 'goods' },
  { id: 2, name: 'floor', isthing: false },
];

function makeManifest(outputs: ConfigInput['outputs'] = {}): DatasetManifest {
  return { ...makeDraft({ outputs }), categories: CATEGORIES, renderer: RENDERER };
}

function makeFrame(instances: readonly InstanceAnnotation[], frame = 6): FrameRecord {
  const record = makeRecord(frame, FILES);
  return { ...record, annotations: { ...record.annotations, instances } };
}

type Document = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

async function parse(lines: AsyncIterable<string>): Promise<Document> {
  let text = '';
  for await (const line of lines) text += `${line}\n`;
  return JSON.parse(text) as Document;
}

const instances = (outputs: ConfigInput['outputs'], ...records: FrameRecord[]) =>
  parse(cocoInstanceLines(makeManifest(outputs), records));

const RING = `
  111.
  1.1.
  111.`;
const BAR = `
  ....
  ....
  ...1`;

describe('cocoInstanceLines', () => {
  it('numbers images and annotations by frame and instance, and lists every category', async () => {
    const { annotations, images, categories } = await instances(
      {},
      makeFrame([makeAnnotation(3, BAR)]),
      makeFrame([], 7),
    );
    expect(annotations).toEqual([
      {
        id: 7 * 65536 + 3,
        image_id: 7,
        category_id: 1,
        bbox: [3, 2, 1, 1],
        area: 1,
        segmentation: { size: [3, 4], counts: ';1' },
        iscrowd: 0,
        instance_id: 3,
        name: 'crates[2]',
        asset: 'builtin/crate',
      },
    ]);
    expect(images?.map(({ id }) => id)).toEqual([7, 8]);
    expect(categories).toEqual([
      { id: 1, name: 'box', supercategory: 'goods' },
      { id: 2, name: 'floor', supercategory: '' },
    ]);
  });

  it('gives each image its camera: K and pose, row-major', async () => {
    const { images } = await instances({}, makeFrame([]));
    expect(images?.[0]).toEqual({
      id: 7,
      file_name: 'images/000006.png',
      width: 4,
      height: 3,
      camera: {
        K: [4, 0, 2, 0, 4, 1.5, 0, 0, 1],
        world_from_camera: [1, 0, 0, 0, 0, -1, 0, 1, 0, 0, -1, 3, 0, 0, 0, 1],
      },
    });
  });

  it('leaves out the instances of categories that are stuff', async () => {
    const floor = makeAnnotation(1, RING, { categoryId: 2 });
    const { annotations } = await instances({}, makeFrame([floor, makeAnnotation(2, BAR)]));
    expect(annotations?.map(({ instance_id: id }) => id)).toEqual([2]);
  });

  it('carries the box in space with its pose', async () => {
    const bounds = { min: [0, 0, 0], max: [1, 2, 3] } as const;
    const plain = makeAnnotation(1, BAR, { bounds });
    const box3d = box3dOf({ ...plain, bounds }, { fx: 4, fy: 4, cx: 2, cy: 1.5 });
    const { annotations } = await instances({}, makeFrame([{ ...plain, box3d }]));
    expect(annotations?.[0]?.box3d).toEqual({
      center: [0.5, 1, 1.5],
      size: [1, 2, 3],
      camera_from_object: plain.cameraFromObject,
      corners: box3d.corners,
    });
  });

  it('writes polygons with holes where the config asks, and keeps RLE', async () => {
    const { annotations } = await instances(
      { polygons: true },
      makeFrame([makeAnnotation(1, RING)]),
    );
    expect(annotations?.[0]).toMatchObject({
      polygons: [{ outer: [3, 0, 3, 3, 0, 3, 0, 0], holes: [[2, 2, 2, 1, 1, 1, 1, 2]] }],
      polygon_iou: 1,
      segmentation: { size: [3, 4] },
    });
  });

  it('simplifies them within the tolerance, and says what is left of the mask', async () => {
    const drawing = `
      1111
      .1..
      ....`;
    const outputs = { polygons: { tolerancePixels: 1 } };
    const { annotations } = await instances(outputs, makeFrame([makeAnnotation(1, drawing)]));
    expect(annotations?.[0]?.polygon_iou).toBeLessThan(1);
  });

  it('writes COCO polygons where a mask has no holes, and RLE where it has', async () => {
    const whole = makeAnnotation(1, '....\n....\n11.1');
    const { annotations } = await instances(
      { coco: { segmentation: 'polygon' } },
      makeFrame([whole, makeAnnotation(2, RING)]),
    );
    expect(annotations?.[0]?.segmentation).toEqual([
      [2, 2, 2, 3, 0, 3, 0, 2],
      [4, 2, 4, 3, 3, 3, 3, 2],
    ]);
    expect(annotations?.[0]).not.toHaveProperty('polygons');
    expect(annotations?.[1]?.segmentation).toHaveProperty('counts');
  });

  it('refuses records out of order, and frames without a colour file', async () => {
    await expect(instances({}, makeFrame([], 7), makeFrame([], 6))).rejects.toThrow(
      'found frame 6 after 7',
    );
    await expect(instances({}, makeRecord(3, {}))).rejects.toThrow(
      'frame 3: expected a colour file in its record, found none.',
    );
  });
});

describe('cocoPanopticLines', () => {
  const panoptic = (...records: FrameRecord[]) =>
    parse(cocoPanopticLines(makeManifest({ panoptic: true }), records));

  it('lists the segments of every frame, one for all of a category that is stuff', async () => {
    const { annotations, images, categories } = await panoptic(
      makeFrame([
        makeAnnotation(1, '1...\n1...\n....'),
        makeAnnotation(2, '.1..\n....\n....', { categoryId: 2 }),
        makeAnnotation(3, '....\n...1\n...1', { categoryId: 2 }),
      ]),
      makeFrame([], 8),
    );
    expect(annotations).toEqual([
      {
        image_id: 7,
        file_name: '000006.png',
        segments_info: [
          { id: 1, category_id: 1, area: 2, bbox: [0, 0, 1, 2], iscrowd: 0 },
          { id: 65538, category_id: 2, area: 3, bbox: [1, 0, 3, 3], iscrowd: 0 },
        ],
      },
      { image_id: 9, file_name: '000006.png', segments_info: [] },
    ]);
    expect(images).toHaveLength(2);
    expect(categories?.map(({ isthing }) => isthing)).toEqual([1, 0]);
  });

  it('refuses a frame without a panoptic file', async () => {
    await expect(panoptic(makeRecord(3, { rgb: FILES.rgb }))).rejects.toThrow(
      'frame 3: expected a panoptic file in its record, found none.',
    );
  });
});
