import { describe, expect, it } from 'vitest';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { cocoKeypointLines } from '#shared/formats/coco-keypoints';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { makeDraft, makeRecord, RENDERER } from '../../node/store/make-dataset.ts';

const manifest: DatasetManifest = {
  ...makeDraft({
    categories: ['box', { name: 'mug', supercategory: 'ware' }, 'jar'],
    keypoints: {
      mug: {
        names: ['handle', 'rim', 'base'],
        skeleton: [
          ['base', 'rim'],
          ['rim', 'handle'],
        ],
      },
    },
  }),
  categories: [
    { id: 1, name: 'box' },
    { id: 2, name: 'mug', supercategory: 'ware' },
    { id: 3, name: 'jar' },
  ],
  renderer: RENDERER,
};

const instance = (
  instanceId: number,
  changes: Partial<InstanceAnnotation> = {},
): InstanceAnnotation => ({
  instanceId,
  categoryId: 1,
  name: `node-${instanceId}`,
  assetId: null,
  bbox: [0, 0, 2, 1],
  area: 2,
  segmentation: { size: [3, 4], counts: '02' },
  cameraFromObject: [],
  scale: [1, 1, 1],
  bounds: null,
  ...changes,
});

async function documentOf(...instances: InstanceAnnotation[]): Promise<Record<string, unknown>> {
  const rgb = { path: 'images/000006.png', sha256: '0', bytes: 1 };
  const empty = makeRecord(6, { rgb });
  const record: FrameRecord = { ...empty, annotations: { ...empty.annotations, instances } };
  const lines: string[] = [];
  for await (const line of cocoKeypointLines(manifest, [record])) lines.push(line);
  return JSON.parse(lines.join('\n')) as Record<string, unknown>;
}

describe('cocoKeypointLines', () => {
  it('lists the categories that have keypoints, with places counted from 1', async () => {
    expect((await documentOf())['categories']).toEqual([
      {
        id: 2,
        name: 'mug',
        supercategory: 'ware',
        keypoints: ['handle', 'rim', 'base'],
        skeleton: [
          [3, 2],
          [2, 1],
        ],
      },
    ]);
  });

  it('writes pixel indices, zeros for what is not there, and the count of the rest', async () => {
    const keypoints = [
      { name: 'handle', x: 1.25, y: 0.75, v: 2, point: [1, 0, 0] },
      { name: 'rim', x: 0, y: 0, v: 0, point: null },
      { name: 'base', x: 3, y: 0.5, v: 1, point: [0, 0, 0] },
    ] as const;
    const document = await documentOf(instance(1), instance(2, { categoryId: 2, keypoints }));
    expect(document['annotations']).toEqual([
      {
        // Image 7 · 65536 + instance 2.
        id: 458754,
        image_id: 7,
        category_id: 2,
        bbox: [0, 0, 2, 1],
        area: 2,
        segmentation: { size: [3, 4], counts: '02' },
        iscrowd: 0,
        instance_id: 2,
        name: 'node-2',
        asset: null,
        keypoints: [0.75, 0.25, 2, 0, 0, 0, 2.5, 0, 1],
        num_keypoints: 2,
      },
    ]);
    expect(document['images']).toMatchObject([
      { id: 7, file_name: 'images/000006.png', width: 4, height: 3 },
    ]);
  });
});
