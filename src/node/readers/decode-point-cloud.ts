import type { PointCloud } from '#shared/annotate/point-cloud';
import { decodeNpzArrays } from './decode-npz.ts';

/** Properties of a vertex, as `encodePly` writes them, and their bytes. */
const PROPERTIES = [
  ...['x', 'y', 'z'].map((name) => `float ${name}`),
  ...['red', 'green', 'blue'].map((name) => `uchar ${name}`),
  ...['instance_id', 'category_id'].map((name) => `ushort ${name}`),
];
const VERTEX_BYTES = 19;

/**
 * A point cloud as it was written: `.npz`, or `.ply` with the properties that Diorama writes, told apart by the
 * end of the name.
 *
 * @throws Error saying what the file is instead.
 */
export function decodePointCloud(path: string, bytes: Buffer): PointCloud {
  return path.endsWith('.npz') ? decodeNpzCloud(bytes) : decodePly(bytes);
}

function decodeNpzCloud(bytes: Buffer): PointCloud {
  const arrays = new Map(decodeNpzArrays(bytes).map((array) => [array.name, array]));
  const count = arrays.get('points')?.shape[0] ?? NaN;
  const take = <T>(name: string, type: new () => T, columns: readonly number[]): T => {
    const array = arrays.get(name);
    const shape = [count, ...columns];
    if (array?.values instanceof type && array.shape.join() === shape.join()) return array.values;
    const found = array
      ? `[${array.shape.join(', ')}] of ${array.values.constructor.name}`
      : 'none';
    throw new Error(`expected ${name} [${shape.join(', ')}] of ${type.name}, found ${found}`);
  };
  return {
    count,
    points: take('points', Float32Array, [3]),
    colors: take('colors', Uint8Array, [3]),
    instanceIds: take('instance_id', Uint16Array, []),
    categoryIds: take('category_id', Uint16Array, []),
  };
}

function decodePly(bytes: Buffer): PointCloud {
  const mark = 'end_header\n';
  const start = bytes.indexOf(mark) + mark.length;
  if (bytes.toString('latin1', 0, 4) !== 'ply\n' || start < mark.length) {
    throw new Error('it is no PLY file');
  }
  const lines = bytes.toString('latin1', 0, start).split('\n');
  const properties = lines.filter((line) => line.startsWith('property '));
  if (properties.join() !== PROPERTIES.map((text) => `property ${text}`).join()) {
    throw new Error(`expected the properties ${PROPERTIES.join(', ')}, found ${properties.join()}`);
  }
  const count = Number(/^element vertex (\d+)$/m.exec(lines.join('\n'))?.[1] ?? NaN);
  if (!lines.includes('format binary_little_endian 1.0') || Number.isNaN(count)) {
    throw new Error('expected binary_little_endian 1.0 with an element vertex');
  }
  if (bytes.length - start !== count * VERTEX_BYTES) {
    throw new Error(
      `expected ${count} vertices of ${VERTEX_BYTES} bytes, found ${bytes.length - start} bytes`,
    );
  }
  const cloud = {
    count,
    points: new Float32Array(count * 3),
    colors: new Uint8Array(count * 3),
    instanceIds: new Uint16Array(count),
    categoryIds: new Uint16Array(count),
  };
  for (let i = 0, at = start; i < count; i++, at += VERTEX_BYTES) {
    for (let axis = 0; axis < 3; axis++) {
      cloud.points[i * 3 + axis] = bytes.readFloatLE(at + axis * 4);
      cloud.colors[i * 3 + axis] = bytes.readUInt8(at + 12 + axis);
    }
    cloud.instanceIds[i] = bytes.readUInt16LE(at + 15);
    cloud.categoryIds[i] = bytes.readUInt16LE(at + 17);
  }
  return cloud;
}
