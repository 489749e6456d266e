import {
  BoxGeometry,
  CylinderGeometry,
  ExtrudeGeometry,
  PlaneGeometry,
  Shape,
  SphereGeometry,
  type BufferGeometry,
} from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import type { ShapeSpec } from '#shared/config/scene-schema';

/** Arc segments of a backdrop's bend. */
const BEND_SEGMENTS = 24;

/** The triangles of a shape, in its node's frame, metres, Y up. */
export function createShapeGeometry(shape: ShapeSpec): BufferGeometry {
  switch (shape.kind) {
    case 'box':
      return shape.bevelMeters > 0
        ? new RoundedBoxGeometry(...shape.size, 3, shape.bevelMeters)
        : new BoxGeometry(...shape.size);
    case 'plane':
      return new PlaneGeometry(...shape.size).rotateX(-Math.PI / 2);
    case 'sphere':
      return new SphereGeometry(shape.radius, shape.segments, Math.ceil(shape.segments / 2));
    case 'cylinder':
      return new CylinderGeometry(shape.radius, shape.radius, shape.height, shape.segments);
    case 'backdrop':
      return createBackdrop(shape);
  }
}

/** Floor towards +Z, wall at −Z, joined by a quarter circle; a sheet with its outline in the YZ plane. */
function createBackdrop({
  width,
  height,
  depth,
  bendRadius,
}: Extract<ShapeSpec, { kind: 'backdrop' }>): BufferGeometry {
  const thickness = 0.01;
  const outline = new Shape();
  // Shape coordinates: x is −z of the node, y is up.
  outline.moveTo(-depth / 2, 0);
  outline.lineTo(depth / 2 - bendRadius, 0);
  outline.absarc(depth / 2 - bendRadius, bendRadius, bendRadius, -Math.PI / 2, 0, false);
  outline.lineTo(depth / 2, height);
  outline.lineTo(depth / 2 + thickness, height);
  outline.lineTo(depth / 2 + thickness, -thickness);
  outline.lineTo(-depth / 2, -thickness);
  const geometry = new ExtrudeGeometry(outline, {
    depth: width,
    bevelEnabled: false,
    curveSegments: BEND_SEGMENTS,
  });
  geometry.translate(0, 0, -width / 2).rotateY(Math.PI / 2);
  return smoothBend(geometry);
}

/** Normals of the bend follow its circle, so that it shades without facets. */
function smoothBend(geometry: BufferGeometry): BufferGeometry {
  geometry.deleteAttribute('normal');
  geometry.computeVertexNormals();
  const position = geometry.getAttribute('position');
  const normal = geometry.getAttribute('normal');
  const sums = new Map<string, [number, number, number]>();
  const keyOf = (i: number): string =>
    [position.getX(i), position.getY(i), position.getZ(i)].map((v) => Math.round(v * 1e5)).join();
  const facesAlike = (i: number, sum: readonly number[]): boolean =>
    normal.getX(i) * (sum[0] ?? 0) +
      normal.getY(i) * (sum[1] ?? 0) +
      normal.getZ(i) * (sum[2] ?? 0) >
    0.7;
  const groups: string[] = [];
  for (let i = 0; i < position.count; i++) {
    let key = keyOf(i);
    for (let sum = sums.get(key); sum && !facesAlike(i, unit(sum)); sum = sums.get(key)) key += '+';
    const sum = sums.get(key) ?? [0, 0, 0];
    sums.set(key, [sum[0] + normal.getX(i), sum[1] + normal.getY(i), sum[2] + normal.getZ(i)]);
    groups.push(key);
  }
  for (const [i, key] of groups.entries()) normal.setXYZ(i, ...unit(sums.get(key) ?? [0, 1, 0]));
  return geometry;
}

function unit([x, y, z]: readonly [number, number, number]): [number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  return [x / length, y / length, z / length];
}
