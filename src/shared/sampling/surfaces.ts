import type { DescribedNode, SceneDescription } from '../config/scene-description.ts';
import type { AssetCatalogue, ModelAsset } from '../core/asset-catalogue.ts';
import { SamplingError } from '../core/errors.ts';
import type { Bounds, Mat4, Vec2 } from '../core/geometry.ts';
import { transformBounds, transformPoint } from '../core/matrix.ts';
import { atan2, cos, DEGREE, sin, TAU } from '../core/portable-math.ts';
import { areaOf, type GroundPolygon, type Prism } from './ground-plan.ts';
import { sweepPrisms } from './motion.ts';
import { type NodePose, nodePoses, poseOf } from './node-matrix.ts';
import { nodeTriangles } from './node-triangles.ts';
import { meshAt } from './posed-mesh.ts';
import type { NodeSample } from './scene-sample.ts';

/** A level place to put things on. */
export type Surface = Readonly<{
  name: string;
  polygon: GroundPolygon;
  height: number;
  /** Where its own +X points in the ground plan: a unit vector [x, z]. */
  right: Vec2;
}>;

type Poses = ReadonlyMap<string, NodePose>;

/** The scene as a sequence has it: what placement has to reckon with. */
export type Ground = Readonly<{
  scene: SceneDescription;
  /** At the first step. */
  poses: Poses;
  /** At each later step; empty where nothing of the scene moves. */
  laterPoses: readonly Poses[];
  models: ReadonlyMap<string, ModelAsset>;
}>;

/** The ground of a sequence from its nodes at the first step, and at each `later` one where any moves. */
export function createGround(
  scene: SceneDescription,
  {
    nodes,
    later,
  }: Readonly<{ nodes: readonly NodeSample[]; later: Iterable<readonly NodeSample[]> }>,
  catalogue: AssetCatalogue,
): Ground {
  return {
    scene,
    poses: nodePoses(scene.nodes, nodes),
    laterPoses: Array.from(later, (samples) => nodePoses(scene.nodes, samples)),
    models: new Map(catalogue.models.map((model) => [model.id, model])),
  };
}

/** The surface of this name; fails where the node is hidden, tilted or has no flat top. */
export function findSurface(ground: Ground, name: string, path: string): Surface {
  const node = ground.scene.nodes.find((candidate) => candidate.name === name && candidate.surface);
  const refuse = (why: string): never => {
    const names = ground.scene.nodes.filter(({ surface }) => surface).map((s) => s.name);
    throw new SamplingError(
      `${path}: surface "${name}" ${why}. Surfaces of the scene: ${names.join(', ') || 'none'}.`,
    );
  };
  if (!node?.bounds) return refuse('does not exist');
  const { visible, worldFromNode: matrix } = poseOf(ground.poses, node);
  if (!visible) return refuse('is hidden in this frame');
  if (movedPoses(ground, node).length > 0)
    return refuse('moves in this sequence; objects can only stand on surfaces at rest');
  if (!isUpright(matrix)) return refuse('is tilted; objects can only stand on level surfaces');
  const top =
    node.content.kind === 'shape' && node.content.shape.kind === 'backdrop'
      ? 0
      : node.bounds.max[1];
  const polygon = topOf(node, node.bounds, ground.models) ?? refuse('has no flat top');
  const inWorld = polygon.map(([x, z]) => transformPoint(matrix, [x, top, z]));
  return {
    name,
    polygon: inWorld.map(([x, , z]): Vec2 => [x, z]),
    height: inWorld[0]?.[1] ?? 0,
    right: rightOf(matrix),
  };
}

/** Where the +X of an upright frame points in the ground plan, a unit vector [x, z]. */
export function rightOf(matrix: Mat4): Vec2 {
  const [x = 1, z = 0] = [matrix[0], matrix[8]];
  const length = Math.sqrt(x * x + z * z);
  return length > 0 ? [x / length, z / length] : [1, 0];
}

/** A surface's own frame of the ground plan: its +X and +Z from its middle, metres. */
export type SurfaceFrame = Readonly<{
  toWorld: (point: Vec2) => Vec2;
  fromWorld: (point: Vec2) => Vec2;
  /** Its turn about the vertical, from +Z to +X. */
  yawDegrees: number;
}>;

