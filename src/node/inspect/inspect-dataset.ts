import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Size } from '#shared/core/geometry';
import { categoryTable } from '#shared/draw/category-table';
import { drawSheet } from '#shared/draw/draw-sheet';
import type { OverlayName } from '#shared/draw/overlays';
import type { FrameRange } from '../run/select-frames.ts';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';
import type { JournalEntry } from '../store/journal.ts';
import { chooseFrames } from './choose-frames.ts';
import { drawFrames, type FrameDrawing } from './draw-frames.ts';
import { createCanvas, pastePicture, type Canvas } from './paste-picture.ts';
import { planSheet } from './plan-sheet.ts';
import { viewDataset } from './read-dataset.ts';

/** What to draw. */
export type InspectJob = Readonly<{
  /** Of the dataset. */
  folder: string;
  /** Where images go; default: `inspect` in the dataset's folder, which nothing else looks at. */
  out?: string | undefined;
  range?: FrameRange | undefined;
  /** Labels of the pictures of a frame, which stand side by side. */
  pictures: readonly (readonly OverlayName[])[];
  /** One image of all frames instead of one for each. */
  sheet: boolean;
  /** Frames side by side on a sheet. */
  columns?: number | undefined;
  /** Pixels of one picture. */
  width?: number | undefined;
}>;

/** What was drawn. */
export type InspectSummary = Readonly<{
  folder: string;
  out: string;
  /** Paths of the images. */
  files: readonly string[];
  frames: readonly number[];
  /** Asked for and not there (yet). */
  missing: readonly number[];
  /** How many frames of the dataset are there. */
  available: number;
}>;

/** Name of a sheet's file. */
export const SHEET_FILE = 'sheet.png';

/** Width of a picture on a sheet where nobody asks for another, pixels. */
const SHEET_PICTURE_WIDTH = 400;
/** Deflate level: written once, sent around and looked at often. */
const PNG_LEVEL = 6;

async function writePng(path: string, image: Sharp): Promise<void> {
  const bytes = await image.png({ compressionLevel: PNG_LEVEL }).toBuffer();
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw toWriteError(dirname(path), error);
  });
  await writeFileAtomically(path, [bytes]);
}

const sharpFrom = ({ width, height, values }: Canvas): Sharp =>
  sharp(values, { raw: { width, height, channels: 3 } });

function pictureSize(image: Size, width: number): Size {
  return { width, height: Math.max(1, Math.round((image.height * width) / image.width)) };
}

async function writePictures(
  out: string,
  drawing: FrameDrawing,
  entries: readonly JournalEntry[],
): Promise<readonly string[]> {
  const pathOf = (frame: number): string => join(out, `${String(frame).padStart(6, '0')}.png`);
  const paths = entries.map(({ frame }) => pathOf(frame));
  await drawFrames(drawing, entries, async (canvas, index) => {
    await writePng(paths[index] ?? pathOf(index), sharpFrom(canvas));
  });
  return paths;
}

async function writeSheet(
  out: string,
  drawing: FrameDrawing,
  { entries, columns }: Readonly<{ entries: readonly JournalEntry[]; columns: number | null }>,
): Promise<readonly string[]> {
  const { layout, text } = planSheet({ ...drawing, entries, columns });
  const sheet = createCanvas(layout.size);
  await drawFrames(drawing, entries, (canvas, index) => {
    pastePicture(sheet, canvas, layout.cells[index] ?? [0, 0]);
  });
  const svg = Buffer.from(drawSheet(layout, text));
  const path = join(out, SHEET_FILE);
  const image = sharpFrom(sheet)
    .composite([{ input: svg, unlimited: true }])
    .removeAlpha();
  await writePng(path, image);
  return [path];
}

/**
 * Draws labels over frames of a dataset, finished or not, into PNG files. The dataset is read alone: no lock
 * is taken and none of its files is touched.
 *
 * @throws UsageError for what cannot be asked of this dataset, WriteError where a file of it is missing or
 * unreadable or an image cannot be written.
 */
export async function inspectDataset(job: InspectJob): Promise<InspectSummary> {
  const { folder, out = join(folder, 'inspect'), pictures, sheet, columns } = job;
  const view = viewDataset(folder);
  const { entries, missing } = chooseFrames(view, job.range);
  const { image } = view.manifest.config;
  const drawing: FrameDrawing = {
    view,
    categories: categoryTable(view.manifest),
    pictures,
    picture: pictureSize(image, job.width ?? (sheet ? SHEET_PICTURE_WIDTH : image.width)),
  };
  const files = sheet
    ? await writeSheet(out, drawing, { entries, columns: columns ?? null })
    : await writePictures(out, drawing, entries);
  const frames = entries.map(({ frame }) => frame);
  return { folder, out, files, frames, missing, available: view.entries.length };
}
