import { drift, moveNode, turnInPlan, turnOrientation } from './motion.ts';
import type { NodeSample, ObjectSample, SceneSample } from './scene-sample.ts';
import type { ObjectCourse } from './shutter-sample.ts';

/** What stands where, so many seconds after (below 0: before) the middle of a frame's exposure; poses apart. */
export function goOn(
  { nodes, objects, shutter }: Pick<SceneSample, 'nodes' | 'objects' | 'shutter'>,
  seconds: number,
): Pick<SceneSample, 'nodes' | 'objects'> {
  const motions = new Map(Object.entries(shutter?.nodes ?? {}));
  const courses = new Map(Object.entries(shutter?.objects ?? {}));
  return {
    nodes: nodes.map((node): NodeSample => moveNode(node, motions.get(node.name) ?? null, seconds)),
    objects: objects.map((object) =>
      moveObject(object, courses.get(`${object.group}[${object.slot}]`), seconds),
    ),
  };
}

function moveObject(
  object: ObjectSample,
  course: ObjectCourse | undefined,
  seconds: number,
): ObjectSample {
  if (!course?.motion) return object;
  const { motion, pivot } = course;
  const [x, y, z] = object.position;
  const turned = motion.spinDegrees * seconds;
  const at = turnInPlan([x, z], pivot ?? [x, z], turned);
  return {
    ...object,
    position: drift([at[0], y, at[1]], motion, seconds),
    orientation: turnOrientation(object.orientation, turned),
  };
}
