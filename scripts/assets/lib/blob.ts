import { IcosahedronGeometry, type BufferGeometry } from 'three';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { createNoise, fractal } from './noise.ts';
import { deformed } from './solid.ts';

/** A lump: an ellipsoid with bumps, as crowns of trees, stones and heaps are. */
export interface BlobSpec {
  seed: string;
  /** Half axes, mm. */
  radii: readonly [number, number, number];
  at?: readonly [number, number, number];
  /** Height of the bumps as a share of the radius. */
  rough: number;
  /** Bumps across the lump. */
  bumps: number;
  /** Subdivisions of the icosahedron: 1 has 42 corners, 2 has 92, 3 has 162. */
  detail: number;
  /** Edges sharper than this stay crisp, degrees: small for stone, large for leaves. */
  creaseDegrees?: number;
}

/** Builds the lump; spherical texture coordinates. */
export function blob(spec: BlobSpec): BufferGeometry {
  const sphere = new IcosahedronGeometry(1, spec.detail);
  sphere.deleteAttribute('normal');
  const noise = fractal(createNoise(spec.seed), 2);
  const [rx, ry, rz] = spec.radii;
  const [x, y, z] = spec.at ?? [0, 0, 0];
  return deformed(
    mergeVertices(sphere, 1e-4),
    (p) => {
      const { bumps: k } = spec;
      const grow = 1 + spec.rough * noise(p.x * k + 20, p.y * k + 20, p.z * k + 20);
      p.set(x + p.x * rx * grow, y + p.y * ry * grow, z + p.z * rz * grow);
    },
    spec.creaseDegrees ?? 180,
  );
}
