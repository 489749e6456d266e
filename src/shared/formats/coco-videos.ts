import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** Where an image stands in its video: ids from 1, frames from 0; nothing where frames stand alone. */
export function cocoVideoPlace({
  sequence,
}: Pick<FrameRecord, 'sequence'>): Readonly<{ video_id: number; frame_index: number }> | null {
  return sequence ? { video_id: sequence.index + 1, frame_index: sequence.step } : null;
}

/**
 * An entry of `videos`, one for each sequence, after TAO's extension of COCO (Dave et al., 2020,
 * https://github.com/TAO-Dataset/annotations): images name theirs by `video_id`. Null where frames stand alone.
 */
export function cocoVideo(
  { config }: DatasetManifest,
  { frame, sequence, width, height }: FrameRecord,
): Readonly<{ id: number; name: string; width: number; height: number; fps: number }> | null {
  if (sequence === undefined) return null;
  const name = `sequence-${String(frame - sequence.step).padStart(6, '0')}`;
  return { id: sequence.index + 1, name, width, height, fps: config.sequence.framesPerSecond };
}
