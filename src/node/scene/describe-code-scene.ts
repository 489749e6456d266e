import type { InstancedMesh, Mesh, Object3D, SkinnedMesh } from 'three';
import type { DescribedNode, NodeCopies } from '#shared/config/scene-description';
import { ConfigError, type ConfigIssue } from '#shared/core/errors';
import type { Mat4, Triangles, Vec3 } from '#shared/core/geometry';
import {
  IDENTITY,
  invertAffine,
  multiply,
  rowMajorFromColumnMajor,
  transformPoint,
} from '#shared/core/matrix';
import { displacementOf } from '#shared/core/read-displacement';
import {
  createGrowingBox,
  describeGraph,
  type Enclosure,
  enterNode,
  type GraphNode,
  type GrowingBox,
} from './graph-nodes.ts';

type Walked = Omit<GraphNode, 'bounds'> & { box: GrowingBox; object: Object3D };
type Place = Readonly<{
  parent: number;
  outer: readonly Enclosure[];
  walked: Walked[];
  issues: ConfigIssue[];
  source: string;
}>;

/**
 * The objects of a three.js graph in the order of `traverse`: the root is index 0. Bounds hold an
 * object's own geometry (skins and morph targets as they stand, every instance) and that of all below.
 *
 * @throws ConfigError with every object that cannot be drawn or labelled.
 */
export function describeCodeGraph(root: Object3D, source: string): readonly DescribedNode[] {
  root.updateMatrixWorld(true);
  const issues: ConfigIssue[] = [];
  const walked: Walked[] = [];
  walkObject(root, { parent: -1, outer: [], walked, issues, source });
  const placeOf = new Map(walked.map(({ object }, index) => [object, index]));
  const nodes = describeGraph(
    walked.map(({ box, object, ...rest }) => ({
      ...rest,
      bounds: box.bounds(),
      joints: jointsOf(object, placeOf),
    })),
    source,
    issues,
  );
  if (issues.length > 0) throw new ConfigError(issues);
  return nodes;
}

/**
 * Triangles of an object of a three.js graph and of all below it, in its own frame. `index`: its place in
 * the order of `traverse`, the root being 0.
 */
export function codeTriangles(root: Object3D, index: number): Triangles {
  root.updateMatrixWorld(true);
  const objects: Object3D[] = [];
  root.traverse((object) => objects.push(object));
  const member = objects[index];
  if (!member) throw new RangeError(`expected an object of the scene, found place ${index}`);
  const memberFromWorld = invertAffine(rowMajorFromColumnMajor(member.matrixWorld.elements));
  const positions: number[] = [];
  const indices: number[] = [];
  member.traverse((object) => {
    if ((object as Partial<Mesh>).isMesh !== true) return;
    const mesh = object as Mesh;
    const memberFromMesh = multiply(
      memberFromWorld,
      rowMajorFromColumnMajor(mesh.matrixWorld.elements),
    );
    const vertices = verticesOf(mesh);
    const corners = drawnCorners(mesh, vertices.length);
    for (const meshFromInstance of instanceMatrices(mesh)) {
      const first = positions.length / 3;
      const matrix = multiply(memberFromMesh, meshFromInstance);
      for (const vertex of vertices) positions.push(...transformPoint(matrix, vertex));
      for (const corner of corners) indices.push(first + corner);
    }
  });
  return { positions, indices };
}

/** Vertex indices of the triangles that are drawn of a mesh. */
function drawnCorners({ geometry }: Mesh, vertices: number): readonly number[] {
  const count = geometry.index?.count ?? vertices;
  const { start, count: most } = geometry.drawRange;
  const end = Math.min(count, start + most);
  const whole = Math.max(0, Math.floor((end - start) / 3) * 3);
  return Array.from({ length: whole }, (_, i) => geometry.index?.getX(start + i) ?? start + i);
}

