import { DoubleSide, Mesh, MeshStandardMaterial } from 'three';
import type { ShapeSpec } from '#shared/config/scene-schema';
import { BARE } from '../materials/material-pool.ts';
import { createShapeGeometry } from './shape-geometry.ts';

/** A shape with the material that it has where nothing changes it. */
export function createShapeMesh(shape: ShapeSpec): Mesh {
  const material = new MeshStandardMaterial({ color: 0xb8b8b8, roughness: 0.8, metalness: 0 });
  material.name = shape.kind;
  material.userData[BARE] = true;
  // A plane has no thickness, so it is seen from both sides.
  if (shape.kind === 'plane') material.side = DoubleSide;
  return new Mesh(createShapeGeometry(shape), material);
}
