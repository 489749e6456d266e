import type { Accessor, Node, Primitive, Skin } from '@gltf-transform/core';
import type { InstancedMesh } from '@gltf-transform/extensions';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import { compose, multiply, rowMajorFromColumnMajor } from '#shared/core/matrix';

/** Receives one point at a time, metres, in the frame that was asked for. */
export type PointVisitor = (x: number, y: number, z: number) => void;

/** The frame in which vertices are wanted, as seen from the node and from the scene. */
export type TargetFrame = Readonly<{
  targetFromNode: Mat4;
  /** Asked for skinned meshes alone, whose vertices follow their joints and not their node. */
  targetFromScene: () => Mat4;
  /** Where the mesh is drawn, as seen from the node; absent: at every instance that the file has. */
  placements?: readonly Mat4[];
}>;

type Read = (index: number, into: number[]) => number[];

const readerOf =
  (accessor: Accessor): Read =>
  (index, into) =>
    accessor.getElement(index, into);

/**
 * Visits every vertex of a node's mesh as the default pose shows it: morph targets at their default
 * weights, skins in their bind pose (glTF 2.0 §3.7.3: the node's own transform is then ignored), all
 * instances of EXT_mesh_gpu_instancing.
 */
export function visitMeshVertices(node: Node, frame: TargetFrame, visit: PointVisitor): void {
  const mesh = node.getMesh();
  if (!mesh) return;
  const weights = node.getWeights().length > 0 ? node.getWeights() : mesh.getWeights();
  const skin = node.getSkin();
  const placements = skin
    ? []
    : (frame.placements ?? instanceMatrices(node)).map((m) => multiply(frame.targetFromNode, m));
  const joints = skin ? jointMatrices(skin).map((m) => multiply(frame.targetFromScene(), m)) : [];
  for (const primitive of mesh.listPrimitives()) {
    const position = primitive.getAttribute('POSITION');
    if (!position) continue;
    const read = morphedReader(primitive, position, weights);
    const blend = skin ? skinBlender(primitive, joints) : null;
    const point: number[] = [0, 0, 0];
    for (let i = 0; i < position.getCount(); i++) {
      const local = read(i, point);
      if (blend) applyTo(blend(i), local, visit);
      else for (const matrix of placements) applyTo(matrix, local, visit);
    }
  }
}

/** How often a node's mesh is drawn: once, or once for each instance of EXT_mesh_gpu_instancing. */
export function instanceCount(node: Node): number {
  return instanceMatrices(node).length;
}

function applyTo(m: Mat4, point: readonly number[], visit: PointVisitor): void {
  const [x = NaN, y = NaN, z = NaN] = point;
  const [
    a = NaN,
    b = NaN,
    c = NaN,
    d = NaN,
    e = NaN,
    f = NaN,
    g = NaN,
    h = NaN,
    i = NaN,
    j = NaN,
    k = NaN,
    l = NaN,
  ] = m;
  visit(a * x + b * y + c * z + d, e * x + f * y + g * z + h, i * x + j * y + k * z + l);
}

function morphedReader(primitive: Primitive, position: Accessor, weights: readonly number[]): Read {
  const base = readerOf(position);
  const targets = primitive.listTargets().flatMap((target, i) => {
    const weight = weights[i] ?? 0;
    const offsets = target.getAttribute('POSITION');
    return weight === 0 || !offsets ? [] : [{ weight, read: readerOf(offsets) }];
  });
  if (targets.length === 0) return base;
  const offset: number[] = [0, 0, 0];
  return (index, into) => {
    base(index, into);
    for (const { weight, read } of targets) {
      read(index, offset);
      for (let axis = 0; axis < 3; axis++)
        into[axis] = (into[axis] ?? NaN) + weight * (offset[axis] ?? NaN);
    }
    return into;
  };
}

/** Scene from mesh for each joint: the joint's matrix times its inverse bind matrix. */
function jointMatrices(skin: Skin): Mat4[] {
  const inverseBind = skin.getInverseBindMatrices();
  return skin.listJoints().map((joint, i) => {
    const sceneFromJoint = rowMajorFromColumnMajor(joint.getWorldMatrix());
    if (!inverseBind) return sceneFromJoint;
    return multiply(sceneFromJoint, rowMajorFromColumnMajor(inverseBind.getElement(i, [])));
  });
}

/** The weighted sum of a vertex's joint matrices; weights are scaled to a sum of 1, as three.js does. */
function skinBlender(primitive: Primitive, joints: readonly Mat4[]): (vertex: number) => Mat4 {
  const sets: { joint: Read; weight: Read }[] = [];
  for (let set = 0; ; set++) {
    const joint = primitive.getAttribute(`JOINTS_${set}`);
    const weight = primitive.getAttribute(`WEIGHTS_${set}`);
    if (!joint || !weight) break;
    sets.push({ joint: readerOf(joint), weight: readerOf(weight) });
  }
  const indices: number[] = [0, 0, 0, 0];
  const weights: number[] = [0, 0, 0, 0];
  return (vertex) => {
    const blended: number[] = new Array<number>(16).fill(0);
    let total = 0;
    for (const { joint, weight } of sets) {
      joint(vertex, indices);
      weight(vertex, weights);
      indices.forEach((index, k) => {
        const share = weights[k] ?? 0;
        const matrix = joints[index];
        if (share === 0 || !matrix) return;
        total += share;
        for (let n = 0; n < 16; n++) blended[n] = (blended[n] ?? NaN) + share * (matrix[n] ?? NaN);
      });
    }
    return total === 0 ? blended : blended.map((value) => value / total);
  };
}

/** Node from instance for each instance; one identity where the mesh is drawn once. */
export function instanceMatrices(node: Node): Mat4[] {
  const instanced = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing');
  const [translation, rotation, scale] = ['TRANSLATION', 'ROTATION', 'SCALE'].map(
    (name) => instanced?.getAttribute(name) ?? null,
  );
  const count = Math.max(0, ...[translation, rotation, scale].map((a) => a?.getCount() ?? 0));
  if (!instanced || count === 0) return [compose([0, 0, 0], [1, 0, 0, 0], [1, 1, 1])];
  return Array.from({ length: count }, (_, i) => {
    const [x = 0, y = 0, z = 0, w = 1] = rotation?.getElement(i, []) ?? [];
    return compose(tripleAt(translation, i, 0), [w, x, y, z], tripleAt(scale, i, 1));
  });
}

function tripleAt(accessor: Accessor | null | undefined, index: number, absent: number): Vec3 {
  const [x = absent, y = absent, z = absent] = accessor?.getElement(index, []) ?? [];
  return [x, y, z];
}
