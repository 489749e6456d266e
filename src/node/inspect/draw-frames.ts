import { availableParallelism } from 'node:os';
import { polygonTolerance } from '#shared/config/outputs-schema';
import type { Size } from '#shared/core/geometry';
import type { CategoryTable } from '#shared/draw/category-table';
import type { OverlayName } from '#shared/draw/overlays';
import type { FrameRecord } from '#shared/formats/frame-record';
import type { JournalEntry } from '../store/journal.ts';
import { createCanvas, pastePicture, type Canvas } from './paste-picture.ts';
import { readRecords, type DatasetView } from './read-dataset.ts';
import { renderPicture } from './render-picture.ts';

/** What the pictures of a frame show. */
export type FrameDrawing = Readonly<{
  view: DatasetView;
  categories: CategoryTable;
  /** Labels of the pictures, which stand side by side. */
  pictures: readonly (readonly OverlayName[])[];
  /** Pixels of one picture. */
  picture: Size;
}>;

/** The pictures of a frame, side by side. */
export async function drawFrame(
  { view, categories, pictures, picture: size }: FrameDrawing,
  record: FrameRecord,
): Promise<Canvas> {
  const canvas = createCanvas({ width: size.width * pictures.length, height: size.height });
  const tolerance = polygonTolerance(view.manifest.config.outputs) ?? undefined;
  for (const [i, labels] of pictures.entries()) {
    const { folder, manifest } = view;
    const common = { folder, record, config: manifest.config, polygonTolerance: tolerance };
    const job = { ...common, categories, labels, size };
    pastePicture(canvas, await renderPicture(job), [i * size.width, 0]);
  }
  return canvas;
}

/**
 * Draws frames, as many at once as there are cores, and hands each over when it is done; no more than these
 * are in memory.
 *
 * @param done is given a frame's picture and its place among `entries`.
 */
export async function drawFrames(
  drawing: FrameDrawing,
  entries: readonly JournalEntry[],
  done: (canvas: Canvas, index: number) => Promise<void> | void,
): Promise<void> {
  // All lanes take from one reader: it holds the journal open, whoever replaces the file meanwhile.
  const records = readRecords(drawing.view, entries);
  let taken = 0;
  const lane = async (): Promise<void> => {
    for (let next = records.next(); next.done !== true; next = records.next()) {
      const index = taken++;
      await done(await drawFrame(drawing, next.value), index);
    }
  };
  const lanes = Math.min(availableParallelism(), entries.length);
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    records.return(undefined);
  }
}
