import type { Config } from '../config/config-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { SENSOR_RANGES } from '../config/sensor-ranges.ts';
import { sharedLens } from '../config/lenses-of.ts';
import type { SceneDescription } from '../config/scene-description.ts';
import { SamplingError } from '../core/errors.ts';
import type { Mat4, Vec3 } from '../core/geometry.ts';
import { mountCamera } from './mount-camera.ts';
import { drift, turnInPlan } from './motion.ts';
import { requireRange } from './require-range.ts';
import { rideRail } from './ride-rail.ts';
import { judgeView } from './judge-view.ts';
import { sampleIntrinsics } from './sample-intrinsics.ts';
import { tryPlace } from './sample-place.ts';
import type { Sampler } from './sampler.ts';
import type { CameraSample } from './scene-sample.ts';
import type { ViewSample } from './shutter-sample.ts';
import type { Thing } from './visible-things.ts';
import { wobbleView } from './wobble.ts';

type Inputs = Readonly<{
  scene: SceneDescription;
  /** Where a node is, so many seconds after its sequence began; undefined where there is none of that name. */
  worldFromNode: (name: string, seconds: number) => Mat4 | undefined;
  now: number;
  /** Seconds from `now` to the instants of the exposure; empty where there is no shutter. */
  instants: readonly number[];
  /** What is there to be seen; asked for where the config says what a view must have. */
  things: () => readonly Thing[];
}>;

/**
 * Draws pose and intrinsics of the camera; the pose is that of `now`, seconds after its sequence began. `views`:
 * those of the instants of its exposure, absent where it rests.
 */
export function sampleCamera(
  sampler: Sampler,
  config: Config,
  inputs: Inputs,
): Readonly<{ camera: CameraSample; views?: readonly ViewSample[] }> {
  const { start, attempt } = acceptedStart(sampler, config, inputs);
  const { now, instants } = inputs;
  const at = (seconds: number): CameraSample => {
    if (config.camera.pose.kind !== 'mount')
      return { ...start, ...moveCamera(sampler, config, { start, now: seconds }) };
    const carried = drawStart(sampler, config, { ...inputs, now: seconds, attempt });
    const view = { position: carried.position, target: carried.target };
    return { ...carried, ...wobbleOf(sampler, config, { view, now: seconds }) };
  };
  const camera = at(now);
  if (config.camera.motion === undefined && config.camera.pose.kind !== 'mount') return { camera };
  const views = instants.map((offset) => viewOf(at(now + offset)));
  const rests = views.every((view) => JSON.stringify(view) === JSON.stringify(viewOf(camera)));
  return { camera, ...(!rests && { views }) };
}

const viewOf = ({ position, target, rollDegrees }: CameraSample): ViewSample => ({
  position,
  target,
  rollDegrees,
});

/** The first view that has what a view must have; each attempt has streams of its own. */
function acceptedStart(
  sampler: Sampler,
  config: Config,
  inputs: Inputs,
): Readonly<{ start: CameraSample; attempt: number }> {
  const { sees } = config.camera;
  const begin = { ...inputs, now: 0 };
  if (sees === undefined)
    return { start: drawStart(sampler, config, { ...begin, attempt: 0 }), attempt: 0 };
  const judged = { things: inputs.things(), image: config.image };
  let [best, nearest] = [0, 0];
  for (let attempt = 0; attempt < sees.attempts; attempt++) {
    const start = drawStart(sampler, config, { ...begin, attempt });
    const view = { ...start, ...rideOf(sampler, config, { view: start, now: 0 }) };
    const { good, seen, clearanceMeters } = judgeView(view, sees, judged);
    if (good) return { start, attempt };
    [best, nearest] = [Math.max(best, seen), Math.max(nearest, clearanceMeters)];
    sampler.reject('camera.pose');
  }
  throw new SamplingError(
    `camera.pose: none of ${sees.attempts} views has ${sees.objects} labelled objects in sight and ${sees.clearanceMeters} m clear; at best ${best} were in sight, and ${nearest.toPrecision(3)} m clear. Widen the pose, or ask less of camera.sees.`,
  );
}

type PoseInputs = Pick<Inputs, 'scene' | 'worldFromNode' | 'now'> & Readonly<{ attempt: number }>;

