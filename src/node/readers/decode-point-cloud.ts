import type { LidarPoints } from '#shared/annotate/lidar/sweep';
import type { PointCloud } from '#shared/annotate/point-cloud';
import {
  LIDAR_PROPERTIES,
  PLY_BYTES,
  POINT_CLOUD_PROPERTIES,
  type PlyProperty,
} from '../writers/ply-properties.ts';
import { decodeNpzArrays } from './decode-npz.ts';

/**
 * A point cloud as it was written: `.npz`, or `.ply` with the properties that Diorama writes, told apart by the
 * end of the name.
 *
 * @throws Error saying what the file is instead.
 */
export function decodePointCloud(path: string, bytes: Buffer): PointCloud {
  if (!path.endsWith('.npz')) {
    const { count, ...arrays } = decodePly(bytes, POINT_CLOUD_PROPERTIES, {
      points: Float32Array,
      colors: Uint8Array,
      instanceIds: Uint16Array,
      categoryIds: Uint16Array,
    });
    return { count, ...arrays };
  }
  const { count, take } = openNpz(bytes);
  return {
    count,
    points: take('points', Float32Array, [3]),
    colors: take('colors', Uint8Array, [3]),
    instanceIds: take('instance_id', Uint16Array, []),
    categoryIds: take('category_id', Uint16Array, []),
  };
}

/**
 * The points of a lidar as they were written, likewise.
 *
 * @throws Error saying what the file is instead.
 */
export function decodeLidarPoints(path: string, bytes: Buffer): LidarPoints {
  if (!path.endsWith('.npz')) {
    return decodePly(bytes, LIDAR_PROPERTIES, {
      points: Float32Array,
      intensities: Float32Array,
      ranges: Float32Array,
      trueRanges: Float32Array,
      instanceIds: Uint16Array,
      categoryIds: Uint16Array,
      rings: Uint16Array,
      columns: Uint16Array,
    });
  }
  const { count, take } = openNpz(bytes);
  return {
    count,
    points: take('points', Float32Array, [3]),
    intensities: take('intensity', Float32Array, []),
    ranges: take('range', Float32Array, []),
    trueRanges: take('true_range', Float32Array, []),
    instanceIds: take('instance_id', Uint16Array, []),
    categoryIds: take('category_id', Uint16Array, []),
    rings: take('ring', Uint16Array, []),
    columns: take('column', Uint16Array, []),
  };
}

type Values = Float32Array | Uint16Array | Uint8Array;
type Constructor<T> = new (count: number) => T;

/** Arrays of a file by their names, each with a row for each of its points. */
function openNpz(bytes: Buffer): Readonly<{
  count: number;
  take: <T>(name: string, type: Constructor<T>, columns: readonly number[]) => T;
}> {
  const arrays = new Map(decodeNpzArrays(bytes).map((array) => [array.name, array]));
  const count = arrays.get('points')?.shape[0] ?? NaN;
  return {
    count,
    take(name, type, columns) {
      const array = arrays.get(name);
      const shape = [count, ...columns];
      if (array?.values instanceof type && array.shape.join() === shape.join()) return array.values;
      const found = array
        ? `[${array.shape.join(', ')}] of ${array.values.constructor.name}`
        : 'none';
      throw new Error(`expected ${name} [${shape.join(', ')}] of ${type.name}, found ${found}`);
    },
  };
}

/** Vertices with these properties, into arrays of these types. */
function decodePly<A extends string, T extends Readonly<Record<A, Constructor<Values>>>>(
  bytes: Buffer,
  properties: readonly PlyProperty<A>[],
  types: T,
): Readonly<{ count: number } & { [K in keyof T]: InstanceType<T[K]> }> {
  const { start, count } = readHeader(bytes, properties);
  const strides = new Map(properties.map(({ array, stride }) => [array, stride]));
  const names = Object.keys(types) as A[];
  const arrays = Object.fromEntries(
    names.map((name) => [name, new types[name](count * (strides.get(name) ?? NaN))]),
  ) as Record<A, Values>;
  for (let i = 0, at = start; i < count; i++) {
    for (const { type, array, stride, offset } of properties) {
      arrays[array][i * stride + offset] =
        type === 'float'
          ? bytes.readFloatLE(at)
          : type === 'ushort'
            ? bytes.readUInt16LE(at)
            : bytes.readUInt8(at);
      at += PLY_BYTES[type];
    }
  }
  return { count, ...arrays } as Readonly<
    { count: number } & { [K in keyof T]: InstanceType<T[K]> }
  >;
}

/** Where the vertices begin, and how many they are. */
function readHeader(
  bytes: Buffer,
  expected: readonly PlyProperty<string>[],
): Readonly<{ start: number; count: number }> {
  const mark = 'end_header\n';
  const start = bytes.indexOf(mark) + mark.length;
  if (bytes.toString('latin1', 0, 4) !== 'ply\n' || start < mark.length) {
    throw new Error('it is no PLY file');
  }
  const lines = bytes.toString('latin1', 0, start).split('\n');
  const found = lines.filter((line) => line.startsWith('property '));
  const properties = expected.map(({ type, name }) => `${type} ${name}`);
  if (found.join() !== properties.map((text) => `property ${text}`).join()) {
    throw new Error(`expected the properties ${properties.join(', ')}, found ${found.join()}`);
  }
  const count = Number(/^element vertex (\d+)$/m.exec(lines.join('\n'))?.[1] ?? NaN);
  if (!lines.includes('format binary_little_endian 1.0') || Number.isNaN(count)) {
    throw new Error('expected binary_little_endian 1.0 with an element vertex');
  }
  const size = expected.reduce((sum, { type }) => sum + PLY_BYTES[type], 0);
  if (bytes.length - start !== count * size) {
    throw new Error(
      `expected ${count} vertices of ${size} bytes, found ${bytes.length - start} bytes`,
    );
  }
  return { start, count };
}
