import { ExtrudeGeometry, Shape, Vector2, type BufferGeometry } from 'three';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { weightedNormals } from './weighted-normals.ts';

/** An outline that is extruded along +Z, its middle at z = 0. */
export interface ExtrudeSpec {
  /** Corners in mm, anticlockwise seen from +Z. */
  outline: readonly (readonly [number, number])[];
  /** Thickness along z with both bevels, mm. */
  depth: number;
  /** Radius of the rounded edges, mm. */
  bevel: number;
  bevelSteps?: number;
  /** Edges sharper than this stay crisp, degrees; 40 when absent. */
  creaseDegrees?: number;
}

/** A plate cut to an outline, its edges rounded inwards; textures repeat every 200 mm. */
export function extruded(spec: ExtrudeSpec): BufferGeometry {
  const { bevel, depth } = spec;
  const shape = new Shape(spec.outline.map(([x, y]) => new Vector2(x, y)));
  const geometry = new ExtrudeGeometry(shape, {
    depth: depth - 2 * bevel,
    bevelEnabled: bevel > 0,
    bevelThickness: bevel,
    bevelSize: bevel,
    bevelOffset: -bevel,
    bevelSegments: spec.bevelSteps ?? 1,
    steps: 1,
  });
  geometry.translate(0, 0, bevel - depth / 2);
  geometry.clearGroups();
  geometry.deleteAttribute('normal');
  const uv = geometry.getAttribute('uv');
  for (let i = 0; i < uv.count; i++) uv.setXY(i, uv.getX(i) / 200, uv.getY(i) / 200);
  return weightedNormals(mergeVertices(geometry, 1e-3), spec.creaseDegrees);
}
