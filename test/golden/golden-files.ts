import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Annotations } from '#shared/annotate/annotations';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import { colorDifference, type GoldenFrame } from './compare-frames.ts';

/** Golden and renderer that made it. */
export type Golden = Readonly<{ frame: GoldenFrame; renderer: RendererInfo }>;

const FILES = {
  color: 'color.png',
  ids: 'instance-id.png',
  depth: 'depth.f32.gz',
  annotations: 'annotations.json',
  renderer: 'renderer.json',
} as const;

/** Reads a golden; null where its folder is not there. */
export async function readGolden(folder: string): Promise<Golden | null> {
  if (!existsSync(folder)) return null;
  const { data: color, info } = await sharp(join(folder, FILES.color))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const ids = await sharp(join(folder, FILES.ids)).extractChannel(0).raw().toBuffer();
  const depth = gunzipSync(await readFile(join(folder, FILES.depth)));
  const json = async <T>(name: string): Promise<T> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as T;
  return {
    frame: {
      buffers: {
        width,
        height,
        color: new Uint8Array(color),
        instanceId: Uint16Array.from(ids),
        depth: new Float32Array(new Uint8Array(depth).buffer),
      },
      annotations: await json<Annotations>(FILES.annotations),
    },
    renderer: await json<RendererInfo>(FILES.renderer),
  };
}

/** Writes a golden's files into a folder, which is emptied first. Ids must be below 256. */
export async function writeGolden(folder: string, { frame, renderer }: Golden): Promise<void> {
  const { width, height, color, instanceId, depth } = frame.buffers;
  if (instanceId.some((id) => id > 255)) throw new RangeError('a golden has at most 255 instances');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await sharp(color, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toFile(join(folder, FILES.color));
  await sharp(Uint8Array.from(instanceId), { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 9 })
    .toFile(join(folder, FILES.ids));
  const bytes = new Uint8Array(depth.buffer, depth.byteOffset, depth.byteLength);
  await writeFile(join(folder, FILES.depth), gzipSync(bytes, { level: 9 }));
  await writeJson(join(folder, FILES.annotations), frame.annotations);
  await writeJson(join(folder, FILES.renderer), renderer);
}

/** Leaves actual, expected and difference (eightfold) in a folder for a person to look at. */
export async function writeDifference(
  folder: string,
  actual: Golden,
  expected: Golden,
): Promise<void> {
  await writeGolden(join(folder, 'actual'), actual);
  await writeGolden(join(folder, 'expected'), expected);
  const { width, height } = actual.frame.buffers;
  const pixels = Uint8Array.from({ length: width * height }, (_, pixel) =>
    Math.min(255, 8 * colorDifference(actual.frame.buffers, expected.frame.buffers, pixel)),
  );
  await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(join(folder, 'difference.png'));
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
