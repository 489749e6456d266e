import type { Vec3 } from '#shared/core/geometry';
import { compose, multiply, transformPoint } from '#shared/core/matrix';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { areaGizmos } from './area-gizmos.ts';
import { boxLines, type Gizmo, type GizmoSet } from './gizmo.ts';
import { lightGizmos } from './light-gizmos.ts';
import { pathGizmos } from './path-gizmos.ts';
import { placeRegion } from './place-region.ts';
import { sensorGizmo } from './sensor-gizmo.ts';
import { lengthOf, subtract } from './vectors.ts';

/** A frame as gizmos look at it. */
export type GizmoFrame = Readonly<{ inputs: RunInputs; sample: SceneSample; plan: FramePlan }>;

/** Everything that stands behind a frame and that its picture does not show. */
export function listGizmos({ inputs, sample, plan }: GizmoFrame): GizmoSet {
  const { position, target } = sample.camera;
  const depth = lengthOf(subtract(target, position));
  const scale = { reach: depth, center: target };
  const region = cameraRegion(inputs);
  const areas = areaGizmos(inputs, sample);
  const paths = pathGizmos(inputs, sample.frame, sample.retry);
  return {
    gizmos: [
      sensorGizmo(plan, depth),
      ...region.gizmos,
      ...areas.gizmos,
      ...lightGizmos(inputs, sample, { plan, scale }),
      ...paths.gizmos,
    ],
    notes: [...region.notes, ...areas.notes, ...paths.notes],
  };
}

/** Where the config lets the camera be. */
function cameraRegion({ config, scene }: RunInputs): GizmoSet {
  const { pose } = config.camera;
  const notes: string[] = [];
  if (pose.kind === 'mount') {
    notes.push(`The camera is carried by "${pose.node}": its region is where that goes.`);
    return { gizmos: [], notes };
  }
  if (pose.kind === 'scene') {
    const found = scene.cameras.find(({ name }) => name === pose.camera);
    const label = found && { at: found.position, text: pose.camera };
    return { gizmos: [{ kind: 'region', lines: [], label }], notes };
  }
  const lines = placeRegion(pose, config.vars);
  if (lines !== null) return { gizmos: [{ kind: 'region', lines }], notes };
  notes.push('The camera’s region has no bounds to draw: its dots show where it is.');
  return { gizmos: [], notes };
}

/** The box of an instance. */
export function instanceBox({ instances }: FramePlan, instanceId: number): Gizmo | null {
  const found = instances.find((one) => one.instanceId === instanceId);
  if (!found?.bounds) return null;
  const { worldFromObject, scale, bounds, name } = found;
  const matrix = multiply(worldFromObject, compose([0, 0, 0], [1, 0, 0, 0], scale));
  const world = (point: Vec3): Vec3 => transformPoint(matrix, point);
  const lines = boxLines(bounds.min, bounds.max).map((line) => line.map(world));
  const label = { at: world([bounds.min[0], bounds.max[1], bounds.min[2]]), text: name };
  return { kind: 'sensor', lines, label };
}