export function frameOf({ polygon, right: [rx, rz] }: Surface): SurfaceFrame {
  const along = ([x, z]: Vec2): Vec2 => [x * rx + z * rz, z * rx - x * rz];
  const corners = polygon.map(along);
  const middle = (axis: 0 | 1): number => {
    const values = corners.map((corner) => corner[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  const [mx, mz] = [middle(0), middle(1)];
  return {
    toWorld: ([x, z]) => [(x + mx) * rx - (z + mz) * rz, (x + mx) * rz + (z + mz) * rx],
    fromWorld: (point) => {
      const [x, z] = along(point);
      return [x - mx, z - mz];
    },
    yawDegrees: yawOf([rx, rz]),
  };
}

/** The turn, degrees from +Z to +X, of a frame whose +X points to [x, z]. */
export function yawOf([x, z]: Vec2): number {
  return atan2(-z, x) / DEGREE;
}

/** The part of a surface about its centre, scaled by `share` in each direction. */
export function shrinkSurface(surface: Surface, share: number): Surface {
  const xs = surface.polygon.map(([x]) => x);
  const zs = surface.polygon.map(([, z]) => z);
  const cx = (Math.min(...xs) + Math.max(...xs)) / 2;
  const cz = (Math.min(...zs) + Math.max(...zs)) / 2;
  return {
    ...surface,
    polygon: surface.polygon.map(([x, z]): Vec2 => [cx + (x - cx) * share, cz + (z - cz) * share]),
  };
}

/**
 * Everything of the scene that placed objects must keep clear of; `except` is what they stand on. What
 * that hangs from is left out, too: the bounds of a labelled shelf hold all that its boards carry.
 */
export function sceneObstacles(ground: Ground, except: string | null): readonly Prism[] {
  const known = OBSTACLES.get(ground) ?? new Map<string | null, readonly Prism[]>();
  OBSTACLES.set(ground, known);
  const obstacles = known.get(except) ?? listObstacles(ground, except);
  known.set(except, obstacles);
  return obstacles;
}

/** Obstacles of each ground by what is left out of them: a frame asks for each of its objects. */
const OBSTACLES = new WeakMap<Ground, Map<string | null, readonly Prism[]>>();

function listObstacles(ground: Ground, except: string | null): readonly Prism[] {
  const holders = holdersOf(ground.scene, except);
  return ground.scene.nodes.flatMap((node): Prism[] => {
    const { bounds } = node;
    const { visible, worldFromNode } = poseOf(ground.poses, node);
    if (!bounds || holders.has(node) || !visible || isShell(node)) return [];
    const prismAt = (matrix: Mat4): Prism => nodePrism(node, bounds, { matrix, ground });
    return [sweepPrisms(prismAt(worldFromNode), movedPoses(ground, node).map(prismAt))];
  });
}

/** The node of this name, and those of the scene graph above it. */
export function holdersOf(
  { nodes }: SceneDescription,
  name: string | null,
): ReadonlySet<DescribedNode> {
  const holders = new Set<DescribedNode>();
  let at = nodes.find((node) => node.name === name);
  while (at && !holders.has(at)) {
    holders.add(at);
    const { content } = at;
    at =
      content.kind === 'member'
        ? nodes.find(
            (node) => node.content.kind === 'member' && node.content.index === content.parent,
          )
        : undefined;
  }
  return holders;
}

/** Where a node is at later steps; empty where it stays. */
function movedPoses({ poses, laterPoses }: Ground, node: DescribedNode): readonly Mat4[] {
  const start = poseOf(poses, node).worldFromNode;
  const later = laterPoses.map((step) => poseOf(step, node).worldFromNode);
  return later.some((matrix) => matrix.some((value, i) => value !== start[i])) ? later : [];
}

/** The room that a node takes where `matrix` has it. */
export function nodePrism(
  node: DescribedNode,
  bounds: Bounds,
  { matrix, ground }: Readonly<{ matrix: Mat4; ground: Ground }>,
): Prism {
  const box = transformBounds(matrix, bounds);
  const footprint = isUpright(matrix) ? footprintOf(node, ground.models) : null;
  const polygon = footprint?.map(([x, z]): Vec2 => {
    const [wx, , wz] = transformPoint(matrix, [x, 0, z]);
    return [wx, wz];
  });
  return {
    name: node.name,
    polygon: polygon ?? rectangleOf(box),
    bottom: box.min[1],
    top: box.max[1],
    mesh: meshAt(
      () => nodeTriangles(node, ground.models),
      () => matrix,
    ),
  };
}

/** Backdrops surround what stands on them; of a scene graph's nodes only the labelled ones are things. */
export function isShell({ content, category }: DescribedNode): boolean {
  if (content.kind === 'shape') return content.shape.kind === 'backdrop';
  return content.kind === 'member' && category === undefined;
}

function topOf(
  node: DescribedNode,
  bounds: Bounds,
  models: Ground['models'],
): GroundPolygon | null {
  if (node.content.kind !== 'shape') return footprintOf(node, models) ?? rectangleOf(bounds);
  const { shape } = node.content;
  switch (shape.kind) {
    case 'sphere':
      return null;
    case 'cylinder':
      return regularPolygon(shape.radius, shape.segments);
    case 'backdrop': {
      const [half, front] = [shape.width / 2, shape.depth / 2];
      return rectangleOf({ min: [-half, 0, -front + shape.bendRadius], max: [half, 0, front] });
    }
    case 'box': {
      const [w, , d] = shape.size;
      const bevel = shape.bevelMeters;
      return rectangleOf({
        min: [bevel - w / 2, 0, bevel - d / 2],
        max: [w / 2 - bevel, 0, d / 2 - bevel],
      });
    }
    case 'plane':
      return rectangleOf(bounds);
  }
}

function footprintOf(node: DescribedNode, models: Ground['models']): GroundPolygon | null {
  if (node.content.kind !== 'model') return null;
  const footprint = models.get(node.content.assetId)?.footprint;
  return footprint && areaOf(footprint) > 0 ? footprint : null;
}

/** Ground plan of a box, anticlockwise. */
export function rectangleOf({ min, max }: Bounds): GroundPolygon {
  return [
    [min[0], min[2]],
    [min[0], max[2]],
    [max[0], max[2]],
    [max[0], min[2]],
  ];
}

/** The cap of a cylinder as it is drawn: its first corner on +Z, inside of the round body. */
function regularPolygon(radius: number, corners: number): GroundPolygon {
  return Array.from({ length: corners }, (_, i): Vec2 => {
    const angle = (i * TAU) / corners;
    return [radius * sin(angle), radius * cos(angle)];
  });
}

function isUpright(matrix: Mat4): boolean {
  const [x = 0, y = 0, z = 0] = [matrix[1], matrix[5], matrix[9]];
  return y > 0 && Math.abs(x) + Math.abs(z) < 1e-6 * y;
}
