import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { describe, expect, it } from 'vitest';
import { encodePly } from '#node/writers/encode-ply';

const CLOUD = {
  count: 2,
  points: Float32Array.of(-1, 0.1, 2, 1e-3, 65.5, 3),
  colors: Uint8Array.of(0, 128, 255, 255, 0, 0),
  instanceIds: Uint16Array.of(0, 65535),
  categoryIds: Uint16Array.of(256, 1),
};
const HEADER = `ply
format binary_little_endian 1.0
comment camera frame, metres: x right, y down, z forward
element vertex 2
property float x
property float y
property float z
property uchar red
property uchar green
property uchar blue
property ushort instance_id
property ushort category_id
end_header
`;

describe('encodePly', () => {
  it('writes the header, then 19 bytes a point', () => {
    const bytes = encodePly(CLOUD);
    expect(bytes.toString('latin1', 0, HEADER.length)).toBe(HEADER);
    expect(bytes.length).toBe(HEADER.length + 2 * 19);
    const second = bytes.subarray(HEADER.length + 19);
    expect([0, 4, 8].map((at) => second.readFloatLE(at))).toEqual(
      Array.from(CLOUD.points.slice(3)),
    );
    expect([...second.subarray(12, 15)]).toEqual([255, 0, 0]);
    expect([second.readUInt16LE(15), second.readUInt16LE(17)]).toEqual([65535, 1]);
  });

  it('is read by three.js, ids included', () => {
    const loader = new PLYLoader();
    loader.setCustomPropertyNameMapping({ ids: ['instance_id', 'category_id'] });
    const geometry = loader.parse(new Uint8Array(encodePly(CLOUD)).buffer);
    const valuesOf = (name: string): number[] => Array.from(geometry.getAttribute(name).array);
    expect(valuesOf('position')).toEqual(Array.from(CLOUD.points));
    expect(valuesOf('ids')).toEqual([0, 256, 65535, 1]);
    // The loader turns sRGB into linear light; 0 and 255 stay.
    expect(valuesOf('color').slice(3)).toEqual([255, 0, 0]);
  });

  it('writes no points', () => {
    const none = new Float32Array(0);
    const empty = { count: 0, points: none, colors: new Uint8Array(0) };
    const ids = { instanceIds: new Uint16Array(0), categoryIds: new Uint16Array(0) };
    expect(encodePly({ ...empty, ...ids }).toString('latin1')).toContain('element vertex 0\n');
  });
});
