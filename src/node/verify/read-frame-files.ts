import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PointCloud } from '#shared/annotate/point-cloud';
import type { PixelMap } from '#shared/draw/overlay';
import {
  type FileKind,
  type FrameRecord,
  isLidarFile,
  type LidarFileKind,
  type PlainFileKind,
  type RecordedFile,
} from '#shared/formats/frame-record';
import { decodeColor, type ColorImage } from '../readers/decode-color.ts';
import { decodeLabel } from '../readers/decode-label.ts';
import { decodePointCloud } from '../readers/decode-point-cloud.ts';
import type { ProblemKind } from './problem-list.ts';

/** A problem of one file. */
export type FileProblem = Readonly<{ kind: ProblemKind; file: string; message: string }>;

/** What the files of a frame decode to, at the size of the frame; absent where that cannot be had. */
export type DecodedFiles = Readonly<{
  color: ColorImage | null;
  labels: ReadonlyMap<FileKind, PixelMap>;
  cloud: PointCloud | null;
  /** Bytes of the lidars' files. */
  sweeps: ReadonlyMap<LidarFileKind, Buffer>;
}>;

/** Kinds of label file that hold a number or a few for each pixel. */
type ImageKind = Exclude<PlainFileKind, 'rgb' | 'point-cloud'>;

/** Bits and channels of a kind of label file. */
type Stored = Readonly<{ bits: 8 | 16 | 32; channels: number }>;

function storedAs(
  kind: ImageKind,
  path: string,
  { categories, mosaic }: Readonly<{ categories: number; mosaic: boolean }>,
): Stored {
  switch (kind) {
    case 'raw':
      return { bits: path.endsWith('.png') ? 16 : 32, channels: mosaic ? 1 : 3 };
    case 'semantic':
      return { bits: categories <= 255 ? 8 : 16, channels: 1 };
    case 'depth-float':
    case 'measured-depth-float':
    case 'disparity-float':
    case 'range':
      return { bits: 32, channels: 1 };
    case 'panoptic':
    case 'normals':
      return { bits: 8, channels: 3 };
    case 'object-coordinates':
      return { bits: 16, channels: 3 };
    case 'normals-float':
    case 'object-coordinates-float':
      return { bits: 32, channels: 3 };
    case 'flow-forward':
    case 'flow-backward':
      return path.endsWith('.flo') ? { bits: 32, channels: 2 } : { bits: 16, channels: 3 };
    case 'flow-forward-mask':
    case 'flow-backward-mask':
    case 'disparity-mask':
      return { bits: 8, channels: 1 };
    case 'instance':
    case 'part':
    case 'depth':
    case 'measured-depth':
    case 'disparity':
    case 'lidar-depth':
      return { bits: 16, channels: 1 };
  }
}

/**
 * Reads and decodes the files of a record. Each must be there with its recorded length and SHA-256, and
 * decode to the recorded size and to the number of bits and channels of its kind.
 *
 * @param categories of the dataset: they decide how many bits a semantic image has.
 */
export async function readFrameFiles(
  folder: string,
  record: FrameRecord,
  categories: number,
): Promise<DecodedFiles & Readonly<{ problems: readonly FileProblem[] }>> {
  const problems: FileProblem[] = [];
  const labels = new Map<FileKind, PixelMap>();
  let color: ColorImage | null = null;
  let cloud: PointCloud | null = null;
  const sweeps = new Map<LidarFileKind, Buffer>();
  for (const [kind, file] of Object.entries(record.files) as [FileKind, RecordedFile][]) {
    const report = (about: ProblemKind, message: string): unknown =>
      problems.push({ kind: about, file: file.path, message });
    const bytes = await readBytes(join(folder, file.path));
    if (typeof bytes === 'string') {
      report('file', bytes);
      continue;
    }
    const fault = bytesFault(bytes, file);
    if (fault !== null) report('file', fault);
    try {
      if (isLidarFile(kind)) sweeps.set(kind, bytes);
      else if (kind === 'rgb') color = withSize(await decodeColor(bytes), record);
      else if (kind === 'point-cloud') cloud = decodePointCloud(file.path, bytes);
      else
        labels.set(
          kind,
          withForm(
            await decodeLabel(file.path, bytes),
            record,
            storedAs(kind, file.path, {
              categories,
              mosaic: record.sample.sensor.mosaic !== undefined,
            }),
          ),
        );
    } catch (error) {
      const what = kind === 'point-cloud' ? 'a point cloud' : 'an image';
      report('image', `expected ${what}, ${(error as Error).message}.`);
    }
    if (kind === 'rgb' && color?.hasAlpha === true)
      report('image', 'expected no alpha, found some.');
  }
  return { color, labels, cloud, sweeps, problems };
}

/** The bytes of a file, or why there are none. */
async function readBytes(path: string): Promise<Buffer | string> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const found = code === 'ENOENT' || code === 'ENOTDIR' ? 'none' : message;
    return `expected the file that the record lists, found ${found}.`;
  }
}

function bytesFault(found: Buffer, { bytes, sha256 }: RecordedFile): string | null {
  if (found.length !== bytes) return `expected ${bytes} bytes, found ${found.length}.`;
  const hash = createHash('sha256').update(found).digest('hex');
  if (hash === sha256) return null;
  return `expected the SHA-256 ${sha256.slice(0, 12)}…, found ${hash.slice(0, 12)}….`;
}

function withSize<T extends Readonly<{ width: number; height: number }>>(
  image: T,
  { width, height }: FrameRecord,
): T {
  if (image.width === width && image.height === height) return image;
  throw new Error(`of ${width}×${height} pixels, found ${image.width}×${image.height}`);
}

function withForm(map: PixelMap, record: FrameRecord, { bits, channels }: Stored): PixelMap {
  const found = map.values.BYTES_PER_ELEMENT * 8;
  if (found === bits && map.channels === channels) return withSize(map, record);
  throw new Error(
    `of ${bits} bits and ${channels} ${channels === 1 ? 'channel' : 'channels'}, found ${found} bits and ${map.channels} channels`,
  );
}
