import sharp, { type OverlayOptions } from 'sharp';
import type { Config } from '#shared/config/config-schema';
import { UsageError, WriteError } from '#shared/core/errors';
import type { Size } from '#shared/core/geometry';
import type { CategoryTable } from '#shared/draw/category-table';
import { drawPicture } from '#shared/draw/draw-picture';
import type { Overlay, OverlayInput, PixelLayer } from '#shared/draw/overlay';
import { OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import type { FrameRecord } from '#shared/formats/frame-record';
import type { Canvas } from './paste-picture.ts';
import { readFrameFile, readPixelMap } from './read-pixel-map.ts';

/** One picture of a frame. */
export type PictureJob = Readonly<{
  folder: string;
  record: FrameRecord;
  /** Of the dataset. */
  config: Config;
  categories: CategoryTable;
  labels: readonly OverlayName[];
  /** Pixels of one picture. */
  size: Size;
  /** Of the config's polygons, pixels; absent where it asks for none. */
  polygonTolerance?: number | undefined;
}>;

/** A label that this dataset does not have. */
function notWritten(label: OverlayName, record: FrameRecord): UsageError {
  const { output = label }: Overlay = OVERLAYS[label];
  return new UsageError(
    `--labels: ${label} was not written: frame ${record.frame} does not have it. ` +
      `Choose other labels, or set ${output} in the config and render again.`,
  );
}

/** The files of a record that the labels need, decoded. */
async function readLabelFiles({
  folder,
  record,
  config,
  categories,
  labels,
}: PictureJob): Promise<ReadonlyMap<OverlayName, OverlayInput['file']>> {
  const files = new Map<OverlayName, OverlayInput['file']>();
  for (const label of labels) {
    const { files: kinds, isWritten = () => true, mayLack }: Overlay = OVERLAYS[label];
    if (!isWritten(record, categories)) throw notWritten(label, record);
    if (kinds.length === 0) continue;
    const kind = kinds.find((candidate) => record.files[candidate] !== undefined);
    const file = kind === undefined ? undefined : record.files[kind];
    if (kind === undefined || file === undefined) {
      if (mayLack?.(record, config) === true) continue;
      throw notWritten(label, record);
    }
    files.set(label, { kind, map: await readPixelMap(folder, record, { kind, file }) });
  }
  return files;
}

/** A layer at the picture's size: enlarged without new colours, reduced by averaging. */
async function fitLayer(
  { width, height, values }: PixelLayer,
  size: Size,
): Promise<OverlayOptions> {
  const data = await sharp(values, { raw: { width, height, channels: 4 } })
    .resize({ ...size, fit: 'fill', kernel: size.width >= width ? 'nearest' : 'linear' })
    .raw()
    .toBuffer();
  return { input: data, raw: { ...size, channels: 4 } };
}

/**
 * Draws labels over a frame's image.
 *
 * @throws WriteError where a file of the frame is missing or unreadable, UsageError where a label was not
 * written.
 */
export async function renderPicture(job: PictureJob): Promise<Canvas> {
  const { folder, record, categories, labels, size } = job;
  const { rgb } = record.files;
  if (rgb === undefined) {
    throw new WriteError(`frame ${record.frame}: expected a colour file in its record, found none`);
  }
  const bytes = await readFrameFile(folder, rgb);
  const files = await readLabelFiles(job);
  const { pixels, svg } = drawPicture({
    record,
    categories,
    labels,
    size,
    polygonTolerance: job.polygonTolerance,
    fileOf: (label) => files.get(label) ?? null,
  });
  const layers = await Promise.all(pixels.map((layer) => fitLayer(layer, size)));
  const drawing = { input: Buffer.from(svg), unlimited: true };
  try {
    const values = await sharp(bytes)
      .removeAlpha()
      .toColourspace('srgb')
      .resize({ ...size, fit: 'fill' })
      .composite([...layers, drawing])
      .removeAlpha()
      .raw()
      .toBuffer();
    return { ...size, values };
  } catch (cause) {
    throw new WriteError(
      `frame ${record.frame}: cannot draw over ${rgb.path}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
