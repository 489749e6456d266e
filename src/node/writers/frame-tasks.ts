import { disparityTasks } from './disparity-tasks.ts';
import { COLOR_EXTENSIONS, encodeColor } from './encode-image.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';
import { flowTasks } from './flow-tasks.ts';
import { geometryTasks } from './geometry-tasks.ts';
import { lidarTasks } from './lidar-tasks.ts';
import { maskTasks } from './mask-tasks.ts';
import { pointCloudTasks } from './point-cloud-tasks.ts';
import { rawTasks } from './raw-task.ts';

/** The colour image that `outputs.rgb` asks for. */
export function colorTasks(frame: FrameToWrite): readonly FileTask[] {
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

/** Every other file of a frame that `outputs` ask for. */
export function labelTasks(frame: FrameToWrite): readonly FileTask[] {
  return [
    ...maskTasks(frame),
    ...geometryTasks(frame),
    ...pointCloudTasks(frame),
    ...lidarTasks(frame),
    ...flowTasks(frame),
    ...rawTasks(frame),
    ...disparityTasks(frame),
  ];
}
