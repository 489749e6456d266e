import type { ShapeSpec } from '#shared/config/scene-schema';
import type { Bounds, Vec3 } from '#shared/core/geometry';

/** Thickness of a backdrop's sheet behind and below its face, metres; page/scene/shape-geometry.ts draws it so. */
const BACKDROP_THICKNESS_METERS = 0.01;

const around = (x: number, y: number, z: number): Bounds => ({
  min: [-x, -y, -z] as Vec3,
  max: [x, y, z],
});

/**
 * Bounds of a shape in its node's frame, metres. Spheres and cylinders get those of the round body,
 * which hold the facets that are drawn.
 */
export function shapeBounds(shape: ShapeSpec): Bounds {
  switch (shape.kind) {
    case 'box':
      return around(shape.size[0] / 2, shape.size[1] / 2, shape.size[2] / 2);
    case 'plane':
      return around(shape.size[0] / 2, 0, shape.size[1] / 2);
    case 'sphere':
      return around(shape.radius, shape.radius, shape.radius);
    case 'cylinder':
      return around(shape.radius, shape.height / 2, shape.radius);
    case 'backdrop':
      return {
        min: [
          -shape.width / 2,
          -BACKDROP_THICKNESS_METERS,
          -shape.depth / 2 - BACKDROP_THICKNESS_METERS,
        ],
        max: [shape.width / 2, shape.height, shape.depth / 2],
      };
  }
}
