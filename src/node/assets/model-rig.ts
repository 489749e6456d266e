import type { Accessor, Animation, Node, Primitive } from '@gltf-transform/core';
import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import { AssetError } from '#shared/core/errors';
import { IDENTITY, rowMajorFromColumnMajor } from '#shared/core/matrix';
import type { ModelRig, RigChannel, RigClip, RigMesh, RigNode } from '#shared/core/rig';
import { openAssetCache, openCacheFolder } from './asset-cache.ts';
import type { BuiltCatalogue } from './asset-types.ts';
import { clipName } from './inspect-model.ts';
import { instanceMatrices } from './model-vertices.ts';

/** Vertices of a model that may be posed: each is moved in every frame. */
const MAX_POSED_VERTICES = 200_000;

/** The catalogue with the rigs of those models that a config poses; read once for each file. */
export async function addRigs(
  { catalogue, resolve }: Pick<BuiltCatalogue, 'catalogue' | 'resolve'>,
  { ids, cacheDir }: Readonly<{ ids: ReadonlySet<string>; cacheDir: string }>,
): Promise<AssetCatalogue> {
  const cache = openAssetCache(openCacheFolder(cacheDir));
  const models: ModelAsset[] = [];
  for (const model of catalogue.models) {
    if (!ids.has(model.id)) {
      models.push(model);
      continue;
    }
    const rig = await cache.facts('rig', model.sha256, async (): Promise<ModelRig> => {
      const served = await resolve(model.sha256);
      if (!served) throw new AssetError(`model "${model.id}" is not in the catalogue`);
      return readRig(served.bytes, model.id);
    });
    models.push({ ...model, rig });
  }
  return { ...catalogue, models };
}

/** Hierarchy, clips and vertices of the default scene of a GLB; `id` is what messages call it. */
export async function readRig(bytes: Uint8Array, id: string): Promise<ModelRig> {
  // The glTF libraries take a tenth of a second to load: not where everything is known already.
  const { createGltfIo } = await import('./gltf-document.ts');
  const { defaultScene, sceneNodes } = await import('./inspect-model.ts');
  const document = await (await createGltfIo()).readBinary(bytes);
  const nodes = sceneNodes(defaultScene(document));
  const indices = new Map(nodes.map((node, index) => [node, index]));
  const meshes = nodes.flatMap((node, index) => meshesOf(node, index, indices));
  const vertices = meshes.reduce((sum, { positions }) => sum + positions.length / 3, 0);
  if (vertices > MAX_POSED_VERTICES) {
    throw new AssetError(
      `model "${id}" has ${vertices} vertices; at most ${MAX_POSED_VERTICES} can be posed. Simplify it, or leave its animation out.`,
    );
  }
  const animations = document.getRoot().listAnimations();
  return {
    nodes: nodes.map((node) => nodeOf(node, indices)),
    clips: animations.map((animation, i) => clipOf(animation, i, indices)),
    meshes,
  };
}

function nodeOf(node: Node, indices: ReadonlyMap<Node, number>): RigNode {
  const parent = node.getParentNode();
  const [x, y, z, w] = node.getRotation();
  const weights = node.getWeights();
  return {
    parent: parent === null ? -1 : (indices.get(parent) ?? -1),
    translation: node.getTranslation(),
    rotation: [w, x, y, z],
    scale: node.getScale(),
    weights: weights.length > 0 ? weights : (node.getMesh()?.getWeights() ?? []),
  };
}

function clipOf(animation: Animation, index: number, indices: ReadonlyMap<Node, number>): RigClip {
  const channels = animation.listChannels().flatMap((channel): RigChannel[] => {
    const node = indices.get(channel.getTargetNode() as Node);
    const sampler = channel.getSampler();
    const [input, output] = [sampler?.getInput(), sampler?.getOutput()];
    const path = channel.getTargetPath();
    // A node that the default scene does not show moves nothing that is seen.
    if (node === undefined || !sampler || !input || !output || !path) return [];
    const [times, values] = [numbersOf(input), numbersOf(output)];
    return [{ node, path, interpolation: sampler.getInterpolation(), times, values }];
  });
  const durationSeconds = Math.max(0, ...channels.map(({ times }) => times.at(-1) ?? 0));
  return { name: clipName(animation, index), durationSeconds, channels };
}

/** Every number of an accessor, as decoded. */
function numbersOf(accessor: Accessor): number[] {
  const element: number[] = [];
  return Array.from({ length: accessor.getCount() }, (_, i) =>
    accessor.getElement(i, element).slice(),
  ).flat();
}

function meshesOf(node: Node, index: number, indices: ReadonlyMap<Node, number>): RigMesh[] {
  return (node.getMesh()?.listPrimitives() ?? []).flatMap((primitive): RigMesh[] => {
    const position = primitive.getAttribute('POSITION');
    if (!position) return [];
    const skin = node.getSkin() && skinOf(node, primitive, indices);
    return [
      {
        node: index,
        placements: instanceMatrices(node),
        positions: numbersOf(position),
        morphs: primitive.listTargets().map((target) => {
          const offsets = target.getAttribute('POSITION');
          return offsets && numbersOf(offsets);
        }),
        ...(skin && { skin }),
      },
    ];
  });
}

/** Influences of all sets together; shares are scaled to a sum of 1, as three.js does. */
function skinOf(
  node: Node,
  primitive: Primitive,
  indices: ReadonlyMap<Node, number>,
): RigMesh['skin'] {
  const skin = node.getSkin();
  const joint = primitive.getAttribute('JOINTS_0');
  const weight = primitive.getAttribute('WEIGHTS_0');
  if (!skin || !joint || !weight) return undefined;
  const inverse = skin.getInverseBindMatrices();
  const influences = joint.getElementSize();
  const shares = numbersOf(weight);
  for (let from = 0; from < shares.length; from += influences) {
    const sum = shares.slice(from, from + influences).reduce((total, share) => total + share, 0);
    for (let i = from; i < from + influences; i++) shares[i] = (shares[i] ?? 0) / (sum || 1);
  }
  return {
    joints: skin.listJoints().map((each, i) => ({
      node: indices.get(each) ?? -1,
      inverseBind: inverse ? rowMajorFromColumnMajor(inverse.getElement(i, [])) : IDENTITY,
    })),
    influences,
    indices: numbersOf(joint),
    shares,
  };
}
