import { BufferAttribute, Vector3, type BufferGeometry } from 'three';
import type { MaterialSpec, Part } from './asset-model.ts';
import type { Rig } from './rig-model.ts';
import { merged } from './solid.ts';

/** Where a geometry has how far a morph target moves its vertices. */
export const morphAttribute = (name: string): string => `morph-${name}`;

/**
 * Writes into the geometry of each part which joints carry its vertices (`skinIndex`, `skinWeight` in shares of
 * 255) and how far morph targets move them, and joins the parts of a material.
 */
export function bindParts(parts: readonly Part[], rig: Rig): Part[] {
  const byMaterial = new Map<MaterialSpec, BufferGeometry[]>();
  for (const part of parts) {
    const geometry = part.geometry.clone();
    carry(geometry, part, rig);
    for (const name of rig.morphTargets) move(geometry, name, part);
    byMaterial.set(part.material, [...(byMaterial.get(part.material) ?? []), geometry]);
  }
  return [...byMaterial].map(([material, geometries]) => ({
    name: material.name,
    geometry: merged(geometries),
    material,
  }));
}

function carry(geometry: BufferGeometry, { name, carriedBy }: Part, { joints }: Rig): void {
  if (carriedBy === undefined) throw new Error(`no joint carries part ${name}`);
  const position = geometry.getAttribute('position');
  const [which, shares] = [new Uint8Array(position.count * 4), new Uint8Array(position.count * 4)];
  const point = new Vector3();
  for (let i = 0; i < position.count; i++) {
    point.fromBufferAttribute(position, i);
    const carriers = typeof carriedBy === 'string' ? ([[carriedBy, 1]] as const) : carriedBy(point);
    let sum = 0;
    carriers.forEach(([carrier, share], slot) => {
      const joint = joints.findIndex((each) => each.name === carrier);
      if (joint < 0) throw new Error(`part ${name} is carried by ${carrier}, which is no joint`);
      // Rounding sums, not shares, keeps their sum.
      const rounded = Math.round(255 * (sum + share)) - Math.round(255 * sum);
      sum += share;
      // A joint without a share is to be joint 0, says glTF.
      which[4 * i + slot] = rounded > 0 ? joint : 0;
      shares[4 * i + slot] = rounded;
    });
    if (Math.abs(sum - 1) > 1e-9)
      throw new Error(`part ${name}: shares of joints sum up to ${sum}`);
  }
  geometry.setAttribute('skinIndex', new BufferAttribute(which, 4));
  geometry.setAttribute('skinWeight', new BufferAttribute(shares, 4, true));
}

function move(geometry: BufferGeometry, target: string, { morphs }: Part): void {
  const { count } = geometry.getAttribute('position');
  const way = morphs?.[target] ?? [0, 0, 0];
  const offsets = Float32Array.from({ length: count * 3 }, (_, i) => way[i % 3] ?? 0);
  geometry.setAttribute(morphAttribute(target), new BufferAttribute(offsets, 3));
}
