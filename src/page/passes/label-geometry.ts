import {
  Box3,
  BufferAttribute,
  InstancedBufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  Sphere,
  Vector3,
  type BufferGeometry,
  type Mesh,
} from 'three';

/** A run of a geometry's elements that one material draws. */
export type DrawGroup = Readonly<{ start: number; count: number }>;

/**
 * Rows of a triangle in the corner table: its corners, then the first two again, so that the three
 * attributes read from one row on always hold the whole triangle, starting at the row's own corner.
 */
const ROWS = 5;

/**
 * The triangles of a mesh as the label pass draws them: each vertex carries all three corners of its
 * triangle (`cornerA` its own, `cornerB` and `cornerC` the next ones in order), from one table that is
 * read at three offsets. With `uvChannel`, texture coordinates likewise.
 *
 * Positions are in the mesh's own frame, skin and morph targets applied.
 */
export function createLabelGeometry(
  mesh: Mesh,
  group: DrawGroup,
  uvChannel: number | null,
): InstancedBufferGeometry {
  const source = mesh.geometry;
  const corners = cornerIndices(source, group);
  const triangles = Math.floor(corners.length / 3);
  const geometry = new InstancedBufferGeometry();
  const point = new Vector3();
  const positions = fillTable(corners, triangles, {
    size: 3,
    read: (vertex, out, at) => mesh.getVertexPosition(vertex, point).toArray(out, at),
  });
  addCorners(geometry, positions, { size: 3, names: ['cornerA', 'cornerB', 'cornerC'] });
  if (uvChannel !== null) {
    const uv = source.getAttribute(uvChannel === 0 ? 'uv' : `uv${uvChannel}`);
    if (uv === undefined)
      throw new RangeError(`has no texture coordinates for channel ${uvChannel}`);
    const table = fillTable(corners, triangles, {
      size: 2,
      read: (vertex, out, at) => {
        out[at] = uv.getX(vertex);
        out[at + 1] = uv.getY(vertex);
      },
    });
    addCorners(geometry, table, { size: 2, names: ['uvA', 'uvB', 'uvC'] });
  }
  geometry.setIndex(new BufferAttribute(triangleIndex(triangles), 1));
  const points = pointsOf(positions);
  geometry.boundingBox = new Box3().setFromPoints(points);
  geometry.boundingSphere =
    points.length === 0 ? new Sphere(new Vector3(), -1) : new Sphere().setFromPoints(points);
  return geometry;
}

function cornerIndices(source: BufferGeometry, { start, count }: DrawGroup): Uint32Array {
  const index = source.getIndex();
  const total = index?.count ?? source.getAttribute('position')?.count ?? 0;
  const first = Math.max(start, source.drawRange.start);
  const end = Math.min(total, start + count, source.drawRange.start + source.drawRange.count);
  const length = Math.max(0, Math.floor((end - first) / 3) * 3);
  return Uint32Array.from({ length }, (_, i) => (index ? index.getX(first + i) : first + i));
}

type Column = Readonly<{
  size: 2 | 3;
  read: (vertex: number, out: Float32Array, at: number) => void;
}>;

function fillTable(corners: Uint32Array, triangles: number, { size, read }: Column): Float32Array {
  const table = new Float32Array(triangles * ROWS * size);
  for (let triangle = 0; triangle < triangles; triangle++) {
    const row = triangle * ROWS * size;
    for (let corner = 0; corner < 3; corner++) {
      read(corners[triangle * 3 + corner] ?? 0, table, row + corner * size);
    }
    table.copyWithin(row + 3 * size, row, row + 2 * size);
  }
  return table;
}

type Columns = Readonly<{ size: 2 | 3; names: readonly [string, string, string] }>;

function addCorners(geometry: BufferGeometry, table: Float32Array, { size, names }: Columns): void {
  const buffer = new InterleavedBuffer(table, size);
  for (const [offset, name] of names.entries()) {
    geometry.setAttribute(name, new InterleavedBufferAttribute(buffer, size, offset * size));
  }
}

function triangleIndex(triangles: number): Uint32Array {
  return Uint32Array.from({ length: triangles * 3 }, (_, i) => Math.floor(i / 3) * ROWS + (i % 3));
}

function pointsOf(positions: Float32Array): Vector3[] {
  const points: Vector3[] = [];
  for (let i = 0; i + 2 < positions.length; i += 3) {
    points.push(new Vector3(positions[i], positions[i + 1], positions[i + 2]));
  }
  return points;
}
