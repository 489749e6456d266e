import type {
  GBuffers,
  NeighbourBuffers,
  RayBuffers,
  Silhouette,
} from '#shared/annotate/annotations';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { lidarDirections, rayCount } from '#shared/core/lidar-rays';
import { invertAffine, multiply } from '#shared/core/matrix';
import type { FramePlan, PlanInstance } from '#shared/plan/frame-plan';
import type { PlanLidar } from '#shared/plan/plan-lidars';

/** How many times a direction of the sensor's frame it is to a box, Infinity where it misses; and the normal there. */
type Hit = (direction: Vec3) => Readonly<{ meters: number; normal: Vec3 }>;
type Sensor = Readonly<{ worldFromSensor: Mat4; nearMeters: number; farMeters: number }>;

const MISS = { meters: Infinity, normal: [0, 0, 0] } as const;

/**
 * Rays against the oriented box of an instance, by the slabs of its sides (Kay and Kajiya, 1986).
 */
function hitBox({ worldFromSensor, ...range }: Sensor, instance: PlanInstance): Hit {
  const { worldFromObject, scale, bounds } = instance;
  if (bounds === null) return () => MISS;
  const m = multiply(invertAffine(worldFromObject), worldFromSensor);
  const at = (row: number, column: number): number => m[row * 4 + column] ?? NaN;
  return ([x, y, z]) => {
    let [near, far] = [range.nearMeters, range.farMeters];
    let normal: Vec3 = [0, 0, 0];
    for (const axis of [0, 1, 2] as const) {
      const origin = at(axis, 3);
      const direction = at(axis, 0) * x + at(axis, 1) * y + at(axis, 2) * z;
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
    return near <= far && near > range.nearMeters ? { meters: near, normal } : MISS;
  };
}

/** Boxes as the pixels of an image see them: the ray of depth 1 is (x, y, 1), so that its parameter is the planar depth. */
function hitsOf({
  camera,
  instances,
}: FramePlan): readonly ((u: number, v: number) => ReturnType<Hit>)[] {
  const { fx, fy, cx, cy } = camera.intrinsics;
  return instances.map((instance) => {
    const hit = hitBox({ ...camera, worldFromSensor: camera.worldFromCamera }, instance);
    return (u, v) => hit([(u - cx) / fx, (v - cy) / fy, 1]);
  });
}

/** What the rays of a lidar meet: boxes, and behind them nothing. */
function castLidar({ lidar, worldFromLidar }: PlanLidar, { instances }: FramePlan): RayBuffers {
  const sensor = { worldFromSensor: worldFromLidar, nearMeters: 0, farMeters: lidar.farMeters };
  const hits = instances.map((instance) => hitBox(sensor, instance));
  const directions = lidarDirections(lidar);
  const count = rayCount(lidar);
  const found = {
    instanceId: new Uint16Array(count),
    range: new Float32Array(count),
    facing: new Float32Array(count),
  };
  for (let ray = 0; ray < count; ray++) {
    const [x = NaN, y = NaN, z = NaN] = directions.subarray(ray * 3, ray * 3 + 3);
    for (const [index, hit] of hits.entries()) {
      const { meters, normal } = hit([x, y, z]);
      if (meters >= (found.range[ray] || Infinity)) continue;
      found.range[ray] = meters;
      found.facing[ray] = -(normal[0] * x + normal[1] * y + normal[2] * z);
      found.instanceId[ray] = instances[index]?.instanceId ?? 0;
    }
  }
  return found;
}

type PixelHit = ReturnType<typeof hitsOf>[number];

/** The box alone, one image size beyond the image on each side; null where nothing of it is there. */
function silhouetteOf(hit: PixelHit, instanceId: number, { size }: FramePlan): Silhouette | null {
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
  const hits = hitsOf(plan);
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
    ...(plan.lidars && { lidars: plan.lidars.map((one) => castLidar(one, plan)) }),
    ...(plan.labels.normals && { normal }),
  };
  if (plan.labels.silhouettes === null) return buffers;
  const silhouettes = plan.instances.flatMap(
    ({ instanceId: id }, index) => silhouetteOf(hits[index] ?? (() => MISS), id, plan) ?? [],
  );
  return { ...buffers, silhouettes };
}
