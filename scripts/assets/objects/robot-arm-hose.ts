import { CatmullRomCurve3, Vector3 } from 'three';
import type { MaterialSpec, Part } from '../lib/asset-model.ts';
import { geometryFromArrays } from '../lib/mesh-arrays.ts';
import { weightedNormals } from '../lib/weighted-normals.ts';

/** Where the hose runs, and which joint holds it there; between two clamps it hangs in a loop. */
const HOSE: readonly (readonly [joint: string, at: readonly [number, number, number]])[] = [
  ['turntable', [-6, 92, -40]],
  ['turntable', [2, 98, -58]],
  ['turntable', [26, 128, -82]],
  ['shoulder', [62, 170, -62]],
  ['shoulder', [80, 200, -38]],
  ['shoulder', [82, 216, -38]],
  ['shoulder', [74, 262, -66]],
  ['elbow', [44, 322, -70]],
  ['elbow', [16, 362, -34]],
  ['elbow', [15, 378, -34]],
  ['elbow', [4, 420, -62]],
  ['wrist-lift', [-24, 462, -66]],
  ['wrist-pan', [-42, 486, -40]],
  ['wrist-pan', [-42, 488, -22]],
];
const HOSE_RADIUS = 7;
const SIDES = 7;

/** A corrugated hose, which bends smoothly from joint to joint. */
export function robotArmHose(material: MaterialSpec): Part {
  const curve = new CatmullRomCurve3(HOSE.map(([, at]) => new Vector3(...at)));
  curve.arcLengthDivisions = 600;
  const rings = Math.round(curve.getLength() / 3.4);
  const frames = curve.computeFrenetFrames(rings);
  const mesh = { positions: [] as number[], uvs: [] as number[], indices: [] as number[] };
  for (let i = 0; i <= rings; i++) {
    const middle = curve.getPointAt(i / rings);
    const radius = HOSE_RADIUS + (i % 2 === 0 ? 1.1 : -0.7);
    for (let j = 0; j <= SIDES; j++) {
      const turn = ((j % SIDES) / SIDES) * 2 * Math.PI;
      const point = middle
        .clone()
        .addScaledVector(frames.normals[i] ?? new Vector3(), radius * Math.cos(turn))
        .addScaledVector(frames.binormals[i] ?? new Vector3(), radius * Math.sin(turn));
      mesh.positions.push(...point.toArray());
      mesh.uvs.push(j / SIDES, i / rings);
    }
  }
  for (let i = 0; i < rings; i++) {
    for (let j = 0; j < SIDES; j++) {
      const a = i * (SIDES + 1) + j;
      const c = a + SIDES + 1;
      mesh.indices.push(a, a + 1, c + 1, a, c + 1, c);
    }
  }
  return {
    name: 'hose',
    geometry: weightedNormals(geometryFromArrays(mesh), 120),
    material,
    carriedBy: (point) => carriersAlong(curve, point),
  };
}

/** Shares of two joints by where a point is along the hose: from one clamp to the next they pass smoothly. */
function carriersAlong(
  curve: CatmullRomCurve3,
  point: Vector3,
): readonly (readonly [string, number])[] {
  const spans = HOSE.length - 1;
  let [best, nearest] = [0, Infinity];
  for (let i = 0; i <= spans * 16; i++) {
    const distance = curve.getPoint(i / (spans * 16)).distanceToSquared(point);
    if (distance < nearest) [best, nearest] = [i / 16, distance];
  }
  const from = Math.min(spans - 1, Math.floor(best));
  const t = best - from;
  const [first, second] = [HOSE[from]?.[0] ?? '', HOSE[from + 1]?.[0] ?? ''];
  if (first === second) return [[first, 1]];
  const share = t * t * (3 - 2 * t);
  return [
    [first, 1 - share],
    [second, share],
  ];
}
