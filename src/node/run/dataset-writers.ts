import type { Config } from '#shared/config/config-schema';
import type { DerivedWriter } from '../store/finalise-dataset.ts';
import {
  COCO_INSTANCES,
  COCO_KEYPOINTS,
  COCO_PANOPTIC,
  SUMMARY,
  writeDerived,
} from '../writers/write-derived.ts';
import { writeFrameFiles } from '../writers/write-frame-files.ts';
import type { FrameWriter } from './render-prepared.ts';

/** The files that are derived from a dataset's records, as the store and a merge write them. */
export const derivedFiles: DerivedWriter = {
  paths: [COCO_INSTANCES, COCO_KEYPOINTS, COCO_PANOPTIC, SUMMARY],
  write: writeDerived,
};

/** Writes the files that a config's `outputs` ask for. */
export function createFrameWriter(config: Config): FrameWriter {
  return (folder, frame, clock) => writeFrameFiles(folder, { config, ...frame }, clock);
}
