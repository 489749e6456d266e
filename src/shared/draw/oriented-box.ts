import type { Bounds, Mat4, Vec3 } from '../core/geometry.ts';
import { transformPoint } from '../core/matrix.ts';

/** A box with its place, as a record has it. */
export type PosedBox = Readonly<{ cameraFromObject: Mat4; scale: Vec3; bounds: Bounds }>;

/** An edge of a box in the camera's frame, and whether a face that looks at the camera has it. */
export type BoxEdge = Readonly<{ from: Vec3; to: Vec3; facing: boolean }>;

const corner = ({ min, max }: Bounds, scale: Vec3, index: number): Vec3 => [
  ((index & 1) === 0 ? min : max)[0] * scale[0],
  ((index & 2) === 0 ? min : max)[1] * scale[1],
  ((index & 4) === 0 ? min : max)[2] * scale[2],
];

/** The corners of a box in the camera's frame, metres; bits 0, 1, 2 pick the max side of x, y, z (labels.md §7). */
export function boxCorners({ cameraFromObject, scale, bounds }: PosedBox): readonly Vec3[] {
  return Array.from({ length: 8 }, (_, index) =>
    transformPoint(cameraFromObject, corner(bounds, scale, index)),
  );
}

/** Corners of the six faces: the min and the max side along x, y and z. */
const FACES: readonly (readonly number[])[] = ([1, 2, 4] as const).flatMap((bit) =>
  [0, bit].map((side) => [0, 1, 2, 3, 4, 5, 6, 7].filter((index) => (index & bit) === side)),
);

const subtract = (p: Vec3, q: Vec3): Vec3 => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
const dot = (p: Vec3, q: Vec3): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
const mean = (points: readonly Vec3[]): Vec3 => {
  const sum = (axis: 0 | 1 | 2): number => points.reduce((total, p) => total + p[axis], 0);
  return [sum(0) / points.length, sum(1) / points.length, sum(2) / points.length];
};

/** The twelve edges of a box in the camera's frame, whose camera stands at the origin. */
export function boxEdges(box: PosedBox): readonly BoxEdge[] {
  const corners = boxCorners(box);
  const center = mean(corners);
  const facing = FACES.map((face) => {
    const middle = mean(face.map((index) => corners[index] ?? center));
    // From the box's centre to the face's is outwards; from the face to the camera is minus the face.
    return dot(subtract(middle, center), middle) < 0;
  });
  const edges: BoxEdge[] = [];
  for (let index = 0; index < 8; index++) {
    for (const bit of [1, 2, 4]) {
      if ((index & bit) !== 0) continue;
      const ends = [index, index | bit];
      const [from = center, to = center] = ends.map((end) => corners[end]);
      const seen = FACES.some(
        (face, i) => facing[i] === true && ends.every((end) => face.includes(end)),
      );
      edges.push({ from, to, facing: seen });
    }
  }
  return edges;
}
