import type { DescribedNode } from '../config/scene-description.ts';
import { multiplyQuaternions } from '../core/clip.ts';
import type { Mat4, Quat, Vec3 } from '../core/geometry.ts';
import { compose, multiply } from '../core/matrix.ts';
import { cos, DEGREE, sin } from '../core/portable-math.ts';
import type { NodeSample } from './scene-sample.ts';

/** Turn about +Y as a unit quaternion [w, x, y, z]; degrees. */
export function yawQuaternion(yawDegrees: number): Quat {
  const half = (yawDegrees * DEGREE) / 2;
  return [cos(half), 0, sin(half), 0];
}

/** Where a frame has a node, and whether it shows it; what it hangs from is reckoned in. */
export type NodePose = Readonly<{
  worldFromNode: Mat4;
  visible: boolean;
  /** The map, world to world, that brought it there; null where it and all above it stay put. */
  move: Mat4 | null;
}>;

/**
 * Poses of all nodes of a scene by name. A node moves and turns about its origin, last about the vertical;
 * in a scene graph, what hangs from it goes along and is hidden with it.
 */
export function nodePoses(
  nodes: readonly DescribedNode[],
  samples: readonly NodeSample[],
): ReadonlyMap<string, NodePose> {
  const sampleOf = new Map(samples.map((sample) => [sample.name, sample]));
  const members = new Map<number, NodePose>();
  const poses = new Map<string, NodePose>();
  // A walk of a scene graph comes to a parent before its children.
  for (const node of nodes) {
    const { name, content } = node;
    const above = content.kind === 'member' ? members.get(content.parent) : undefined;
    const pose = poseBelow(above, node, sampleOf.get(name));
    poses.set(name, pose);
    if (content.kind === 'member') members.set(content.index, pose);
  }
  return poses;
}

function poseBelow(
  above: NodePose | undefined,
  { worldFromNode }: DescribedNode,
  sample: NodeSample | undefined,
): NodePose {
  const own = sample && isMoved(sample) ? moveOf(worldFromNode, sample) : null;
  const carried = above?.move ?? null;
  const move = own && carried ? multiply(carried, own) : (own ?? carried);
  return {
    worldFromNode: move ? multiply(move, worldFromNode) : worldFromNode,
    visible: (sample?.visible ?? true) && (above?.visible ?? true),
    move,
  };
}

/** The pose of a node of the scene that the poses were made for. */
export function poseOf(poses: ReadonlyMap<string, NodePose>, { name }: DescribedNode): NodePose {
  const pose = poses.get(name);
  if (pose) return pose;
  throw new RangeError(`expected a node of the scene, found "${name}"`);
}

/** Whether a sample itself leaves a node anywhere but where the scene put it. */
export function isMoved({ offsetMeters, yawDegrees, rotation }: NodeSample): boolean {
  return rotation !== undefined || yawDegrees !== 0 || offsetMeters.some((offset) => offset !== 0);
}

function moveOf(worldFromNode: Mat4, { offsetMeters, yawDegrees, rotation }: NodeSample): Mat4 {
  const [x, y, z] = originOf(worldFromNode);
  const [dx, dy, dz] = offsetMeters;
  const yaw = yawQuaternion(yawDegrees);
  const turned = rotation ? multiplyQuaternions(yaw, rotation) : yaw;
  const turn = compose([x + dx, y + dy, z + dz], turned, [1, 1, 1]);
  return multiply(turn, compose([-x, -y, -z], [1, 0, 0, 0], [1, 1, 1]));
}

/** Origin of a row-major matrix's frame. */
function originOf(matrix: Mat4): Vec3 {
  return [matrix[3] ?? 0, matrix[7] ?? 0, matrix[11] ?? 0];
}
