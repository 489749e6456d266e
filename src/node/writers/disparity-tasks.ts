import { disparityTo16Bit } from '#shared/annotate/frame-disparity';
import { disparityFiles } from '#shared/config/outputs-schema';
import { encodeGrey } from './encode-image.ts';
import { encodeMask } from './encode-mask.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';
import { encodeFloatImage } from './float-image.ts';

/** Disparity and its mask, where the frame's view has a rectified pair and `outputs` ask for it. */
export function disparityTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, disparity: found } = frame;
  if (!found) return [];
  const { png, float } = disparityFiles(config);
  const { width, height, disparity, state } = found;
  const pathOf = (folder: string, extension: string): string =>
    `labels/${folder}/${fileName(frame, extension)}`;
  const tasks: FileTask[] = [];
  if (png) {
    tasks.push({
      kind: 'disparity',
      path: pathOf('disparity', 'png'),
      encode: () => encodeGrey(disparityTo16Bit(disparity), found),
    });
  }
  if (float !== 'none') {
    const image = { width, height, values: disparity, array: 'disparity', channels: ['Y'] };
    tasks.push({
      kind: 'disparity-float',
      path: pathOf('disparity', float),
      encode: () => encodeFloatImage(image, float),
    });
  }
  if (tasks.length === 0) return [];
  const mask = () => encodeMask(state, found, 1);
  return [
    ...tasks,
    { kind: 'disparity-mask', path: pathOf('disparity-mask', 'png'), encode: mask },
  ];
}
