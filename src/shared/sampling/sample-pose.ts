import type { AnimationSpec } from '../config/animation-schema.ts';
import { matchAssets } from '../config/asset-pattern.ts';
import type { JointLimits, ModelAsset } from '../core/asset-catalogue.ts';
import { clipTime, multiplyQuaternions, sampleChannel } from '../core/clip.ts';
import { SamplingError } from '../core/errors.ts';
import type { Quat, Vec3 } from '../core/geometry.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import {
  type ModelRig,
  type NodeTransform,
  type Pose,
  posedExtent,
  type RigClip,
} from '../core/rig.ts';
import type { Timeline } from './motion.ts';
import { requireRange } from './require-range.ts';
import { pickAsset } from './pick-asset.ts';
import type { Sampler } from './sampler.ts';
import type { PoseSample } from './scene-sample.ts';

const AXES = ['x', 'y', 'z'] as const;

/** What was drawn, from which the pose at every time follows. */
type Drawn = Readonly<{
  clip: RigClip | null;
  startSeconds: number;
  speed: number;
  loop: AnimationSpec['loop'];
  /** Turns by node. */
  turns: ReadonlyMap<number, Quat>;
  morphs: ReadonlyMap<string, number>;
}>;

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
): Readonly<{ model: ModelAsset; pose: PoseSample }> {
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
  };
}

type Posed = Readonly<{ animation: AnimationSpec; model: ModelAsset; rig: ModelRig }>;

function drawPose(sampler: Sampler, { animation, model, rig }: Posed, path: string): Drawn {
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

function drawTurns(sampler: Sampler, { animation, model }: Posed, path: string): Drawn['turns'] {
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

/** Turns about x, then the new y, then the new z: degrees in, [w, x, y, z] out. */
export function eulerQuaternion([x, y, z]: Vec3): Quat {
  const half = (degrees: number): readonly [number, number] => [
    cos((degrees * DEGREE) / 2),
    sin((degrees * DEGREE) / 2),
  ];
  const [[cx, sx], [cy, sy], [cz, sz]] = [half(x), half(y), half(z)];
  return multiplyQuaternions(multiplyQuaternions([cx, sx, 0, 0], [cy, 0, sy, 0]), [cz, 0, 0, sz]);
}

const clipSeconds = (drawn: Drawn, clip: RigClip, seconds: number): number =>
  clipTime(drawn.startSeconds + drawn.speed * seconds, clip.durationSeconds, drawn.loop);

/** The pose so many seconds after a sequence began. */
function poseAt(
  { drawn, rig, model }: Readonly<{ drawn: Drawn; rig: ModelRig; model: ModelAsset }>,
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
