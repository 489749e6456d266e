import type { PixelMap } from '#shared/draw/overlay';
import { MAP_HEAD, MAP_TYPES } from '#shared/protocol/preview-api';

const HEAD_BYTES = MAP_HEAD.length * 4;

/** A file of a frame from the server's bytes. @throws RangeError where they are none, or too few. */
export function readMap(bytes: ArrayBuffer): PixelMap {
  const head = new DataView(bytes, 0, HEAD_BYTES);
  const [width, height, channels, number] = [0, 4, 8, 12].map((at) => head.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  const length = width * height * channels;
  const type = MAP_TYPES.find((_, i) => i === number);
  switch (type) {
    case 'uint8':
      return { width, height, channels, values: new Uint8Array(bytes, HEAD_BYTES, length) };
    case 'uint16':
      return { width, height, channels, values: new Uint16Array(bytes, HEAD_BYTES, length) };
    case 'float32':
      return { width, height, channels, values: new Float32Array(bytes, HEAD_BYTES, length) };
    case undefined:
      throw new RangeError(`expected a type of values below ${MAP_TYPES.length}, found ${number}`);
  }
}
