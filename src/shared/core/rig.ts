import { convexHull, simplifyHull } from './convex-hull.ts';
import type { Bounds, Mat4, Quat, Vec2, Vec3 } from './geometry.ts';
import { compose, IDENTITY, multiply } from './matrix.ts';

/** Translation, rotation and scale of a node below its parent. */
export type NodeTransform = Readonly<{ translation: Vec3; rotation: Quat; scale: Vec3 }>;

/** A node of a rig, as the file stores it; in the order of the model's nodes. */
export type RigNode = NodeTransform &
  Readonly<{
    /** Index of the node above; −1 below the scene. */
    parent: number;
    /** Of its mesh's morph targets; empty where it has none. */
    weights: readonly number[];
  }>;

/** What a clip does to one property of one node (glTF 2.0 §3.11). */
export type RigChannel = Readonly<{
  node: number;
  path: 'translation' | 'rotation' | 'scale' | 'weights';
  interpolation: 'LINEAR' | 'STEP' | 'CUBICSPLINE';
  /** Seconds, rising. */
  times: readonly number[];
  /** As the file has them: quaternions x, y, z, w; three for each key (in-tangent, value, out-tangent) of a spline. */
  values: readonly number[];
}>;

export type RigClip = Readonly<{
  name: string;
  durationSeconds: number;
  channels: readonly RigChannel[];
}>;

/** Vertices of a primitive, all that moves them included. Flat arrays, three numbers a point. */
export type RigMesh = Readonly<{
  node: number;
  /** Node from instance, where it is not skinned. */
  placements: readonly Mat4[];
  positions: readonly number[];
  /** Offsets of each morph target; null where a target leaves positions alone. */
  morphs: readonly (readonly number[] | null)[];
  skin?:
    | Readonly<{
        joints: readonly Readonly<{ node: number; inverseBind: Mat4 }>[];
        /** Influences of a vertex; places in `joints`, and shares whose sum is 1. */
        influences: number;
        indices: readonly number[];
        shares: readonly number[];
      }>
    | undefined;
}>;

/** What a model needs so that it can be posed: hierarchy, clips and vertices. Plain JSON. */
export type ModelRig = Readonly<{
  nodes: readonly RigNode[];
  clips: readonly RigClip[];
  meshes: readonly RigMesh[];
}>;

/** What differs from how the file stores a model. */
export type Pose = Readonly<{
  nodes: readonly (NodeTransform & Readonly<{ node: number }>)[];
  /** Weights of morph targets, by the node of their mesh. */
  weights: readonly Readonly<{ node: number; weights: readonly number[] }>[];
}>;

/** Scene from node for each node of a posed rig: forward kinematics. */
export function poseMatrices({ nodes }: ModelRig, pose: Pose): readonly Mat4[] {
  const changed = new Map(pose.nodes.map((node) => [node.node, node]));
  const matrices: Mat4[] = [];
  for (const [index, stored] of nodes.entries()) {
    const { translation, rotation, scale } = changed.get(index) ?? stored;
    const local = compose(translation, rotation, scale);
    // Parents come before their children.
    matrices.push(multiply(matrices[stored.parent] ?? IDENTITY, local));
  }
  return matrices;
}

/** Corners of a posed footprint, as of a model that is measured in its file. */
const MAX_FOOTPRINT_POINTS = 32;

/** Exact box and ground plan of the vertices of a model in several poses together. */
export function posedExtent(
  rig: ModelRig,
  poses: readonly Pose[],
): Readonly<{ bounds: Bounds; footprint: readonly Vec2[] }> {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  let plan: Vec2[] = [];
  for (const pose of poses) {
    visitPosedPoints(rig, pose, (x, y, z) => {
      for (const [axis, value] of [x, y, z].entries()) {
        min[axis] = Math.min(min[axis] ?? NaN, value);
        max[axis] = Math.max(max[axis] ?? NaN, value);
      }
      plan.push([x, z]);
    });
    plan = convexHull(plan);
  }
  return { bounds: { min, max }, footprint: simplifyHull(plan, MAX_FOOTPRINT_POINTS) };
}

type PointVisitor = (x: number, y: number, z: number) => void;

/** Every vertex of a posed model, in its own frame, metres: morph targets first, then the skin (glTF 2.0 §3.7). */
export function visitPosedPoints(rig: ModelRig, pose: Pose, visit: PointVisitor): void {
  const matrices = poseMatrices(rig, pose);
  const weights = new Map(pose.weights.map((each) => [each.node, each.weights]));
  for (const mesh of rig.meshes) {
    const own = weights.get(mesh.node) ?? rig.nodes[mesh.node]?.weights ?? [];
    const points = morph(mesh, own);
    if (mesh.skin) visitSkinned(points, mesh.skin, { matrices, visit });
    else {
      const node = matrices[mesh.node] ?? IDENTITY;
      for (const placement of mesh.placements)
        visitThrough(points, multiply(node, placement), visit);
    }
  }
}

function morph({ positions, morphs }: RigMesh, weights: readonly number[]): ArrayLike<number> {
  const active = morphs.flatMap((offsets, i) => {
    const weight = weights[i] ?? 0;
    return offsets && weight !== 0 ? [{ offsets, weight }] : [];
  });
  if (active.length === 0) return positions;
  return Float64Array.from(positions, (value, i) =>
    active.reduce((sum, { offsets, weight }) => sum + weight * (offsets[i] ?? 0), value),
  );
}

function visitThrough(points: ArrayLike<number>, m: Mat4, visit: PointVisitor): void {
  const at = (i: number): number => m[i] ?? NaN;
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i] ?? NaN, points[i + 1] ?? NaN, points[i + 2] ?? NaN];
    visit(
      at(0) * x + at(1) * y + at(2) * z + at(3),
      at(4) * x + at(5) * y + at(6) * z + at(7),
      at(8) * x + at(9) * y + at(10) * z + at(11),
    );
  }
}

function visitSkinned(
  points: ArrayLike<number>,
  { joints, influences, indices, shares }: NonNullable<RigMesh['skin']>,
  { matrices, visit }: Readonly<{ matrices: readonly Mat4[]; visit: PointVisitor }>,
): void {
  const sceneFromBind = joints.map(({ node, inverseBind }) =>
    multiply(matrices[node] ?? IDENTITY, inverseBind),
  );
  const blended = new Float64Array(12);
  for (let vertex = 0; vertex * 3 < points.length; vertex++) {
    blended.fill(0);
    for (let k = vertex * influences; k < (vertex + 1) * influences; k++) {
      const share = shares[k] ?? 0;
      if (share === 0) continue;
      const matrix = sceneFromBind[indices[k] ?? -1];
      for (let n = 0; n < 12; n++) blended[n] = (blended[n] ?? 0) + share * (matrix?.[n] ?? NaN);
    }
    const corner = [points[vertex * 3], points[vertex * 3 + 1], points[vertex * 3 + 2]];
    visitThrough(corner as number[], blended as unknown as Mat4, visit);
  }
}
