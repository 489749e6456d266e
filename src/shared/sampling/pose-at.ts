import type { AnimationSpec } from '../config/animation-schema.ts';
import type { ModelAsset } from '../core/asset-catalogue.ts';
import { clipTime, multiplyQuaternions, sampleChannel } from '../core/clip.ts';
import { SamplingError } from '../core/errors.ts';
import type { Quat } from '../core/geometry.ts';
import type { ModelRig, NodeTransform, Pose, RigClip } from '../core/rig.ts';
import type { ClipCourse } from './shutter-sample.ts';

/** What was drawn, from which the pose at every time follows. */
export type DrawnPose = Readonly<{
  clip: RigClip | null;
  startSeconds: number;
  speed: number;
  loop: AnimationSpec['loop'];
  /** Turns by node. */
  turns: ReadonlyMap<number, Quat>;
  morphs: ReadonlyMap<string, number>;
}>;

export const clipSeconds = (drawn: DrawnPose, clip: RigClip, seconds: number): number =>
  clipTime(drawn.startSeconds + drawn.speed * seconds, clip.durationSeconds, drawn.loop);

/** The pose so many seconds after a sequence began. */
export function poseAt(
  { drawn, rig, model }: Readonly<{ drawn: DrawnPose; rig: ModelRig; model: ModelAsset }>,
  seconds: number,
): Pose {
  const nodes = new Map<number, NodeTransform>();
  const weights = new Map<number, readonly number[]>();
  const change = (index: number, turn: (from: NodeTransform) => Partial<NodeTransform>): void => {
    const from = nodes.get(index) ?? rig.nodes[index];
    if (!from) return;
    const { translation, rotation, scale } = from;
    nodes.set(index, { translation, rotation, scale, ...turn(from) });
  };
  for (const channel of drawn.clip?.channels ?? []) {
    const time = drawn.clip ? clipSeconds(drawn, drawn.clip, seconds) : 0;
    const value = sampleChannel(channel, time);
    const { path, node } = channel;
    if (path === 'weights') weights.set(node, value);
    else change(node, () => ({ [path]: path === 'rotation' ? quatOf(value) : value }));
  }
  for (const [index, turn] of drawn.turns)
    change(index, ({ rotation }) => ({ rotation: multiplyQuaternions(rotation, turn) }));
  for (const [index, { morphTargets = [] }] of model.nodes.entries()) {
    // A file need not state weights: they are 0 then.
    const current = weights.get(index) ?? rig.nodes[index]?.weights ?? [];
    const own = morphTargets.map((name, i) => drawn.morphs.get(name) ?? current[i] ?? 0);
    if (own.some((weight, i) => weight !== (current[i] ?? 0))) weights.set(index, own);
  }
  return {
    nodes: [...nodes].map(([node, transform]) => ({ node, ...transform })),
    weights: [...weights].map(([node, own]) => ({ node, weights: own })),
  };
}

/** From the order of files, x, y, z, w. */
const quatOf = ([x = 0, y = 0, z = 0, w = 1]: readonly number[]): Quat => [w, x, y, z];

/**
 * The pose of a model whose clip goes on, so many seconds after its sequence began.
 * @throws SamplingError where its rig was not loaded, or lacks the clip.
 */
export function poseOnCourse(course: ClipCourse, model: ModelAsset, seconds: number): Pose {
  const { rig, id } = model;
  const clip = rig?.clips.find(({ name }) => name === course.clip);
  if (!rig || !clip)
    throw new SamplingError(`model "${id}": its clip "${course.clip}" was not loaded`);
  const { startSeconds, speed, loop, turns, morphTargets } = course;
  const drawn: DrawnPose = {
    clip,
    startSeconds,
    speed,
    loop,
    turns: new Map(turns.map(({ node, rotation }) => [node, rotation])),
    morphs: new Map(Object.entries(morphTargets)),
  };
  return poseAt({ drawn, rig, model }, seconds);
}
