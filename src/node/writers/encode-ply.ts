import type { PointCloud } from '#shared/annotate/point-cloud';

/** Three floats, three bytes, two 16-bit numbers. */
const VERTEX_BYTES = 19;

/**
 * A point cloud as binary little-endian PLY (G. Turk, "The PLY Polygon File Format", 1994), with the names
 * of properties that readers know.
 */
export function encodePly({ count, points, colors, instanceIds, categoryIds }: PointCloud): Buffer {
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    'comment camera frame, metres: x right, y down, z forward',
    `element vertex ${count}`,
    ...['x', 'y', 'z'].map((name) => `property float ${name}`),
    ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`),
    ...['instance_id', 'category_id'].map((name) => `property ushort ${name}`),
    'end_header\n',
  ].join('\n');
  const body = Buffer.alloc(count * VERTEX_BYTES);
  for (let i = 0, at = 0; i < count; i++, at += VERTEX_BYTES) {
    for (let axis = 0; axis < 3; axis++) {
      body.writeFloatLE(points[i * 3 + axis] ?? NaN, at + axis * 4);
      body.writeUInt8(colors[i * 3 + axis] ?? 0, at + 12 + axis);
    }
    body.writeUInt16LE(instanceIds[i] ?? 0, at + 15);
    body.writeUInt16LE(categoryIds[i] ?? 0, at + 17);
  }
  return Buffer.concat([Buffer.from(header, 'latin1'), body]);
}
