import type { Bounds, Quat, Vec3 } from '../core/geometry.ts';
import { compose, transformBounds } from '../core/matrix.ts';
import { SamplingError } from '../core/errors.ts';
import { rotationAt } from '../core/rotation.ts';
import type { Prism } from './ground-plan.ts';
import { isClear, obstaclesOf } from './keep-clear.ts';
import { drift, sweepPrisms, turnOrientation } from './motion.ts';
import { yawQuaternion } from './node-matrix.ts';
import { meshOf } from './node-triangles.ts';
import { type PosedMesh, meshAt } from './posed-mesh.ts';
import type { FreeSpec, Placed, PlacementContext, SizedModel } from './placement.ts';
import { rectangleOf } from './surfaces.ts';

/**
 * Floats a model in a volume: the box of its turned bounds stays inside, and at least `spacingMeters`
 * beside, above or below everything else, at every step of its sequence.
 */
export function placeFree(
  context: PlacementContext,
  spec: FreeSpec,
  sized: SizedModel,
): Placed | null {
  const { sampler, attempts, course } = context;
  const { model, scale, path } = sized;
  const volume = volumeOf(context, spec, path);
  const obstacles = obstaclesOf(context, null);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const at = (axis: 0 | 1 | 2): number =>
      volume.min[axis] +
      sampler.uniform(`${path}.position[${axis}]`, attempt) * (volume.max[axis] - volume.min[axis]);
    const position: Vec3 = [at(0), at(1), at(2)];
    const orientation = drawOrientation(context, spec, { path, attempt });
    const placeAt = (seconds: number): Omit<Placed, 'prism'> => ({
      position: drift(position, course.motion, seconds),
      orientation: turnOrientation(orientation, course.motion.spinDegrees * seconds),
    });
    const steps = course.times.map((seconds) => {
      const place = placeAt(seconds);
      const matrix = compose(place.position, place.orientation, [scale, scale, scale]);
      const mesh = meshAt(
        () => meshOf(model),
        () => matrix,
      );
      return { box: transformBounds(matrix, model.bounds), mesh };
    });
    const spacing = spec.spacingMeters;
    const inside = steps.every(({ box }) => isInside(box, volume));
    if (inside && isClear(context, roomAround(steps, spacing, path), { obstacles, spacing })) {
      return { ...placeAt(course.now), prism: roomAround(steps, 0, path) };
    }
    sampler.reject(path);
  }
  return null;
}

function volumeOf(
  { sampler, ground }: PlacementContext,
  { volume }: FreeSpec,
  path: string,
): Bounds {
  if (typeof volume !== 'string') {
    const min = sampler.vec3(volume.min, `${path}.volume.min`);
    const max = sampler.vec3(volume.max, `${path}.volume.max`);
    if (min[0] < max[0] && min[1] < max[1] && min[2] < max[2]) return { min, max };
    throw new SamplingError(
      `${path}.volume: expected min below max on every axis, drew min [${min.join(', ')}] and max [${max.join(', ')}]`,
    );
  }
  const found = ground.scene.volumes.find(({ name }) => name === volume);
  if (found) return found;
  throw new SamplingError(`${path}: the scene has no volume "${volume}"`);
}

/** What is stated; else any rotation, all alike, or a turn about the vertical. */
export function drawOrientation(
  { sampler }: Pick<PlacementContext, 'sampler'>,
  { orientation, rotation }: Pick<FreeSpec, 'orientation' | 'rotation'>,
  { path, attempt }: Readonly<{ path: string; attempt: number }>,
): Quat {
  if (rotation !== undefined) return sampler.rotation(rotation, `${path}.rotation`, attempt);
  const u = (name: string): number => sampler.uniform(`${path}.orientation.${name}`, attempt);
  if (orientation === 'upright') return yawQuaternion(u('yaw') * 360);
  return rotationAt([u('u1'), u('u2'), u('u3')]);
}

/** What the boxes of all steps take, with `spacing` metres kept above and below them. */
function roomAround(
  steps: readonly Readonly<{ box: Bounds; mesh: PosedMesh }>[],
  spacing: number,
  name: string,
): Prism {
  const [first, ...later] = steps.map(({ box, mesh }) => ({
    name,
    mesh,
    polygon: rectangleOf(box),
    bottom: box.min[1] - spacing,
    top: box.max[1] + spacing,
  }));
  if (first === undefined) throw new RangeError('expected at least one step');
  return sweepPrisms(first, later);
}

function isInside(box: Bounds, volume: Bounds): boolean {
  return ([0, 1, 2] as const).every(
    (axis) => box.min[axis] >= volume.min[axis] && box.max[axis] <= volume.max[axis],
  );
}
