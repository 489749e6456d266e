import { Vector3 } from 'three';

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/** The tennis seam as dense points of its space curve on the unit sphere. */
const TENNIS_CURVE: readonly Vector3[] = Array.from({ length: 160 }, (_, i) => {
  const t = (i / 160) * 2 * Math.PI;
  const [a, b] = [0.75, 0.25];
  return new Vector3(
    a * Math.cos(t) + b * Math.cos(3 * t),
    a * Math.sin(t) - b * Math.sin(3 * t),
    2 * Math.sqrt(a * b) * Math.sin(2 * t),
  ).normalize();
});

/** Distance from the tennis seam in radians. */
export function tennisSeam(direction: Vector3): number {
  let nearest = -1;
  for (const point of TENNIS_CURVE) nearest = Math.max(nearest, point.dot(direction));
  return Math.acos(Math.min(1, nearest));
}

const PENTAGONS: readonly Vector3[] = [-1, 1].flatMap((a) =>
  [-GOLDEN, GOLDEN].flatMap((b) =>
    [new Vector3(0, a, b), new Vector3(a, b, 0), new Vector3(b, 0, a)].map((p) => p.normalize()),
  ),
);

const HEXAGONS: readonly Vector3[] = [
  ...[-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => new Vector3(x, y, z)))),
  ...[-1, 1].flatMap((a) =>
    [-1, 1].flatMap((b) => [
      new Vector3(0, a * GOLDEN, b / GOLDEN),
      new Vector3(a / GOLDEN, 0, b * GOLDEN),
      new Vector3(a * GOLDEN, b / GOLDEN, 0),
    ]),
  ),
].map((p) => p.normalize());

/** Panels of a truncated icosahedron are cut by planes; these are the planes' distances. */
const PENTAGON_DISTANCE = 0.9393;
const HEXAGON_DISTANCE = 0.915;

/** Which panel of a classic football a direction hits and the distance to its seam in radians. */
export function footballPanels(direction: Vector3): { pentagon: boolean; edge: number } {
  const scores = [
    ...PENTAGONS.map((p) => ({ pentagon: true, score: p.dot(direction) / PENTAGON_DISTANCE })),
    ...HEXAGONS.map((p) => ({ pentagon: false, score: p.dot(direction) / HEXAGON_DISTANCE })),
  ].sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  return {
    pentagon: best?.pentagon ?? false,
    edge: ((best?.score ?? 0) - (second?.score ?? 0)) * 1.4,
  };
}

/** Distance from a basketball's channels: two great circles and two bowed side lines. */
export function basketballSeam(direction: Vector3): number {
  const bow = Math.abs(Math.abs(direction.x) - 0.58 - 0.22 * direction.y * direction.y);
  return Math.min(Math.abs(direction.y), Math.abs(direction.x), bow);
}