function walkObject(object: Object3D, place: Place): void {
  const { parent, outer, walked, issues, source } = place;
  const index = walked.length;
  const box = createGrowingBox();
  const name = object.name || (parent < 0 ? 'scene' : `${object.type.toLowerCase()}-${index}`);
  const worldFromNode = rowMajorFromColumnMajor(object.matrixWorld.elements);
  const copies = copiesOf(object);
  walked.push({ name, parent, worldFromNode, extras: object.userData, box, object, copies });
  const refused = refusalOf(object);
  if (refused) issues.push({ source, path: `node ${JSON.stringify(name)}`, message: refused });
  const own = { box, frameFromNode: IDENTITY };
  const enclosures = enterNode(outer, rowMajorFromColumnMajor(object.matrix.elements), own);
  if (!refused && (object as Partial<Mesh>).isMesh === true) growByMesh(object as Mesh, enclosures);
  for (const child of object.children)
    walkObject(child, { ...place, parent: index, outer: enclosures });
}

/**
 * Places of a skinned mesh's bones in the walk; undefined for other objects. A mesh that is `detached` from
 * its skeleton takes the skeleton's motion on top of its own, so it counts as bound to what never moves.
 */
function jointsOf(
  object: Object3D,
  placeOf: ReadonlyMap<Object3D, number>,
): readonly number[] | undefined {
  const { isSkinnedMesh, bindMode, skeleton } = object as Partial<SkinnedMesh>;
  if (isSkinnedMesh !== true) return undefined;
  if (bindMode === 'detached') return [-1];
  return skeleton?.bones.map((bone) => placeOf.get(bone) ?? -1) ?? [];
}

/** Why the label pass could not match an object, if so. */
function refusalOf(object: Object3D): string | null {
  const { isBatchedMesh, isSprite, isLine, isPoints } = object as Partial<
    Record<'isBatchedMesh' | 'isSprite' | 'isLine' | 'isPoints', boolean>
  >;
  if (!isBatchedMesh && !isSprite && !isLine && !isPoints) return displacementRefusal(object);
  const type = isBatchedMesh ? 'BatchedMesh' : object.type;
  return `a ${type} cannot be labelled. Use Mesh, SkinnedMesh or InstancedMesh.`;
}

function displacementRefusal(object: Object3D): string | null {
  const mesh = object as Partial<Mesh>;
  const displacement = mesh.isMesh === true ? displacementOf(object as Mesh) : null;
  if (displacement === null || displacement.positions !== null) return null;
  return `it uses ${displacement.refused}, which labels cannot match exactly. Remove it from the scene.`;
}

/** Corners of a mesh, with skins and morph targets as they stand, and moved by its displacement map. */
function verticesOf(mesh: Mesh): readonly Vec3[] {
  const positions = displacementOf(mesh)?.positions;
  const point = mesh.position.clone();
  const count = (mesh.geometry.getAttribute('position') as { count: number } | undefined)?.count;
  return Array.from({ length: count ?? 0 }, (_, i): Vec3 => {
    const { x, y, z } = positions
      ? point.fromArray(positions, i * 3)
      : mesh.getVertexPosition(i, point);
    return [x, y, z];
  });
}

function copiesOf(object: Object3D): NodeCopies | undefined {
  if ((object as Partial<InstancedMesh>).isInstancedMesh !== true) return undefined;
  const mesh = object as InstancedMesh;
  const box = createGrowingBox();
  for (const vertex of verticesOf(mesh)) box.add(...vertex);
  return { nodeFromCopy: instanceMatrices(mesh), bounds: box.bounds() };
}

function growByMesh(mesh: Mesh, enclosures: readonly Enclosure[]): void {
  const placements = instanceMatrices(mesh);
  const targets = enclosures.flatMap(({ box, frameFromNode }) =>
    placements.map((nodeFromInstance) => ({
      box,
      matrix: multiply(frameFromNode, nodeFromInstance),
    })),
  );
  for (const vertex of verticesOf(mesh)) {
    for (const { box, matrix } of targets) box.add(...transformPoint(matrix, vertex));
  }
}

function instanceMatrices(mesh: Mesh): Mat4[] {
  const instanced = mesh as Partial<InstancedMesh>;
  const matrices = instanced.isInstancedMesh === true ? instanced.instanceMatrix : undefined;
  if (!matrices) return [IDENTITY];
  return Array.from({ length: instanced.count ?? 0 }, (_, i) =>
    rowMajorFromColumnMajor(Array.from(matrices.array).slice(i * 16, i * 16 + 16)),
  );
}
