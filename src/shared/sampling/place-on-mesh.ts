import type { MeshSpec } from '../config/mesh-schema.ts';
import { convexHull } from '../core/convex-hull.ts';
import type { Quat, Vec2, Vec3 } from '../core/geometry.ts';
import { compose, transformPoint } from '../core/matrix.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import type { PlacedGroups } from './anchors.ts';
import { findMesh, type FoundMesh } from './find-mesh.ts';
import { placePolygon, type Prism } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import { MeshRegion, type SeatFrame } from './mesh-region.ts';
import { yawQuaternion } from './node-matrix.ts';
import { footprintOf, standAt } from './place-on-surface.ts';
import { meshOf } from './node-triangles.ts';
import { meshAt } from './posed-mesh.ts';
import type { Placed, PlacementContext, SizedModel } from './placement.ts';
import { requireRange } from './require-range.ts';

/** The meshes that the objects of one group stand on, gone through once for each; of one frame. */
export class MeshPlacer {
  readonly #spec: MeshSpec;
  readonly #regions = new Map<number, MeshRegion>();

  constructor(spec: MeshSpec) {
    this.#spec = spec;
  }

  /**
   * Stands a model on its mesh, at a point that is uniform over the area of the faces level enough, clear of
   * everything else; null where no attempt gives room, or the group that it stands on is empty.
   */
  place(
    context: PlacementContext,
    { sized, index, groups }: Readonly<{ sized: SizedModel; index: number; groups: PlacedGroups }>,
  ): Placed | null {
    const { sampler, attempts, ground } = context;
    const { path } = sized;
    const spec = this.#spec;
    const mesh = findMesh({ ground, groups }, { of: spec.of, index, path });
    if (mesh === null) return null;
    const region = this.#regionOf(mesh, path);
    const taken = context.taken.filter((prism) => prism !== mesh.holder);
    const obstacles = obstaclesOf({ ground, taken }, mesh.carrier);
    const clearance = { obstacles, spacing: spec.spacingMeters };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const place = seatModel(context, spec, { sized, region, attempt });
      if (place && isClear(context, place.prism, clearance)) return place;
      sampler.reject(path);
    }
    return null;
  }

  #regionOf({ triangles, worldFromMesh, turn }: FoundMesh, path: string): MeshRegion {
    const { maxSlopeDegrees, of: name } = this.#spec;
    const region =
      this.#regions.get(turn) ??
      new MeshRegion(triangles, worldFromMesh, { maxSlopeDegrees, name, path });
    this.#regions.set(turn, region);
    return region;
  }
}

type Attempt = Readonly<{ sized: SizedModel; region: MeshRegion; attempt: number }>;

/** One attempt; null where the mesh is too uneven about its point. */
function seatModel(
  { sampler }: PlacementContext,
  spec: MeshSpec,
  { sized, region, attempt }: Attempt,
): Placed | null {
  const { path, model, scale } = sized;
  const u = (axis: 0 | 1 | 2): number => sampler.uniform(`${path}.position[${axis}]`, attempt);
  const { point, normal } = region.pointAt(u(0), u(1), u(2));
  const yawDegrees = sampler.number(spec.yawDegrees, `${path}.yawDegrees`, attempt);
  const sinkPath = `${path}.sinkMeters`;
  const drawn = sampler.number(spec.sinkMeters, sinkPath, attempt);
  const sink = requireRange(drawn, sinkPath, [0, 1000]);
  const up: Vec3 = spec.pose === 'normal' ? normal : [0, 1, 0];
  const upright = quaternionTo(up);
  const yaw = yawDegrees * DEGREE;
  const plan = placePolygon(footprintOf(sized), {
    sin: sin(yaw),
    cos: cos(yaw),
    scale,
    at: [0, 0],
  });
  const height = (model.bounds.max[1] - model.bounds.min[1]) * scale;
  const lift = region.seat(frameAt(point, upright), { plan, height, uneven: spec.unevenMeters });
  if (lift === null) return null;
  const raised = lift - sink;
  const base: Vec3 = [
    point[0] + up[0] * raised,
    point[1] + up[1] * raised,
    point[2] + up[2] * raised,
  ];
  if (spec.pose === 'upright')
    return standAt(sized, { at: [base[0], base[2]], yawDegrees }, base[1]);
  const bottom = model.bounds.min[1] * scale;
  const position: Vec3 = [
    base[0] - up[0] * bottom,
    base[1] - up[1] * bottom,
    base[2] - up[2] * bottom,
  ];
  const orientation = turnAbout(upright, yawDegrees);
  return { position, orientation, prism: roomOf(sized, position, orientation) };
}

/** The shortest turn from +Y to a unit vector. */
function quaternionTo([x, y, z]: Vec3): Quat {
  const w = 1 + y;
  const length = Math.sqrt(w * w + z * z + x * x);
  return length > 1e-9 ? [w / length, z / length, 0, -x / length] : [0, 1, 0, 0];
}

/** A turn about the own +Y of what is turned already. */
function turnAbout([a, b, c, d]: Quat, yawDegrees: number): Quat {
  const [w, , y] = yawQuaternion(yawDegrees);
  return [a * w - c * y, b * w - d * y, a * y + c * w, b * y + d * w];
}

function frameAt(origin: Vec3, turn: Quat): SeatFrame {
  const turned = compose([0, 0, 0], turn, [1, 1, 1]);
  return {
    origin,
    right: transformPoint(turned, [1, 0, 0]),
    up: transformPoint(turned, [0, 1, 0]),
    front: transformPoint(turned, [0, 0, 1]),
  };
}

/** The room of a tilted model: the plan of its own plan's corners, at its lowest and its highest. */
function roomOf(sized: SizedModel, position: Vec3, orientation: Quat): Prism {
  const { model, scale, path } = sized;
  const { min, max } = model.bounds;
  const matrix = compose(position, orientation, [scale, scale, scale]);
  const corners = footprintOf(sized).flatMap(([x, z]) =>
    [min[1], max[1]].map((y) => transformPoint(matrix, [x, y, z])),
  );
  const heights = corners.map(([, y]) => y);
  return {
    name: path,
    polygon: convexHull(corners.map(([x, , z]): Vec2 => [x, z])),
    bottom: Math.min(...heights),
    top: Math.max(...heights),
    mesh: meshAt(
      () => meshOf(model),
      () => matrix,
    ),
  };
}
