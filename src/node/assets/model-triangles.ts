import type { Document, Node, Primitive } from '@gltf-transform/core';
import { AssetError } from '#shared/core/errors';
import type { Mat4, Triangles } from '#shared/core/geometry';
import { IDENTITY, invertAffine, multiply, rowMajorFromColumnMajor } from '#shared/core/matrix';
import { MAX_MESH_TRIANGLES } from './asset-limits.ts';
import { defaultScene, sceneNodes } from './inspect-model.ts';
import { instanceCount, visitMeshVertices } from './model-vertices.ts';

/** Triangles of the default scene in its default pose, in the asset's own frame. */
export function sceneTriangles(document: Document): Triangles {
  return trianglesIn(sceneNodes(defaultScene(document)), IDENTITY);
}

/**
 * Triangles of a node of the default scene and of all below it, in its own frame. `index`: its place in a
 * depth-first walk, the scene being 0.
 *
 * @throws AssetError where the node's transform cannot be inverted.
 */
export function memberTriangles(document: Document, index: number): Triangles {
  const scene = defaultScene(document);
  if (index === 0) return sceneTriangles(document);
  const node = sceneNodes(scene)[index - 1];
  if (!node) throw new RangeError(`expected a node of the scene, found place ${index}`);
  const below: Node[] = [];
  node.traverse((each) => below.push(each));
  return trianglesIn(below, inverseOf(rowMajorFromColumnMajor(node.getWorldMatrix()), node));
}

/** Digits of a metre that positions keep: a catalogue is shorter for it. */
const ROUNDED_DIGITS = 7;

/**
 * Triangles as sampling has them: positions to a ten-thousandth of a millimetre, equal ones one vertex, so
 * that what hangs together shares them; without triangles that have no area then.
 *
 * @throws AssetError where there are none, or more than sampling should carry.
 */
export function compactMesh({ positions, indices }: Triangles, what: string): Triangles {
  const count = indices.length / 3;
  if (count > MAX_MESH_TRIANGLES)
    throw new AssetError(
      `${what} has ${count} triangles; meshes that objects are placed on or kept apart by have at most ${MAX_MESH_TRIANGLES}. Simplify it.`,
    );
  const places = new Map<string, number>();
  const merged: number[] = [];
  const placeOf = Array.from({ length: positions.length / 3 }, (_, i): number => {
    const point = positions
      .slice(3 * i, 3 * i + 3)
      .map((value) => Number(value.toFixed(ROUNDED_DIGITS)) + 0);
    const key = point.join();
    const known = places.get(key) ?? places.size;
    if (known === places.size) {
      places.set(key, known);
      merged.push(...point);
    }
    return known;
  });
  const kept = indices.map((index) => placeOf[index] ?? NaN);
  const solid = kept.filter((_, i) => {
    const first = i - (i % 3);
    const [a, b, c] = [kept[first], kept[first + 1], kept[first + 2]];
    return a !== b && b !== c && c !== a;
  });
  if (solid.length === 0)
    throw new AssetError(
      `${what} has no triangles, so nothing can be placed on it or kept clear of it by them.`,
    );
  return { positions: merged, indices: solid };
}

function inverseOf(matrix: Mat4, node: Node): Mat4 {
  try {
    return invertAffine(matrix);
  } catch (cause) {
    const name = JSON.stringify(node.getName());
    throw new AssetError(`the transform of node ${name} cannot be inverted.`, { cause });
  }
}

function trianglesIn(nodes: readonly Node[], targetFromScene: Mat4): Triangles {
  const positions: number[] = [];
  const indices: number[] = [];
  for (const node of nodes) {
    const first = positions.length / 3;
    for (const index of nodeTriangles(node)) indices.push(first + index);
    visitMeshVertices(
      node,
      {
        targetFromNode: multiply(targetFromScene, rowMajorFromColumnMajor(node.getWorldMatrix())),
        targetFromScene: () => targetFromScene,
      },
      (x, y, z) => positions.push(x, y, z),
    );
  }
  return { positions, indices };
}

/** Vertex indices of a node's triangles, in the order in which {@link visitMeshVertices} comes by. */
function* nodeTriangles(node: Node): Generator<number> {
  const copies = node.getSkin() ? 1 : instanceCount(node);
  let first = 0;
  for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
    const count = primitive.getAttribute('POSITION')?.getCount() ?? 0;
    for (const corner of primitiveTriangles(primitive, count)) {
      for (let copy = 0; copy < copies; copy++)
        yield* corner.map((index) => (first + index) * copies + copy);
    }
    first += count;
  }
}

/** Corners of each triangle of a list, a strip or a fan (glTF 2.0 §3.7.2.1); points and lines have none. */
function* primitiveTriangles(primitive: Primitive, count: number): Generator<readonly number[]> {
  const accessor = primitive.getIndices();
  const length = accessor?.getCount() ?? count;
  const at = (i: number): number => accessor?.getScalar(i) ?? i;
  const mode = primitive.getMode();
  if (mode === 4) for (let i = 0; i + 2 < length; i += 3) yield [at(i), at(i + 1), at(i + 2)];
  if (mode === 5)
    for (let i = 0; i + 2 < length; i++) yield [at(i), at(i + 1 + (i % 2)), at(i + 2 - (i % 2))];
  if (mode === 6) for (let i = 1; i + 1 < length; i++) yield [at(i), at(i + 1), at(0)];
}
