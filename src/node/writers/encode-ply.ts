import type { LidarPoints } from '#shared/annotate/lidar/sweep';
import type { PointCloud } from '#shared/annotate/point-cloud';
import {
  LIDAR_PROPERTIES,
  POINT_CLOUD_PROPERTIES,
  PLY_BYTES,
  type PlyProperty,
} from './ply-properties.ts';

/** A point cloud, with the names of properties that readers know. */
export const encodePly = (cloud: PointCloud): Buffer =>
  encodeVertices(cloud.count, {
    comment: 'camera frame, metres: x right, y down, z forward',
    properties: POINT_CLOUD_PROPERTIES,
    valueOf: ({ array, stride, offset }, i) => cloud[array][i * stride + offset],
  });

/** The points of a lidar. */
export const encodeLidarPly = (points: LidarPoints): Buffer =>
  encodeVertices(points.count, {
    comment: 'lidar frame, metres: x forward, y left, z up',
    properties: LIDAR_PROPERTIES,
    valueOf: ({ array, stride, offset }, i) => points[array][i * stride + offset],
  });

type Vertices<A extends string> = Readonly<{
  comment: string;
  properties: readonly PlyProperty<A>[];
  valueOf: (property: PlyProperty<A>, vertex: number) => number | undefined;
}>;

/** Vertices as binary little-endian PLY (G. Turk, "The PLY Polygon File Format", 1994). */
function encodeVertices<A extends string>(
  count: number,
  { comment, properties, valueOf }: Vertices<A>,
): Buffer {
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    `comment ${comment}`,
    `element vertex ${count}`,
    ...properties.map(({ type, name }) => `property ${type} ${name}`),
    'end_header\n',
  ].join('\n');
  const bytes = properties.reduce((sum, { type }) => sum + PLY_BYTES[type], 0);
  const body = Buffer.alloc(count * bytes);
  for (let i = 0, at = 0; i < count; i++) {
    for (const property of properties) {
      const value = valueOf(property, i) ?? NaN;
      if (property.type === 'float') at = body.writeFloatLE(value, at);
      else if (property.type === 'ushort') at = body.writeUInt16LE(value, at);
      else at = body.writeUInt8(value, at);
    }
  }
  return Buffer.concat([Buffer.from(header, 'latin1'), body]);
}
