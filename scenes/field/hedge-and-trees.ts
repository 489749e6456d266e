/** What closes the field: a hedge and trees. */
import {
  Color,
  CylinderGeometry,
  Euler,
  Group,
  Matrix4,
  Quaternion,
  SphereGeometry,
  Vector3,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { foliage, instanced, named, numbers, painted } from './shapes.ts';

/** z of the hedge, m. */
const BACK = -46;

/** A lump of leaves; m. */
function lump(
  radii: readonly [number, number, number],
  at: readonly [number, number, number],
  seed: number,
): BufferGeometry {
  const random = numbers(seed);
  const geometry = new SphereGeometry(1, 9, 7);
  const place = geometry.getAttribute('position');
  const grown = new Map<string, number>();
  for (let i = 0; i < place.count; i++) {
    const [x, y, z] = [place.getX(i), place.getY(i), place.getZ(i)];
    const key = [x, y, z].map((value) => value.toFixed(3)).join();
    const grow = grown.get(key) ?? 0.82 + 0.36 * random();
    grown.set(key, grow);
    place.setXYZ(
      i,
      at[0] + radii[0] * grow * x,
      at[1] + radii[1] * grow * y,
      at[2] + radii[2] * grow * z,
    );
  }
  geometry.computeVertexNormals();
  return geometry;
}

/** Light above and dark below, as the leaves of a crown are. */
function leafy(lumps: readonly BufferGeometry[], tall: number): BufferGeometry {
  const joined = mergeGeometries([...lumps]);
  return painted(joined, ({ y }) =>
    new Color('#ffffff').multiplyScalar(0.45 + 0.55 * Math.min(1, y / tall)),
  );
}

function strewn(
  count: number,
  seed: number,
  placeOf: (u: number, random: () => number) => Vector3,
): Matrix4[] {
  const random = numbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const size = 0.75 + 0.5 * random();
    const turn = new Quaternion().setFromEuler(new Euler(0, random() * 6.28, 0));
    return new Matrix4().compose(
      placeOf((i + 0.5) / count, random),
      turn,
      new Vector3(size, size * (0.85 + 0.3 * random()), size),
    );
  });
}

/** A hedge along two sides of the field, and trees behind it; each tree is one thing. */
export function hedgeAndTrees(): Object3D[] {
  const bush = leafy(
    [lump([1.7, 1.3, 1.1], [0, 0.9, 0], 3), lump([1, 1.1, 0.9], [1.2, 0.8, 0.1], 8)],
    2.2,
  );
  const back = strewn(34, 4, (u, random) => new Vector3(-40 + 62 * u, -0.1, BACK - 1 + random()));
  const side = strewn(24, 6, (u, random) => new Vector3(14 + random(), -0.1, 10 - 56 * u));
  const crown = leafy(
    [
      lump([2.3, 2.2, 2.3], [0, 5, 0], 11),
      lump([1.7, 1.5, 1.6], [1.4, 4.1, 0.5], 12),
      lump([1.6, 1.5, 1.7], [-1.3, 4.3, -0.6], 13),
      lump([1.4, 1.3, 1.4], [0.1, 4, 1.6], 14),
      lump([1.3, 1.5, 1.3], [0.2, 6.5, -0.3], 15),
    ],
    7.2,
  );
  const trunk = painted(
    new CylinderGeometry(0.16, 0.28, 4, 8).translate(0, 1.9, 0),
    () => new Color('#6b5844'),
  );
  const tree = mergeGeometries([crown, trunk]);
  const trees = strewn(
    22,
    9,
    (u, random) => new Vector3(-46 + 84 * u, -0.1, BACK - 4 - 9 * random()),
  );
  return [
    named(new Group(), 'hedge', { category: 'hedge', castShadow: false }).add(
      named(instanced(bush, foliage.clone(), back), 'hedge-back', { castShadow: false }),
    ),
    named(new Group(), 'side-hedge', { category: 'hedge', castShadow: false }).add(
      named(instanced(bush, foliage.clone(), side), 'hedge-side', { castShadow: false }),
    ),
    named(instanced(tree, foliage.clone(), trees), 'tree-line', {
      category: 'tree',
      castShadow: false,
    }),
  ];
}
