import { WriteError } from '#shared/core/errors';
import { rawCodes } from '#shared/annotate/raw-codes';
import { encodeGrey, encodeRgb } from './encode-image.ts';
import { fileName, type FileTask, type FrameToWrite } from './file-task.ts';
import { encodeFloatImage } from './float-image.ts';

/** What the sensor captured, in the form that `outputs.raw` asks for. */
export function rawTasks(frame: FrameToWrite): readonly FileTask[] {
  const { config, buffers, plan } = frame;
  const format = config.outputs.raw;
  if (format === 'none') return [];
  const { raw, width, height } = buffers;
  if (!raw)
    throw new WriteError(`frame ${plan.frame}: expected the raw image from the page, found none.`);
  const isMosaic = plan.sensor.mosaic !== undefined;
  const encode = (): Promise<Uint8Array> | Uint8Array => {
    if (format === 'png') {
      const codes = rawCodes(raw, plan.sensor);
      return isMosaic ? encodeGrey(codes, buffers) : encodeRgb(codes, buffers);
    }
    const channels = isMosaic ? ['Y'] : ['R', 'G', 'B'];
    return encodeFloatImage({ width, height, values: raw, array: 'raw', channels }, format);
  };
  return [{ kind: 'raw', path: `raw/${fileName(frame, format)}`, encode }];
}
