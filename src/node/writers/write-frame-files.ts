import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Annotations, GBuffers } from '#shared/annotate/annotations';
import { depthToMillimetres } from '#shared/annotate/depth-to-millimetres';
import {
  eraseDropped,
  partsOfAnnotated,
  semanticFromInstance,
} from '#shared/annotate/semantic-from-instance';
import type { Config } from '#shared/config/config-schema';
import type { FileKind, FrameRecord, RecordedFile } from '#shared/formats/frame-record';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { toWriteError, writeFileAtomically } from '../store/durable-files.ts';
import { makeFolder } from '../store/make-folder.ts';
import { COLOR_EXTENSIONS, encodeColor, encodeGrey } from './encode-image.ts';
import { encodeExr } from './encode-exr.ts';
import { encodeNpz } from './encode-npz.ts';

/** A whole frame, and the config whose `outputs` say which files it has. */
export type FrameToWrite = Readonly<{
  config: Config;
  sample: SceneSample;
  plan: FramePlan;
  buffers: GBuffers;
  annotations: Annotations;
}>;

/** A file of a frame before it is made. */
type FileTask = Readonly<{
  kind: FileKind;
  /** Relative to the dataset folder. */
  path: string;
  encode: () => Promise<Uint8Array> | Uint8Array;
}>;

/**
 * Encodes and writes the files of one frame, side by side, each whole or not at all; they are durable when
 * it resolves.
 * @returns the files as the frame's record lists them.
 * @throws WriteError where the disk refuses, AnnotationError where the depth does not fit its format.
 */
export async function writeFrameFiles(
  folder: string,
  frame: FrameToWrite,
): Promise<FrameRecord['files']> {
  const tasks = [...colorTasks(frame), ...maskTasks(frame), ...depthTasks(frame)];
  const written = await Promise.all(
    tasks.map(async (task) => [task.kind, await writeTask(folder, task)] as const),
  );
  return Object.fromEntries(written);
}

async function writeTask(folder: string, { path, encode }: FileTask): Promise<RecordedFile> {
  const bytes = await encode();
  const target = join(folder, path);
  await makeFolder(dirname(target)).catch((error: unknown) => {
    throw toWriteError(dirname(target), error);
  });
  await writeFileAtomically(target, [bytes]);
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
}

/** Six digits, so that files sort by frame. */
const fileName = ({ plan }: FrameToWrite, extension: string): string =>
  `${String(plan.frame).padStart(6, '0')}.${extension}`;

function colorTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, sample, buffers } = frame;
  const { rgb } = config.outputs;
  return [
    {
      kind: 'rgb',
      path: `images/${fileName(frame, COLOR_EXTENSIONS[rgb.format])}`,
      encode: () => encodeColor(buffers.color, buffers, { ...rgb, quality: sample.rgbQuality }),
    },
  ];
}

function maskTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, buffers, annotations } = frame;
  const { outputs, categories } = config;
  const ids = eraseDropped(buffers.instanceId, annotations.dropped);
  const png = fileName(frame, 'png');
  const tasks: FileTask[] = [];
  if (outputs.instance) {
    tasks.push({
      kind: 'instance',
      path: `labels/instance/${png}`,
      encode: () => encodeGrey(ids, buffers),
    });
  }
  if (outputs.parts && buffers.partId) {
    const parts = partsOfAnnotated(buffers.partId, ids);
    tasks.push({
      kind: 'part',
      path: `labels/part/${png}`,
      encode: () => encodeGrey(parts, buffers),
    });
  }
  if (outputs.semantic) {
    tasks.push({
      kind: 'semantic',
      path: `labels/semantic/${png}`,
      encode: () => encodeGrey(semanticFromInstance(ids, annotations, categories.length), buffers),
    });
  }
  return tasks;
}

function depthTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, buffers } = frame;
  const { width, height, depth } = buffers;
  const { png, float } = config.outputs.depth;
  const tasks: FileTask[] = [];
  if (png) {
    tasks.push({
      kind: 'depth',
      path: `labels/depth/${fileName(frame, 'png')}`,
      encode: () => encodeGrey(depthToMillimetres(depth).millimetres, buffers),
    });
  }
  if (float !== 'none') {
    tasks.push({
      kind: 'depth-float',
      path: `labels/depth/${fileName(frame, float)}`,
      encode: () =>
        float === 'exr'
          ? encodeExr(depth, buffers)
          : encodeNpz({ depth: { values: depth, shape: [height, width] } }),
    });
  }
  return tasks;
}
