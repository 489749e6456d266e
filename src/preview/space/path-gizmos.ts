import { dropsObjects } from '#shared/config/drops-objects';
import type { Vec3 } from '#shared/core/geometry';
import { nodePoses } from '#shared/sampling/node-matrix';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { type FrameOrder, placeOf, viewCount } from '#shared/sampling/sequence';
import type { Gizmo, GizmoSet } from './gizmo.ts';
import { lengthOf, subtract } from './vectors.ts';

const CAMERA = 'the camera';
/** Steps of a sequence at which a path is looked at: enough for a smooth line. */
const MOST_STEPS = 48;
/** What moves less than this over a sequence rests: metres. */
const LEAST_METERS = 1e-4;

/** The frames of the sequence that a frame belongs to, by its own view, thinned out evenly, the last one among them. */
export function pathFrames(
  config: FrameOrder & Readonly<{ frames: number }>,
  frame: number,
): readonly number[] {
  const { firstFrame, view } = placeOf(config, frame);
  const views = viewCount(config);
  const first = firstFrame + view;
  const steps = Math.min(config.sequence.frames, Math.ceil((config.frames - first) / views));
  const count = Math.min(MOST_STEPS, steps);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? first : first + Math.round(((steps - 1) * i) / (count - 1)) * views,
  );
}

/** Where everything is at a step, by name. */
function placesOf({ scene }: RunInputs, sample: SceneSample): ReadonlyMap<string, Vec3> {
  const places = new Map<string, Vec3>([[CAMERA, sample.camera.position]]);
  for (const [name, { worldFromNode: m }] of nodePoses(scene.nodes, sample.nodes)) {
    places.set(`node ${name}`, [m[3] ?? 0, m[7] ?? 0, m[11] ?? 0]);
  }
  for (const { group, slot, position } of sample.objects) {
    places.set(`${group}[${slot}]`, position);
  }
  return places;
}

/**
 * The ways of camera, nodes and objects over the sequence of a frame. Objects that fall lie still when a
 * sequence begins: they are left out, which spares their physics, unless the camera is judged by them.
 *
 * @param retry the attempt at the frame that was taken.
 */
export function pathGizmos(inputs: RunInputs, frame: number, retry = 0): GizmoSet {
  const { config } = inputs;
  if (config.sequence.frames === 1) return { gizmos: [], notes: [] };
  const falls = dropsObjects(config);
  if (falls && config.camera.sees !== undefined) {
    return { gizmos: [], notes: ['Paths: objects fall, and the camera is judged by them.'] };
  }
  const used = falls ? { ...inputs, config: { ...config, objects: {} } } : inputs;
  const steps = pathFrames(config, frame).map((index) =>
    placesOf(inputs, sampleScene(used, index, { retry })),
  );
  const names = [...(steps[0]?.keys() ?? [])];
  const gizmos = names.flatMap((name): Gizmo[] => {
    const line = steps.map((step) => step.get(name)).filter((at) => at !== undefined);
    const [first] = line;
    if (first === undefined || !line.some((at) => lengthOf(subtract(at, first)) > LEAST_METERS))
      return [];
    // The sensor has its word already.
    const label = name === CAMERA ? undefined : { at: line.at(-1) ?? first, text: name };
    return [{ kind: 'paths', lines: [line], dots: line, label }];
  });
  return { gizmos, notes: [] };
}
