import { expect, it } from 'vitest';
import type { InstanceAnnotation } from '#shared/annotate/annotations';
import { cocoInstanceLines } from '#shared/formats/coco-instances';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { makeDraft, makeRecord, RENDERER } from '../../node/store/make-dataset.ts';

const MANIFEST: DatasetManifest = { ...makeDraft(), renderer: RENDERER };
const INSTANCE: InstanceAnnotation = {
  instanceId: 3,
  categoryId: 1,
  name: 'g[0]',
  assetId: null,
  bbox: [0, 0, 2, 1],
  area: 2,
  segmentation: { size: [3, 4], counts: '02' },
  cameraFromObject: [],
  scale: [1, 1, 1],
  bounds: null,
};

async function documentOf(trackId?: number, sequence?: FrameRecord['sequence']) {
  const empty = makeRecord(6, { rgb: { path: 'images/000006.png', sha256: '0', bytes: 1 } });
  const instances = [{ ...INSTANCE, ...(trackId !== undefined && { trackId }) }];
  const annotations = { ...empty.annotations, instances };
  const record: FrameRecord = { ...empty, ...(sequence && { sequence }), annotations };
  const lines: string[] = [];
  for await (const line of cocoInstanceLines(MANIFEST, [record])) lines.push(line);
  return JSON.parse(lines.join('\n')) as {
    images: object[];
    annotations: object[];
    videos?: object[];
  };
}

it('COCO names the sequence of an image, and the track of an annotation', async () => {
  const track = 5 * 65536 + 3;
  const { images, annotations, videos } = await documentOf(track, {
    index: 1,
    step: 2,
    timeSeconds: 0.1,
  });
  expect(images).toEqual([expect.objectContaining({ video_id: 2, frame_index: 2 })]);
  expect(annotations).toEqual([expect.objectContaining({ track_id: track, instance_id: 3 })]);
  // Frame 6 is the third of its sequence, which began with frame 4.
  const [{ width, height } = {}] = images as { width?: number; height?: number }[];
  expect(videos).toEqual([{ id: 2, name: 'sequence-000004', width, height, fps: 30 }]);
});

it('COCO says nothing of sequences where frames stand alone', async () => {
  const { images, annotations, videos } = await documentOf();
  expect(videos).toBeUndefined();
  expect(images[0]).not.toHaveProperty('video_id');
  expect(images[0]).not.toHaveProperty('frame_index');
  expect(annotations[0]).not.toHaveProperty('track_id');
});
