import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** Without a rig, a moment has one view. */
const ALONE = { view: 0, views: [null] } as const;

/** Where an image stands in its video: ids from 1, frames from 0; nothing where frames stand alone. */
export function cocoVideoPlace({
  sequence,
  sample,
}: Pick<FrameRecord, 'sequence' | 'sample'>): Readonly<{
  video_id: number;
  frame_index: number;
}> | null {
  if (sequence === undefined) return null;
  const { view, views } = sample.rig ?? ALONE;
  return { video_id: sequence.index * views.length + view + 1, frame_index: sequence.step };
}

/**
 * An entry of `videos`, one for each sequence and view, after TAO's extension of COCO (Dave et al., 2020,
 * https://github.com/TAO-Dataset/annotations): images name theirs by `video_id`. Null where frames stand alone.
 */
export function cocoVideo(
  { config }: DatasetManifest,
  record: FrameRecord,
): Readonly<{ id: number; name: string; width: number; height: number; fps: number }> | null {
  const place = cocoVideoPlace(record);
  if (place === null) return null;
  const { frame, width, height, rig, sample } = record;
  const { view, views } = sample.rig ?? ALONE;
  const first = String(frame - view - place.frame_index * views.length).padStart(6, '0');
  const name = `sequence-${first}${rig ? `-${rig.view}` : ''}`;
  return { id: place.video_id, name, width, height, fps: config.sequence.framesPerSecond };
}
