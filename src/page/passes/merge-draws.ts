import { Box3, Frustum, Matrix4, Sphere, Vector3, type Camera } from 'three';
import type { PlacedDraw } from './label-scene.ts';

/**
 * By how much boxes are loosened before they are told apart, as a share of how far away and how large they are: far more
 * than depths of float32 are rounded by.
 */
const LOOSE = 1e-4;

/** Labelled surfaces in the order in which they are drawn: by program, then from near to far. Those out of sight are left out. */
export function drawsInOrder(draws: readonly PlacedDraw[], camera: Camera): readonly PlacedDraw[] {
  const clipFromWorld = new Matrix4().multiplyMatrices(
    camera.projectionMatrix,
    camera.matrixWorldInverse,
  );
  const frustum = new Frustum().setFromProjectionMatrix(
    clipFromWorld,
    camera.coordinateSystem,
    camera.reversedDepth,
  );
  const found = draws.flatMap((draw, place) => {
    const { geometry, matrixWorld } = draw.mesh;
    const ball = (geometry.boundingSphere ?? new Sphere()).clone().applyMatrix4(matrixWorld);
    if (!frustum.intersectsSphere(ball)) return [];
    const depth = -ball.center.applyMatrix4(camera.matrixWorldInverse).z;
    return [{ draw, place, depth, program: draw.look.material.id }];
  });
  found.sort((a, b) => a.program - b.program || a.depth - b.depth || a.place - b.place);
  return found.map(({ draw }) => draw);
}

/**
 * Draws of equal keys together, but for those that would change places with another whose box they may touch: of two
 * surfaces at the very same depth the later one is seen, and so no pixel depends on what is drawn at once.
 * @param draws in order
 */
export function mergeDraws(
  draws: readonly PlacedDraw[],
  camera: Camera,
): readonly (readonly PlacedDraw[])[] {
  if (draws.every(({ look }) => look.copiesAtOnce === 1)) return draws.map((draw) => [draw]);
  const earlier = touchedBefore(draws.map(({ mesh }) => looseBox(mesh, camera)));
  const groups: PlacedDraw[][] = [];
  const groupOf: number[] = [];
  const latest = new Map<string, number>();
  for (const [at, draw] of draws.entries()) {
    const behind = Math.max(-1, ...(earlier[at] ?? []).map((one) => groupOf[one] ?? -1));
    const open = latest.get(draw.look.key) ?? -1;
    const group = open >= behind && open >= 0 ? open : groups.length;
    if (group === groups.length) groups.push([]);
    groups[group]?.push(draw);
    groupOf.push(group);
    latest.set(draw.look.key, group);
  }
  return groups;
}

function looseBox({ geometry, matrixWorld }: PlacedDraw['mesh'], camera: Camera): Box3 {
  const box = (geometry.boundingBox ?? new Box3()).clone().applyMatrix4(matrixWorld);
  const eye = new Vector3().setFromMatrixPosition(camera.matrixWorld);
  const size = box.getSize(new Vector3()).length();
  return box.expandByScalar(LOOSE * (eye.distanceTo(box.getCenter(new Vector3())) + size));
}

/** For each box those before it that it touches: a sweep along x, over boxes by where they begin. */
function touchedBefore(boxes: readonly Box3[]): readonly (readonly number[])[] {
  const found = boxes.map((): number[] => []);
  const order = [...boxes.entries()].sort(([, a], [, b]) => a.min.x - b.min.x);
  let open: (readonly [number, Box3])[] = [];
  for (const [at, box] of order) {
    open = open.filter(([, { max }]) => max.x >= box.min.x);
    for (const [other, otherBox] of open)
      if (box.intersectsBox(otherBox)) found[Math.max(at, other)]?.push(Math.min(at, other));
    open.push([at, box]);
  }
  return found;
}
