import type { Config } from '../config/config-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { SENSOR_RANGES } from '../config/sensor-ranges.ts';
import type { SceneDescription } from '../config/scene-description.ts';
import { SamplingError } from '../core/errors.ts';
import type { Vec3 } from '../core/geometry.ts';
import { drift, turnInPlan } from './motion.ts';
import { requireRange } from './require-range.ts';
import { judgeView } from './judge-view.ts';
import { sampleIntrinsics } from './sample-intrinsics.ts';
import { tryPlace } from './sample-place.ts';
import type { Sampler } from './sampler.ts';
import type { CameraSample } from './scene-sample.ts';
import type { Thing } from './visible-things.ts';
import { wobbleView } from './wobble.ts';

type Inputs = Readonly<{
  scene: SceneDescription;
  now: number;
  /** What is there to be seen; asked for where the config says what a view must have. */
  things: () => readonly Thing[];
}>;

/** Draws pose and intrinsics of the camera; the pose is that of `now`, seconds after its sequence began. */
export function sampleCamera(sampler: Sampler, config: Config, inputs: Inputs): CameraSample {
  const start = acceptedStart(sampler, config, inputs);
  return { ...start, ...moveCamera(sampler, config, { start, now: inputs.now }) };
}

/** The first view that has what a view must have; each attempt has streams of its own. */
function acceptedStart(sampler: Sampler, config: Config, { scene, things }: Inputs): CameraSample {
  const { sees } = config.camera;
  if (sees === undefined) return drawStart(sampler, config, { scene, attempt: 0 });
  const judged = { things: things(), image: config.image };
  let [best, nearest] = [0, 0];
  for (let attempt = 0; attempt < sees.attempts; attempt++) {
    const start = drawStart(sampler, config, { scene, attempt });
    const { good, seen, clearanceMeters } = judgeView(start, sees, judged);
    if (good) return start;
    [best, nearest] = [Math.max(best, seen), Math.max(nearest, clearanceMeters)];
    sampler.reject('camera.pose');
  }
  throw new SamplingError(
    `camera.pose: none of ${sees.attempts} views has ${sees.objects} labelled objects in sight and ${sees.clearanceMeters} m clear; at best ${best} were in sight, and ${nearest.toPrecision(3)} m clear. Widen the pose, or ask less of camera.sees.`,
  );
}

function drawStart(
  sampler: Sampler,
  config: Config,
  { scene, attempt }: Readonly<{ scene: SceneDescription; attempt: number }>,
): CameraSample {
  const { camera } = config;
  const { position, target } = samplePose(sampler, config, { scene, attempt });
  const jitter = sampler.vec3(camera.targetJitterMeters, 'camera.targetJitterMeters', attempt);
  return {
    position,
    target: [target[0] + jitter[0], target[1] + jitter[1], target[2] + jitter[2]],
    rollDegrees: sampler.number(camera.rollDegrees, 'camera.rollDegrees', attempt),
    intrinsics: sampleIntrinsics(sampler, config),
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
 * along; last comes the sway of a hand. The angle counts as that of a yaw: from +Z to +X.
 */
function moveCamera(
  sampler: Sampler,
  { camera: { motion } }: Config,
  { start, now }: Readonly<{ start: CameraView; now: number }>,
): CameraView {
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
  const { wobble } = motion;
  return wobble ? wobbleView(sampler, wobble, { view, now, path: `${path}.wobble` }) : view;
}

function samplePose(
  sampler: Sampler,
  { camera: { pose } }: Config,
  { scene, attempt }: Readonly<{ scene: SceneDescription; attempt: number }>,
): Readonly<{ position: Vec3; target: Vec3 }> {
  if (pose.kind !== 'scene') return tryPlace(sampler, pose, { path: 'camera.pose', attempt });
  const found = scene.cameras.find(({ name }) => name === pose.camera);
  if (found) return found;
  const names = scene.cameras.map(({ name }) => name).join(', ') || 'none';
  throw new SamplingError(
    `camera.pose.camera: the scene has no camera "${pose.camera}"; it has: ${names}`,
  );
}
