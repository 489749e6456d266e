import { instantsOf, leastSubframes, spanOf } from '../config/shutter-times.ts';
import { SamplingError } from '../core/errors.ts';
import type { Mat4 } from '../core/geometry.ts';
import { compose } from '../core/matrix.ts';
import { goOn } from '../sampling/go-on.ts';
import { nodePoses, poseOf } from '../sampling/node-matrix.ts';
import { poseOnCourse } from '../sampling/pose-at.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import type { ObjectSample, SceneSample } from '../sampling/scene-sample.ts';
import type { ShutterSample } from '../sampling/shutter-sample.ts';
import { cameraPose } from './camera-pose.ts';
import type { FramePlan, PlanShutter } from './frame-plan.ts';
import { planFlicker } from './plan-flicker.ts';
import { shadowBoundsOf } from './shadow-bounds.ts';

type Planned = Pick<FramePlan, 'nodes' | 'stage' | 'size' | 'render'>;

/** The instants of a frame's exposure; nothing where it has no shutter, or nothing moves or flickers. */
export function planShutter(
  inputs: RunInputs,
  sample: SceneSample,
  planned: Planned,
): Pick<FramePlan, 'shutter' | 'shadowBounds'> | undefined {
  const { shutter } = sample;
  if (!shutter) return undefined;
  const rows = planned.size.height;
  const lights = planFlicker(sample, planned);
  const moves = shutter.views ?? shutter.nodes ?? shutter.objects;
  if (!moves && lights.length === 0) return undefined;
  requireSubframes(shutter, planned);
  const instants = instantsOf(shutter, rows, planned.render.subframes);
  const steps = instants.map((offset) => goOn(sample, offset));
  const moved = { planned, steps, instants };
  return {
    shutter: {
      ...(shutter.readoutSeconds > 0 && {
        rolling: { openShare: shutter.seconds / spanOf(shutter, rows) },
      }),
      ...(shutter.views && {
        worldFromCamera: shutter.views.map((view) =>
          cameraPose({ camera: { ...sample.camera, ...view }, rig: sample.rig }),
        ),
      }),
      nodes: [...movedNodes(inputs, sample, moved), ...movedObjects(inputs, sample, moved)],
      members: movedMembers(inputs, sample, moved),
      ...(lights.length > 0 && { lights }),
    },
    shadowBounds: shadowBoundsOf(inputs, [sample, ...steps.slice(0, 1), ...steps.slice(-1)]),
  };
}

function requireSubframes(shutter: ShutterSample, { size, render }: Planned): void {
  const least = leastSubframes(shutter, size.height);
  if (shutter.readoutSeconds === 0 || least <= render.subframes) return;
  throw new SamplingError(
    `sensor.shutter: expected render.subframes of at least ${least} for rows of ${shutter.seconds} s read over ${shutter.readoutSeconds} s, found ${render.subframes}. Take more sub-frames, or expose longer.`,
  );
}

type Moved = Readonly<{
  planned: Planned;
  /** What stands where at each instant. */
  steps: readonly Pick<SceneSample, 'nodes' | 'objects'>[];
  instants: readonly number[];
}>;

/** World matrices at each instant of the scene's nodes that move, or hang from one that does; by name. */
function matricesOf(
  { scene }: RunInputs,
  { shutter }: SceneSample,
  { steps }: Moved,
): ReadonlyMap<string, readonly Mat4[]> {
  const moving = new Set(Object.keys(shutter?.nodes ?? {}));
  if (moving.size === 0) return new Map();
  const poses = steps.map(({ nodes }) => nodePoses(scene.nodes, nodes));
  const carrying = new Set<number>();
  return new Map(
    scene.nodes.flatMap((node): [string, readonly Mat4[]][] => {
      const { name, content } = node;
      const carried = content.kind === 'member' && carrying.has(content.parent);
      if (!carried && !moving.has(name)) return [];
      if (content.kind === 'member') carrying.add(content.index);
      return [[name, poses.map((step) => poseOf(step, node).worldFromNode)]];
    }),
  );
}

function movedNodes(inputs: RunInputs, sample: SceneSample, moved: Moved): PlanShutter['nodes'] {
  const matrices = matricesOf(inputs, sample, moved);
  const { nodes } = moved.planned;
  // Nodes of the scene come first, objects after them.
  return nodes.slice(0, nodes.length - sample.objects.length).flatMap(({ name }, index) => {
    const worldFromNode = matrices.get(name);
    return worldFromNode ? [{ index, worldFromNode }] : [];
  });
}

/** Members of the stage that move, or that the frame moved away from what carries them. */
function movedMembers(
  inputs: RunInputs,
  sample: SceneSample,
  moved: Moved,
): PlanShutter['members'] {
  const { stage } = moved.planned;
  if (stage === null) return [];
  const matrices = matricesOf(inputs, sample, moved);
  return stage.members.flatMap(({ index, name, worldFromNode: own }) => {
    const worldFromNode = matrices.get(name);
    const stated = own !== null || Object.hasOwn(sample.shutter?.nodes ?? {}, name);
    return worldFromNode && stated ? [{ index, worldFromNode }] : [];
  });
}

function movedObjects(
  { catalogue }: RunInputs,
  { objects, shutter, sequence }: SceneSample,
  { planned, steps, instants }: Moved,
): PlanShutter['nodes'] {
  const first = planned.nodes.length - objects.length;
  const now = sequence?.timeSeconds ?? 0;
  return objects.flatMap(({ group, slot, assetId }, i) => {
    const course = shutter?.objects?.[`${group}[${slot}]`];
    if (!course) return [];
    const { clip } = course;
    const model = clip && catalogue.models.find(({ id }) => id === assetId);
    return [
      {
        index: first + i,
        worldFromNode: steps.flatMap((step) => step.objects.slice(i, i + 1).map(matrixOf)),
        ...(clip &&
          model && { poses: instants.map((offset) => poseOnCourse(clip, model, now + offset)) }),
      },
    ];
  });
}

const matrixOf = ({ position, orientation, scale }: ObjectSample): Mat4 =>
  compose(position, orientation, [scale, scale, scale]);
