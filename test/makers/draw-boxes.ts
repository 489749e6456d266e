import type { GBuffers, NeighbourBuffers, Silhouette } from '#shared/annotate/annotations';
import type { Vec3 } from '#shared/core/geometry';
import { invertAffine, multiply } from '#shared/core/matrix';
import type { FramePlan, PlanInstance } from '#shared/plan/frame-plan';

/** Planar depth of an instance's box along the ray through (u, v) of the image, Infinity where it misses; and the normal there. */
type Hit = (u: number, v: number) => Readonly<{ meters: number; normal: Vec3 }>;

const MISS = { meters: Infinity, normal: [0, 0, 0] } as const;

/**
 * Rays against the oriented box of an instance, by the slabs of its sides (Kay and Kajiya, 1986). The ray of
 * depth 1 is (x, y, 1) in the camera's frame, so that its parameter is the planar depth.
 */
function hitBox({ camera }: FramePlan, instance: PlanInstance): Hit {
  const { fx, fy, cx, cy } = camera.intrinsics;
  const { worldFromObject, scale, bounds } = instance;
  if (bounds === null) return () => MISS;
  const m = multiply(invertAffine(worldFromObject), camera.worldFromCamera);
  const at = (row: number, column: number): number => m[row * 4 + column] ?? NaN;
  return (u, v) => {
    const [x, y] = [(u - cx) / fx, (v - cy) / fy];
    let [near, far] = [camera.nearMeters, camera.farMeters];
    let normal: Vec3 = [0, 0, 0];
    for (const axis of [0, 1, 2] as const) {
      const origin = at(axis, 3);
      const direction = at(axis, 0) * x + at(axis, 1) * y + at(axis, 2);
      const sides = [bounds.min[axis], bounds.max[axis]].map(
        (side) => (side * scale[axis] - origin) / direction,
      );
      const enters = Math.min(...sides);
      if (enters > near) {
        // The side's normal is the object's axis, against the ray: a row of objectFromCamera.
        const sign = direction > 0 ? -1 : 1;
        normal = [sign * at(axis, 0), sign * at(axis, 1), sign * at(axis, 2)];
      }
      near = Math.max(near, enters);
      far = Math.min(far, Math.max(...sides));
    }
    return near <= far && near > camera.nearMeters ? { meters: near, normal } : MISS;
  };
}

/** The box alone, one image size beyond the image on each side; null where nothing of it is there. */
function silhouetteOf(hit: Hit, instanceId: number, { size }: FramePlan): Silhouette | null {
  const [width, height] = [size.width * 3, size.height * 3];
  const mask = Uint8Array.from({ length: width * height }, (_, i) => {
    const [u, v] = [(i % width) - size.width, Math.floor(i / width) - size.height];
    return hit(u + 0.5, v + 0.5).meters < Infinity ? 1 : 0;
  });
  const tile = [-size.width, -size.height, width, height] as const;
  return mask.includes(1) ? { instanceId, tile, mask, clipped: false } : null;
}

/**
 * A renderer in arithmetic: each labelled instance is its box, point-sampled at pixel centres, behind them a
 * wall at 9 m; the colour tells ids and pixels apart.
 */
export function drawBoxes(plan: FramePlan): GBuffers {
  const { width, height } = plan.size;
  const pixels = width * height;
  const hits = plan.instances.map((instance) => hitBox(plan, instance));
  const instanceId = new Uint16Array(pixels);
  const depth = new Float32Array(pixels).fill(9);
  const color = new Uint8Array(pixels * 4);
  const normal = Float32Array.from({ length: pixels * 3 }, (_, i) => (i % 3 === 2 ? -1 : 0));
  for (let i = 0; i < pixels; i++) {
    for (const [index, hit] of hits.entries()) {
      const found = hit((i % width) + 0.5, Math.floor(i / width) + 0.5);
      if (found.meters >= (depth[i] ?? 0)) continue;
      depth[i] = found.meters;
      normal.set(found.normal, i * 3);
      instanceId[i] = plan.instances[index]?.instanceId ?? 0;
    }
    color.set([(i * 7 + plan.frame) % 251, i % 253, (instanceId[i] ?? 0) * 40, 255], i * 4);
  }
  const beside = (neighbour: FramePlan | undefined): NeighbourBuffers | undefined => {
    if (neighbour === undefined) return undefined;
    const shown = drawBoxes({ ...neighbour, labels: { ...plan.labels, silhouettes: null } });
    return { instanceId: shown.instanceId, depth: shown.depth };
  };
  const [next, previous] = [beside(plan.neighbours?.next), beside(plan.neighbours?.previous)];
  const pair = beside(plan.neighbours?.pair);
  const buffers = {
    ...{ width, height, color, instanceId, depth },
    ...(next && { next }),
    ...(previous && { previous }),
    ...(pair && { pair }),
    ...(plan.labels.normals && { normal }),
  };
  if (plan.labels.silhouettes === null) return buffers;
  const silhouettes = plan.instances.flatMap(
    ({ instanceId: id }, index) => silhouetteOf(hits[index] ?? (() => MISS), id, plan) ?? [],
  );
  return { ...buffers, silhouettes };
}
