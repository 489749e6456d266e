import type { AnimationSpec } from '../config/animation-schema.ts';
import { matchAssets } from '../config/asset-pattern.ts';
import type { JointLimits, ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Quat, Vec3 } from '../core/geometry.ts';
import { type ModelRig, type Pose, posedExtent, type RigClip } from '../core/rig.ts';
import { eulerQuaternion } from '../core/rotation.ts';
import type { Timeline } from './motion.ts';
import { clipSeconds, type DrawnPose, poseAt } from './pose-at.ts';
import { requireRange } from './require-range.ts';
import { pickAsset } from './pick-asset.ts';
import type { Sampler } from './sampler.ts';
import type { PoseSample } from './scene-sample.ts';
import type { ClipCourse } from './shutter-sample.ts';

const AXES = ['x', 'y', 'z'] as const;

/**
 * Draws how a model is posed. `model` has the room that it takes over all times of a sequence, exact to the
 * vertex; `pose` is that of the frame.
 */
export function samplePose(
  sampler: Sampler,
  {
    animation,
    model,
    timeline,
  }: Readonly<{ animation: AnimationSpec; model: ModelAsset; timeline: Timeline }>,
  path: string,
): Readonly<{ model: ModelAsset; pose: PoseSample; clip?: ClipCourse }> {
  const { rig } = model;
  if (!rig) throw new SamplingError(`${path}: the rig of model "${model.id}" was not loaded`);
  const drawn = drawPose(sampler, { animation, model, rig }, path);
  const at = (seconds: number): Pose => poseAt({ drawn, rig, model }, seconds);
  const pose = at(timeline.now);
  const moves = drawn.clip !== null && drawn.speed !== 0;
  const room = posedExtent(rig, moves ? timeline.times.map(at) : [pose]);
  return {
    // Triangles are those of the default pose: a posed model is kept apart by its plan.
    model: { ...model, mesh: undefined, ...room },
    pose: {
      ...(drawn.clip && {
        clip: drawn.clip.name,
        clipSeconds: clipSeconds(drawn, drawn.clip, timeline.now),
      }),
      ...pose,
      bounds: posedExtent(rig, [pose]).bounds,
    },
    ...(drawn.clip && moves && { clip: courseOf(drawn, drawn.clip) }),
  };
}

function courseOf(
  { startSeconds, speed, loop, turns, morphs }: DrawnPose,
  { name }: RigClip,
): ClipCourse {
  return {
    clip: name,
    startSeconds,
    speed,
    loop,
    turns: [...turns].map(([node, rotation]) => ({ node, rotation })),
    morphTargets: Object.fromEntries(morphs),
  };
}

type Posed = Readonly<{ animation: AnimationSpec; model: ModelAsset; rig: ModelRig }>;

function drawPose(sampler: Sampler, { animation, model, rig }: Posed, path: string): DrawnPose {
  const clip = drawClip(sampler, { animation, model, rig }, path);
  const number = (field: 'phase' | 'speed' | 'limitsShare'): number =>
    sampler.number(animation[field], `${path}.${field}`);
  const startSeconds =
    clip === null
      ? 0
      : animation.timeSeconds === undefined
        ? clip.durationSeconds * requireRange(number('phase'), `${path}.phase`, [0, 1])
        : sampler.number(animation.timeSeconds, `${path}.timeSeconds`);
  return {
    clip,
    startSeconds,
    speed: clip === null ? 0 : number('speed'),
    loop: animation.loop,
    turns: drawTurns(sampler, { animation, model, rig }, path),
    morphs: new Map(
      Object.entries(animation.morphTargets).map(([name, weight]) => [
        name,
        sampler.number(weight, `${path}.morphTargets.${name}`),
      ]),
    ),
  };
}

function drawClip(
  sampler: Sampler,
  { animation, model, rig }: Posed,
  path: string,
): RigClip | null {
  if (animation.clip === undefined) return null;
  const ids = rig.clips.map(({ name }) => name);
  const what = `clip of "${model.id}" as`;
  const name = pickAsset(sampler, { value: animation.clip, ids, what }, `${path}.clip`);
  return rig.clips.find((clip) => clip.name === name) ?? null;
}

function drawTurns(
  sampler: Sampler,
  { animation, model }: Posed,
  path: string,
): DrawnPose['turns'] {
  const at = `${path}.limitsShare`;
  const share = requireRange(sampler.number(animation.limitsShare, at), at, [0, 1]);
  const stated = Object.entries(animation.joints);
  const turns = new Map<number, Quat>();
  for (const [index, { name, jointLimitsDegrees: limits }] of model.nodes.entries()) {
    const [pattern, spec] =
      stated.filter(([each]) => matchAssets(each, [name]).length > 0).at(-1) ?? [];
    if (spec !== undefined) {
      const degrees = AXES.map((axis) => {
        const where = `${path}.joints.${pattern}.${name}.${axis}Degrees`;
        const value = sampler.number(spec[`${axis}Degrees`], where);
        requireLimit(limits, { axis, value, where });
        return value;
      });
      turns.set(index, eulerQuaternion(degrees as unknown as Vec3));
    } else if (limits && share > 0) {
      const degrees = AXES.map((axis) => {
        const [low, high] = limits[axis] ?? [0, 0];
        if (low === high) return share * low;
        const where = `${path}.limits.${name}.${axis}Degrees`;
        return sampler.number({ kind: 'uniform', min: share * low, max: share * high }, where);
      });
      turns.set(index, eulerQuaternion(degrees as unknown as Vec3));
    }
  }
  return turns;
}

function requireLimit(
  limits: JointLimits | undefined,
  { axis, value, where }: Readonly<{ axis: 'x' | 'y' | 'z'; value: number; where: string }>,
): void {
  const range = limits?.[axis];
  if (!range || (value >= range[0] && value <= range[1])) return;
  throw new SamplingError(
    `${where}: expected ${range[0]}..${range[1]}, the limits that the model states, drew ${value}. Narrow its distribution.`,
  );
}
