import type { Document, Node, Scene } from '@gltf-transform/core';
import type { NodeCopies, SceneDescription } from '#shared/config/scene-description';
import { AssetError, ConfigError, type ConfigIssue } from '#shared/core/errors';
import type { Mat4, Vec3 } from '#shared/core/geometry';
import {
  IDENTITY,
  invertAffine,
  multiply,
  rowMajorFromColumnMajor,
  transformPoint,
} from '#shared/core/matrix';
import { defaultScene } from '../assets/inspect-model.ts';
import { instanceMatrices, visitMeshVertices } from '../assets/model-vertices.ts';
import {
  createGrowingBox,
  describeGraph,
  type Enclosure,
  enterNode,
  type GraphNode,
  type GrowingBox,
} from './graph-nodes.ts';

type Walked = Omit<GraphNode, 'bounds'> & { box: GrowingBox; node: Node | null };

/**
 * The nodes of a glTF's default scene. Index 0 is the scene itself; then come the glTF nodes, depth
 * first, in the order of `children`. three's GLTFLoader adds objects of its own (a mesh with several
 * primitives becomes a group), so a reader of its result finds a node's object through
 * `parser.associations`, walking `json.scenes[…].nodes` and `children` in the same order.
 *
 * Bounds hold the node's own geometry and that of all below, instances of their own included.
 *
 * @param source Name of the file in messages.
 * @throws ConfigError with every fault in the labels.
 */
export function describeGltfScene(
  document: Document,
  source: string,
): Readonly<{
  parts: Pick<SceneDescription, 'name' | 'nodes' | 'cameras'>;
  warnings: readonly string[];
}> {
  const scene = defaultScene(document);
  const name = scene.getName() || 'scene';
  const walked: Walked[] = [
    {
      name,
      parent: -1,
      worldFromNode: IDENTITY,
      extras: scene.getExtras(),
      box: createGrowingBox(),
      node: null,
    },
  ];
  const root: Enclosure[] = walked.map(({ box }) => ({ box, frameFromNode: IDENTITY }));
  for (const node of scene.listChildren())
    walkNode(node, { parent: 0, world: IDENTITY, outer: root, walked });

  const placeOf = new Map(walked.map(({ node }, index) => [node, index]));
  const issues: ConfigIssue[] = [];
  const nodes = describeGraph(
    walked.map(({ box, node, ...rest }) => ({
      ...rest,
      bounds: box.bounds(),
      joints: node?.getMesh() ? jointsOf(node, placeOf) : undefined,
    })),
    source,
    issues,
  );
  if (issues.length > 0) throw new ConfigError(issues);
  return {
    parts: {
      name,
      nodes,
      cameras: describeCameras(
        scene,
        nodes.map((node) => node.name),
      ),
    },
    warnings: hasLights(scene)
      ? ['lights of glTF scenes are ignored; declare lights in the config.']
      : [],
  };
}

type Place = Readonly<{
  parent: number;
  world: Mat4;
  outer: readonly Enclosure[];
  walked: Walked[];
}>;

function walkNode(node: Node, { parent, world, outer, walked }: Place): void {
  const parentFromNode = rowMajorFromColumnMajor(node.getMatrix());
  const worldFromNode = multiply(world, parentFromNode);
  const index = walked.length;
  const box = createGrowingBox();
  const name = node.getName() || node.getMesh()?.getName() || `node-${index}`;
  const copies = copiesOf(node);
  walked.push({ name, parent, worldFromNode, extras: node.getExtras(), box, node, copies });
  const enclosures = enterNode(outer, parentFromNode, { box, frameFromNode: IDENTITY });
  if (node.getMesh()) {
    for (const enclosure of enclosures) {
      const targetFromScene = (): Mat4 =>
        invertForSkin(worldFromNode, enclosure.frameFromNode, name);
      visitMeshVertices(
        node,
        { targetFromNode: enclosure.frameFromNode, targetFromScene },
        enclosure.box.add,
      );
    }
  }
  for (const child of node.listChildren()) {
    walkNode(child, { parent: index, world: worldFromNode, outer: enclosures, walked });
  }
}

/** Places of the joints of a node's skin in the walk; undefined where it has none. */
function jointsOf(
  node: Node,
  placeOf: ReadonlyMap<Node | null, number>,
): readonly number[] | undefined {
  return node
    .getSkin()
    ?.listJoints()
    .map((joint) => placeOf.get(joint) ?? -1);
}

function copiesOf(node: Node): NodeCopies | undefined {
  if (!node.getExtension('EXT_mesh_gpu_instancing') || !node.getMesh() || node.getSkin())
    return undefined;
  const box = createGrowingBox();
  const frame = {
    targetFromNode: IDENTITY,
    targetFromScene: () => IDENTITY,
    placements: [IDENTITY],
  };
  visitMeshVertices(node, frame, box.add);
  return { nodeFromCopy: instanceMatrices(node), bounds: box.bounds() };
}

/** Frame from scene, by way of the node: skinned vertices come in the scene's frame. */
function invertForSkin(worldFromNode: Mat4, frameFromNode: Mat4, name: string): Mat4 {
  try {
    return multiply(frameFromNode, invertAffine(worldFromNode));
  } catch (cause) {
    throw new AssetError(`node "${name}" is skinned, and its transform cannot be inverted.`, {
      cause,
    });
  }
}

/** How far before a glTF camera its target is put; only the direction counts. */
const TARGET_DISTANCE_METERS = 1;

/** glTF cameras look down −z of their node (glTF 2.0 §3.10). */
function describeCameras(scene: Scene, names: readonly string[]): SceneDescription['cameras'] {
  const cameras: { name: string; position: Vec3; target: Vec3 }[] = [];
  let index = 0;
  scene.traverse((node) => {
    index++;
    if (!node.getCamera()) return;
    const world = rowMajorFromColumnMajor(node.getWorldMatrix());
    const position = transformPoint(world, [0, 0, 0]);
    const ahead = transformPoint(world, [0, 0, -TARGET_DISTANCE_METERS]);
    cameras.push({ name: names[index] ?? node.getName(), position, target: ahead });
  });
  return cameras;
}

function hasLights(scene: Scene): boolean {
  let found = false;
  scene.traverse((node) => {
    found ||= node.getExtension('KHR_lights_punctual') !== null;
  });
  return found;
}
