import type { ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Bounds, Mat4 } from '../core/geometry.ts';
import type { KeypointSubject } from '../config/resolve-keypoints.ts';
import type { DescribedNode } from '../config/scene-description.ts';
import { memberSubject, ownedMembers } from '../config/scene-members.ts';
import { catchesShadow } from '../config/catches-shadow.ts';
import { compose, IDENTITY, multiply } from '../core/matrix.ts';
import { poseMatrices, type Pose } from '../core/rig.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import { isMoved, type NodePose, nodePoses, poseOf } from '../sampling/node-matrix.ts';
import type { NodeSample, SceneSample } from '../sampling/scene-sample.ts';
import { framesPerDraw, placeOf, trackIdOf } from '../sampling/sequence.ts';
import { decomposeMatrix } from './decompose-matrix.ts';
import type { FramePlan, PlanInstance, PlanNode, PlanStage } from './frame-plan.ts';
import { partTable } from './part-table.ts';
import { planKeypoints } from './plan-keypoints.ts';
import { planMaterial } from './plan-material.ts';
import { memberSubjects, planPolicies } from './plan-policies.ts';

/** Most instances that one frame may label (16-bit ids, 0 being the background). */
const MAX_INSTANCES = 65535;

type InstanceSubject = Readonly<{
  name: string;
  category: string | null | undefined;
  assetId: string | null;
  matrix: Mat4;
  bounds: Bounds | null;
  /** What its keypoints are looked up in. */
  subject: () => KeypointSubject;
}>;

/** Hands out instance ids, dense from 1, in the order in which things are planned. */
class InstanceTable {
  readonly instances: PlanInstance[] = [];
  readonly #inputs: RunInputs;
  readonly #categoryIds: ReadonlyMap<string, number>;
  /** The first frame that shares its draws; null where frames stand alone. */
  readonly #firstFrame: number | null;