function drawStart(sampler: Sampler, config: Config, inputs: PoseInputs): CameraSample {
  const { camera } = config;
  const { attempt } = inputs;
  const { position, target, rollDegrees = 0 } = samplePose(sampler, config, inputs);
  const jitter = sampler.vec3(camera.targetJitterMeters, 'camera.targetJitterMeters', attempt);
  return {
    position,
    target: [target[0] + jitter[0], target[1] + jitter[1], target[2] + jitter[2]],
    rollDegrees: rollDegrees + sampler.number(camera.rollDegrees, 'camera.rollDegrees', attempt),
    intrinsics: sampleIntrinsics(sampler, sharedLens(camera), config),
    ...(camera.focus && { focus: sampleFocus(sampler, camera.focus, config.sensor.aperture) }),
    nearMeters: camera.nearMeters,
    farMeters: camera.farMeters,
  };
}

function sampleFocus(
  sampler: Sampler,
  focus: NonNullable<Config['camera']['focus']>,
  aperture: NumberValue,
): CameraSample['focus'] {
  const drawn = (value: NumberValue, path: string, range: readonly [number, number]): number =>
    requireRange(sampler.number(value, path), path, range);
  return {
    distanceMeters: drawn(focus.distanceMeters, 'camera.focus.distanceMeters', [0.01, 1e6]),
    sensorWidthMillimeters: drawn(
      focus.sensorWidthMillimeters,
      'camera.focus.sensorWidthMillimeters',
      [0.5, 100],
    ),
    aperture: drawn(aperture, 'sensor.aperture', SENSOR_RANGES.aperture),
  };
}

type CameraView = Readonly<{ position: Vec3; target: Vec3 }>;

/**
 * Orbits the camera about the vertical through where its target began, then carries it and the target
 * along, or puts it on its rail; last comes the sway of a hand. The angle counts as that of a yaw: from +Z to +X.
 */
function moveCamera(
  sampler: Sampler,
  config: Config,
  { start, now }: Readonly<{ start: CameraView; now: number }>,
): CameraView {
  const { motion } = config.camera;
  if (motion === undefined) return start;
  const path = 'camera.motion';
  const along = (name: 'velocityMetersPerSecond' | 'targetVelocityMetersPerSecond'): Vec3 =>
    sampler.vec3(motion[name], `${path}.${name}`);
  const orbit = sampler.number(motion.orbitDegreesPerSecond, `${path}.orbitDegreesPerSecond`);
  const { position, target } = start;
  const pivot = [target[0], target[2]] as const;
  const [x, z] = turnInPlan([position[0], position[2]], pivot, orbit * now);
  const own = { velocity: along('velocityMetersPerSecond'), spinDegrees: orbit };
  const aim = { velocity: along('targetVelocityMetersPerSecond'), spinDegrees: 0 };
  const view = {
    position: drift([x, position[1], z], own, now),
    target: drift(target, aim, now),
  };
  return wobbleOf(sampler, config, { view: rideOf(sampler, config, { view, now }), now });
}

type Moving = Readonly<{ view: CameraView; now: number }>;

/** On its rail, where it has one. */
function rideOf(
  sampler: Sampler,
  { camera: { motion } }: Config,
  { view, now }: Moving,
): CameraView {
  const rail = motion?.rail;
  return rail ? rideRail(sampler, rail, { view, now, path: 'camera.motion.rail' }) : view;
}

/** In a hand, where it is in one. */
function wobbleOf(
  sampler: Sampler,
  { camera: { motion } }: Config,
  { view, now }: Moving,
): CameraView {
  const wobble = motion?.wobble;
  return wobble ? wobbleView(sampler, wobble, { view, now, path: 'camera.motion.wobble' }) : view;
}

function samplePose(
  sampler: Sampler,
  { camera: { pose } }: Config,
  { scene, worldFromNode, now, attempt }: PoseInputs,
): CameraView & Readonly<{ rollDegrees?: number }> {
  if (pose.kind === 'mount') {
    const matrix = worldFromNode(pose.node, now);
    if (matrix) return mountCamera(sampler, pose, { worldFromNode: matrix, attempt });
    throw new SamplingError(`camera.pose.node: the scene has no node "${pose.node}"`);
  }
  if (pose.kind !== 'scene') return tryPlace(sampler, pose, { path: 'camera.pose', attempt });
  const found = scene.cameras.find(({ name }) => name === pose.camera);
  if (found) return found;
  const names = scene.cameras.map(({ name }) => name).join(', ') || 'none';
  throw new SamplingError(
    `camera.pose.camera: the scene has no camera "${pose.camera}"; it has: ${names}`,
  );
}
