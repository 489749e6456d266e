/** Bytes of the types that we write. */
export const PLY_BYTES = { float: 4, ushort: 2, uchar: 1 } as const;

/** A property of a vertex, and where it stands: every `stride`-th value of an array from `offset` on. */
export type PlyProperty<A extends string> = Readonly<{
  name: string;
  type: keyof typeof PLY_BYTES;
  array: A;
  stride: number;
  offset: number;
}>;

type Type = keyof typeof PLY_BYTES;

const one = <A extends string>(name: string, type: Type, array: A): PlyProperty<A> => ({
  name,
  type,
  array,
  stride: 1,
  offset: 0,
});

const three = <A extends string>(
  names: readonly string[],
  type: Type,
  array: A,
): readonly PlyProperty<A>[] =>
  names.map((name, offset) => ({ name, type, array, stride: 3, offset }));

/** Of a point cloud, in the order of the file. */
export const POINT_CLOUD_PROPERTIES = [
  ...three(['x', 'y', 'z'], 'float', 'points'),
  ...three(['red', 'green', 'blue'], 'uchar', 'colors'),
  one('instance_id', 'ushort', 'instanceIds'),
  one('category_id', 'ushort', 'categoryIds'),
] as const;

/** Of a lidar's points, in the order of the file. */
export const LIDAR_PROPERTIES = [
  ...three(['x', 'y', 'z'], 'float', 'points'),
  one('intensity', 'float', 'intensities'),
  one('range', 'float', 'ranges'),
  one('true_range', 'float', 'trueRanges'),
  one('instance_id', 'ushort', 'instanceIds'),
  one('category_id', 'ushort', 'categoryIds'),
  one('ring', 'ushort', 'rings'),
  one('column', 'ushort', 'columns'),
] as const;