  constructor(inputs: RunInputs, sample: SceneSample) {
    this.#inputs = inputs;
    const { config } = inputs;
    const isShared = framesPerDraw(config) > 1;
    this.#firstFrame = isShared ? placeOf(config, sample.frame).firstFrame : null;
    this.#categoryIds = new Map(
      inputs.config.categories.map((category, index) => [
        typeof category === 'string' ? category : category.name,
        index + 1,
      ]),
    );
  }

  /** The id of a new instance, or 0 where the subject has no category. */
  add({ name, category, assetId, matrix, bounds, subject }: InstanceSubject): number {
    if (category === null || category === undefined) return 0;
    const categoryId = this.#categoryIds.get(category);
    if (categoryId === undefined) {
      throw new SamplingError(
        `"${name}" has the category "${category}", which is not under categories: [${[...this.#categoryIds.keys()].join(', ')}]`,
      );
    }
    const instanceId = this.instances.length + 1;
    if (instanceId > MAX_INSTANCES) {
      throw new SamplingError(
        `a frame can label at most ${MAX_INSTANCES} instances; lower the counts`,
      );
    }
    const { rigid, scale } = this.#decompose(matrix, name);
    const keypoints = planKeypoints(this.#inputs, category, subject);
    this.instances.push({
      instanceId,
      ...(this.#firstFrame !== null && { trackId: trackIdOf(this.#firstFrame, instanceId) }),
      categoryId,
      category,
      name,
      assetId,
      worldFromObject: rigid,
      scale,
      bounds,
      ...(keypoints && { keypoints }),
    });
    return instanceId;
  }

  #decompose(matrix: Mat4, name: string): ReturnType<typeof decomposeMatrix> {
    try {
      return decomposeMatrix(matrix);
    } catch (cause) {
      throw new SamplingError(`"${name}" cannot be labelled: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
}

type PlannedNodes = Pick<FramePlan, 'nodes' | 'stage' | 'instances' | 'parts'>;

/** Everything that is drawn, with its ids: the scene's nodes first, then the objects, group by group. */
export function planNodes(inputs: RunInputs, sample: SceneSample): PlannedNodes {
  const table = new InstanceTable(inputs, sample);
  const samples = new Map(sample.nodes.map((node) => [node.name, node]));
  const context = { samples, poses: nodePoses(inputs.scene.nodes, sample.nodes), table };
  const stage = planStage(inputs, context);
  const nodes = [
    ...inputs.scene.nodes.flatMap((node) => planSceneNode(inputs, node, context)),
    ...planObjects(inputs, sample, table),
  ];
  const { parts } = partTable(inputs);
  return { stage, nodes, instances: table.instances, ...(parts.length > 0 && { parts }) };
}

type NodeContext = Readonly<{
  samples: ReadonlyMap<string, NodeSample>;
  poses: ReadonlyMap<string, NodePose>;
  table: InstanceTable;
}>;

function planStage(inputs: RunInputs, { samples, poses, table }: NodeContext): PlanStage | null {
  const { scene, catalogue } = inputs;
  const { policies } = inputs.config.labels;
  const { kind, resource } = scene.source;
  if (kind === 'yaml' || resource === undefined) return null;
  const matrixOf = (node: DescribedNode): Mat4 => poseOf(poses, node).worldFromNode;
  const partIds = memberParts(inputs);
  const members = scene.nodes.flatMap((node) => {
    if (node.content.kind !== 'member') return [];
    const partId = partIds.get(node.name);
    const sample = samples.get(node.name);
    const { visible, worldFromNode: matrix } = poseOf(poses, node);
    return {
      index: node.content.index,
      name: node.name,
      ...(node.copies
        ? { instanceId: 0, copyIds: visible ? addCopies(table, node, matrix) : [] }
        : {
            instanceId: visible
              ? table.add({
                  name: node.name,
                  category: node.category,
                  assetId: null,
                  matrix,
                  bounds: node.bounds,
                  subject: () => memberSubject(scene.nodes, node, matrixOf),
                })
              : 0,
          }),
      ...(partId !== undefined && { partId }),
      visible,
      castShadow: node.castShadow,
      receiveShadow: node.receiveShadow,
      worldFromNode: sample && isMoved(sample) ? matrix : null,
      material: planMaterial(sample?.material, catalogue),
      ...(policies.length > 0 && planPolicies(policies, memberSubjects(scene.nodes, node))),
    };
  });
  return { kind, resource, nodeCount: members.length, members };
}

/** An instance for each copy of a node's instanced mesh, named `trees[3]`; their ids. */
function addCopies(
  table: InstanceTable,
  { name, category, keypoint, copies }: DescribedNode,
  worldFromNode: Mat4,
): readonly number[] {
  const origin = { name, origin: [0, 0, 0] as const, keypoint };
  return (copies?.nodeFromCopy ?? []).map((nodeFromCopy, i) =>
    table.add({
      name: `${name}[${i}]`,
      category,
      assetId: null,
      matrix: multiply(worldFromNode, nodeFromCopy),
      bounds: copies?.bounds ?? null,
      subject: () => ({ name, nodes: [origin] }),
    }),
  );
}

/** Part ids of the members of a glTF or code scene that begin parts, by name. */
function memberParts(inputs: RunInputs): ReadonlyMap<string, number> {
  const { parts, partIdOf } = partTable(inputs);
  const { nodes } = inputs.scene;
  const owners = parts.length === 0 ? [] : nodes;
  return new Map(
    owners.flatMap((owner) => {
      const { category } = owner;
      if (category === undefined) return [];
      return ownedMembers(nodes, owner)
        .map((node) => [node.name, partIdOf(category, node)] as const)
        .filter(([, partId]) => partId > 0);
    }),
  );
}

/** What a plan says of the parts of a model that is an instance of a category. */
function modelParts(
  inputs: RunInputs,
  category: string | null | undefined,
  { nodes }: ModelAsset,
): Readonly<{ parts?: Extract<PlanNode, { kind: 'model' }>['parts'] }> {
  const table = partTable(inputs);
  if (table.parts.length === 0 || category === null || category === undefined) return {};
  const parts = nodes
    .map((node, index) => ({ node: index, partId: table.partIdOf(category, node) }))
    .filter(({ partId }) => partId > 0);
  return parts.length > 0 ? { parts } : {};
}

function planSceneNode(
  inputs: RunInputs,
  node: DescribedNode,
  { samples, poses, table }: NodeContext,
): readonly PlanNode[] {
  const { catalogue, config } = inputs;
  const { content, name, category, bounds, castShadow, receiveShadow } = node;
  const { visible, worldFromNode: matrix } = poseOf(poses, node);
  if (content.kind === 'member' || !visible) return [];
  const assetId = content.kind === 'model' ? content.assetId : null;
  const subject = (): KeypointSubject =>
    assetId === null
      ? { name, nodes: [] }
      : { name: assetId, nodes: modelOf(catalogue, assetId).nodes };
  const base = {
    name,
    worldFromNode: matrix,
    instanceId: table.add({ name, category, assetId, matrix, bounds, subject }),
    material: planMaterial(samples.get(name)?.material, catalogue),
    castShadow,
    receiveShadow,
    ...planPolicies(inputs.config.labels.policies, [{ category, assetId, node: name }]),
  };
  if (content.kind === 'shape') {
    const planned = { ...base, kind: 'shape', shape: content.shape } as const;
    if (!catchesShadow(config, name)) return [planned];
    return [{ ...planned, castShadow: false, receiveShadow: true, shadowCatcher: true }];
  }
  const model = modelOf(catalogue, content.assetId);
  return [
    { ...base, kind: 'model', resource: model.sha256, ...modelParts(inputs, category, model) },
  ];
}

function planObjects(
  inputs: RunInputs,
  { objects }: SceneSample,
  table: InstanceTable,
): readonly PlanNode[] {
  const { catalogue } = inputs;
  return objects.map((object): PlanNode => {
    const model = modelOf(catalogue, object.assetId);
    const name = `${object.group}[${object.slot}]`;
    const { scale } = object;
    const matrix = compose(object.position, object.orientation, [scale, scale, scale]);
    return {
      kind: 'model',
      name,
      resource: model.sha256,
      worldFromNode: matrix,
      instanceId: table.add({
        name,
        category: object.category,
        assetId: model.id,
        matrix,
        bounds: object.pose?.bounds ?? model.bounds,
        subject: () => ({ name: model.id, nodes: posedNodes(model, object.pose) }),
      }),
      ...(object.pose && { pose: { nodes: object.pose.nodes, weights: object.pose.weights } }),
      material: planMaterial(object.material, catalogue),
      castShadow: true,
      receiveShadow: true,
      ...planPolicies(inputs.config.labels.policies, [
        { category: object.category, assetId: model.id },
      ]),
      ...modelParts(inputs, object.category, model),
    };
  });
}

/** The nodes of a model with their origins where a pose has them. */
function posedNodes({ id, nodes, rig }: ModelAsset, pose: Pose | undefined): ModelAsset['nodes'] {
  if (!pose) return nodes;
  if (!rig) throw new SamplingError(`the rig of model "${id}", which is posed, was not loaded`);
  const matrices = poseMatrices(rig, pose);
  return nodes.map((node, index) => {
    const m = matrices[index] ?? IDENTITY;
    return { ...node, origin: [m[3] ?? NaN, m[7] ?? NaN, m[11] ?? NaN] };
  });
}

function modelOf(
  { models }: RunInputs['catalogue'],
  id: string,
): RunInputs['catalogue']['models'][number] {
  const model = models.find((candidate) => candidate.id === id);
  if (model) return model;
  throw new SamplingError(`model asset "${id}" is not in the catalogue`);
}
