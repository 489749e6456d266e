import { Vector3, type BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { SvgRect } from './svg-textures.ts';
import { svgPanel } from './svg-textures.ts';

/** Size of a box in millimetres and the radius of its edges. */
export interface BoxSpec {
  width: number;
  height: number;
  depth: number;
  radius: number;
  /** Steps of each rounded edge; 3 when absent. */
  steps?: number;
}

/** The six faces: right is +X, top +Y, front +Z. */
export type FaceName = 'right' | 'left' | 'top' | 'bottom' | 'front' | 'back';

/** Order of the material groups of three's box geometries. */
const GROUP_ORDER: readonly FaceName[] = ['right', 'left', 'top', 'bottom', 'front', 'back'];

/** Where each face lies in a texture, in millimetres from the top left. */
export interface BoxAtlas {
  width: number;
  height: number;
  faces: Record<FaceName, SvgRect>;
}

/** Lays the faces out: left, front, right, back in one row, top and bottom below. */
export function boxAtlas(box: BoxSpec): BoxAtlas {
  const { width: w, height: h, depth: d } = box;
  return {
    width: 2 * (w + d),
    height: h + d,
    faces: {
      left: { x: 0, y: 0, width: d, height: h },
      front: { x: d, y: 0, width: w, height: h },
      right: { x: d + w, y: 0, width: d, height: h },
      back: { x: 2 * d + w, y: 0, width: w, height: h },
      top: { x: 0, y: h, width: w, height: d },
      bottom: { x: w, y: h, width: w, height: d },
    },
  };
}

/** An atlas that shows one square drawing per face in a 3 × 2 grid (cubes, dice). */
export function cubeAtlas(size: number): BoxAtlas {
  const cell = (column: number, row: number): SvgRect => ({
    x: column * size,
    y: row * size,
    width: size,
    height: size,
  });
  return {
    width: 3 * size,
    height: 2 * size,
    faces: {
      front: cell(0, 0),
      right: cell(1, 0),
      back: cell(2, 0),
      left: cell(0, 1),
      top: cell(1, 1),
      bottom: cell(2, 1),
    },
  };
}

/** Assembles face drawings (each in millimetres from its top left) into the atlas drawing. */
export function atlasSvg(
  atlas: BoxAtlas,
  drawFace: (name: FaceName, rect: SvgRect) => string,
): string {
  return GROUP_ORDER.map((name) =>
    svgPanel(atlas.faces[name], drawFace(name, atlas.faces[name])),
  ).join('');
}

/** A box with rounded edges, centred on the origin, in millimetres; UVs follow the atlas when given. */
export function roundedBox(box: BoxSpec, atlas?: BoxAtlas): BufferGeometry {
  const geometry = new RoundedBoxGeometry(
    box.width,
    box.height,
    box.depth,
    box.steps ?? 3,
    box.radius,
  );
  const uv = geometry.getAttribute('uv');
  if (atlas) {
    geometry.groups.forEach((group) => {
      const face = atlas.faces[GROUP_ORDER[group.materialIndex ?? 0] ?? 'front'];
      for (let i = group.start; i < group.start + group.count; i++) {
        const u = Math.min(1, Math.max(0, uv.getX(i)));
        const v = Math.min(1, Math.max(0, uv.getY(i)));
        uv.setXY(
          i,
          (face.x + u * face.width) / atlas.width,
          1 - (face.y + (1 - v) * face.height) / atlas.height,
        );
      }
    });
  }
  geometry.clearGroups();
  return mergeVertices(geometry, 1e-4);
}

/** Maps UVs by projecting along an axis, the texture spanning `span` millimetres around the origin. */
export function planarUv(
  geometry: BufferGeometry,
  right: Vector3,
  frame: { up: Vector3; spanX: number; spanY: number },
): BufferGeometry {
  const position = geometry.getAttribute('position');
  const uv = geometry.getAttribute('uv');
  const point = new Vector3();
  for (let i = 0; i < position.count; i++) {
    point.fromBufferAttribute(position, i);
    uv.setXY(i, 0.5 + point.dot(right) / frame.spanX, 0.5 + point.dot(frame.up) / frame.spanY);
  }
  return geometry;
}
