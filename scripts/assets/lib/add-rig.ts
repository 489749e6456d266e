import type { Document, Node, Primitive } from '@gltf-transform/core';
import { Matrix4, Vector3 } from 'three';
import { accessorOf } from './accessor-of.ts';
import type { Part } from './asset-model.ts';
import { morphAttribute } from './bind-parts.ts';
import type { Axis, Clip, Joint, KeyPose, Rig } from './rig-model.ts';

const METRES_PER_MILLIMETRE = 0.001;
/** Key frames of a clip: between them turns are even, which is not seen at this rate. */
const KEYS_PER_SECOND = 10;

interface Model {
  /** It becomes the skinned mesh: the place of such a mesh is that of its joints, so that it hangs from nothing. */
  root: Node;
  parts: readonly Part[];
  primitives: readonly Primitive[];
  origin: Vector3;
}

/** Makes one skinned mesh of a model's primitives, and gives its root the skeleton and its clips. */
export function addRig(document: Document, rig: Rig, model: Model): void {
  const { root, parts, primitives, origin } = model;
  const mesh = document.createMesh(root.getName());
  for (const [i, primitive] of primitives.entries()) {
    const part = parts[i];
    if (!part) throw new Error('a primitive without its part');
    addSkinning(document, primitive, { part, rig });
    mesh.addPrimitive(primitive);
  }
  mesh.setWeights(rig.morphTargets.map(() => 0)).setExtras({ targetNames: rig.morphTargets });
  const joints = addJoints(document, rig.joints, { root, origin });
  root.setMesh(mesh).setSkin(skinOf(document, rig, { joints, origin }));
  for (const clip of rig.clips) addClip(document, clip, { rig, joints, root });
}

function addSkinning(
  document: Document,
  primitive: Primitive,
  { part: { geometry }, rig }: { part: Part; rig: Rig },
): void {
  const [which, shares] = ['skinIndex', 'skinWeight'].map((name) =>
    accessorOf(document, 'VEC4', Uint8Array.from(geometry.getAttribute(name).array)),
  );
  primitive
    .setAttribute('JOINTS_0', which ?? null)
    .setAttribute('WEIGHTS_0', shares?.setNormalized(true) ?? null);
  for (const name of rig.morphTargets) {
    const offsets = Float32Array.from(
      geometry.getAttribute(morphAttribute(name)).array,
      (value) => value * METRES_PER_MILLIMETRE,
    );
    const accessor = accessorOf(document, 'VEC3', offsets).setSparse(true);
    primitive.addTarget(document.createPrimitiveTarget(name).setAttribute('POSITION', accessor));
  }
}

function addJoints(
  document: Document,
  joints: readonly Joint[],
  { root, origin }: Pick<Model, 'root' | 'origin'>,
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { name, parent, at, turns } of joints) {
    const above = parent === undefined ? root : nodes.get(parent);
    const from = joints.find((joint) => joint.name === parent)?.at ?? origin.toArray();
    if (!above) throw new Error(`joint ${name} comes before its parent ${parent}`);
    const [x, y, z] = at.map((value, axis) => (value - (from[axis] ?? 0)) * METRES_PER_MILLIMETRE);
    const node = document
      .createNode(name)
      .setTranslation([x ?? 0, y ?? 0, z ?? 0])
      .setExtras({
        keypoint: name,
        ...(turns && { jointLimitsDegrees: { [turns.axis]: turns.degrees } }),
      });
    above.addChild(node);
    nodes.set(name, node);
  }
  return nodes;
}

function skinOf(
  document: Document,
  rig: Rig,
  { joints, origin }: { joints: ReadonlyMap<string, Node>; origin: Vector3 },
): ReturnType<Document['createSkin']> {
  const inverse = rig.joints.flatMap(({ at }) => {
    const { x, y, z } = origin.clone().sub(new Vector3(...at));
    const scale = METRES_PER_MILLIMETRE;
    return new Matrix4().makeTranslation(x * scale, y * scale, z * scale).toArray();
  });
  const skin = document
    .createSkin()
    .setInverseBindMatrices(accessorOf(document, 'MAT4', new Float32Array(inverse)));
  for (const node of joints.values()) skin.addJoint(node);
  return skin;
}

function addClip(
  document: Document,
  clip: Clip,
  { rig, joints, root }: { rig: Rig; joints: ReadonlyMap<string, Node>; root: Node },
): void {
  const end = clip.keys.at(-1)?.[0] ?? 0;
  const steps = Math.round(end * KEYS_PER_SECOND);
  const times = Array.from({ length: steps + 1 }, (_, i) => (i / steps) * end);
  const input = accessorOf(document, 'SCALAR', new Float32Array(times));
  const animation = document.createAnimation(clip.name);
  const track = (node: Node, path: 'rotation' | 'weights', values: readonly number[]): void => {
    const output = accessorOf(
      document,
      path === 'rotation' ? 'VEC4' : 'SCALAR',
      new Float32Array(values),
    );
    const sampler = document
      .createAnimationSampler()
      .setInterpolation('LINEAR')
      .setInput(input)
      .setOutput(output);
    const channel = document.createAnimationChannel().setTargetNode(node).setTargetPath(path);
    animation.addSampler(sampler).addChannel(channel.setSampler(sampler));
  };
  const changes = (name: string): boolean => clip.keys.some(([, pose]) => pose[name]);
  for (const { name, turns } of rig.joints) {
    const node = joints.get(name);
    if (!turns || !node || !changes(name)) continue;
    const turn = (time: number): number[] => turnAbout(turns.axis, valueAt(clip, name, time));
    track(node, 'rotation', times.flatMap(turn));
  }
  if (!rig.morphTargets.some(changes)) return;
  const weights = (time: number): number[] =>
    rig.morphTargets.map((name) => valueAt(clip, name, time));
  track(root, 'weights', times.flatMap(weights));
}

/** What a clip says of a joint or morph target: a smooth step from each key to the next. */
function valueAt({ keys }: Clip, name: string, time: number): number {
  const next = keys.findIndex(([seconds]) => seconds >= time);
  const [to, from] = [keys[Math.max(0, next)], keys[Math.max(0, next - 1)]];
  if (!to || !from) throw new Error('a clip without keys');
  const value = ([, pose]: readonly [number, KeyPose]): number => pose[name] ?? 0;
  const t = to === from ? 1 : (time - from[0]) / (to[0] - from[0]);
  return value(from) + (value(to) - value(from)) * t * t * (3 - 2 * t);
}

/** Quaternion [x, y, z, w]. */
function turnAbout(axis: Axis, degrees: number): number[] {
  const half = (degrees * Math.PI) / 360;
  const turn = [0, 0, 0, Math.cos(half)];
  turn[['x', 'y', 'z'].indexOf(axis)] = Math.sin(half);
  return turn;
}
