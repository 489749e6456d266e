import type { DescribedNode } from '../config/scene-description.ts';
import { SamplingError } from '../core/errors.ts';
import type { Bounds, Mat4, Vec3 } from '../core/geometry.ts';
import { compose, invertAffine, multiply, transformPoint } from '../core/matrix.ts';
import { poseOf } from './node-matrix.ts';
import type { ObjectSample } from './scene-sample.ts';
import type { Ground } from './surfaces.ts';

/** Half the thickness that the faces of a backdrop are given, metres. */
const SHEET = 1e-4;

/** A box in the world: what hides, and what may be seen. */
export type Thing = Readonly<{
  bounds: Bounds;
  worldFromBox: Mat4;
  boxFromWorld: Mat4;
  /** Whether it is labelled, so that seeing it counts. */
  labelled: boolean;
  /** It may be hollow, as the one mesh of a room is: a camera within it stands clear of it. */
  hollow: boolean;
}>;

/** The bounds of all that a frame shows: nodes of the scene where they begin, and objects. */
export function visibleThings(ground: Ground, objects: readonly ObjectSample[]): readonly Thing[] {
  const { nodes } = ground.scene;
  const parents = new Set(
    nodes.flatMap(({ content }) => (content.kind === 'member' ? content.parent : [])),
  );
  const ofNodes = nodes.flatMap((node): readonly Thing[] => {
    const { visible, worldFromNode } = poseOf(ground.poses, node);
    if (!visible) return [];
    const isGroup = node.content.kind === 'member' && parents.has(node.content.index);
    return isGroup && node.category === undefined ? [] : thingsOf(node, worldFromNode);
  });
  return [
    ...ofNodes,
    ...objects.flatMap(
      ({ assetId, position, orientation, scale, category, pose }): readonly Thing[] => {
        const model = ground.models.get(assetId);
        if (!model) throw new SamplingError(`model "${assetId}" is not in the catalogue`);
        const worldFromBox = compose(position, orientation, [scale, scale, scale]);
        const bounds = pose?.bounds ?? model.bounds;
        return thing(worldFromBox, { bounds, labelled: category !== null });
      },
    ),
  ];
}

function thingsOf(node: DescribedNode, worldFromNode: Mat4): readonly Thing[] {
  const { bounds, content, copies } = node;
  const labelled = node.category !== undefined;
  if (copies) {
    const { bounds: own } = copies;
    if (!own) return [];
    return copies.nodeFromCopy.flatMap((nodeFromCopy) =>
      thing(multiply(worldFromNode, nodeFromCopy), { bounds: own, labelled }),
    );
  }
  if (!bounds) return [];
  if (content.kind === 'shape' && content.shape.kind === 'backdrop') {
    const { width, height, depth } = content.shape;
    const [w, back] = [width / 2, -depth / 2];
    const faces: readonly Bounds[] = [
      { min: [-w, -SHEET, back], max: [w, SHEET, depth / 2] },
      { min: [-w, 0, back - SHEET], max: [w, height, back + SHEET] },
    ];
    return faces.flatMap((face) => thing(worldFromNode, { bounds: face, labelled: false }));
  }
  const hollow = content.kind === 'member';
  return thing(worldFromNode, { bounds, labelled, hollow });
}

function thing(
  worldFromBox: Mat4,
  { hollow = false, ...rest }: Pick<Thing, 'bounds' | 'labelled'> & { hollow?: boolean },
): readonly Thing[] {
  const determinant = determinantOf(worldFromBox);
  // What is scaled to nothing is not there.
  if (determinant === 0) return [];
  return [{ ...rest, hollow, worldFromBox, boxFromWorld: invertAffine(worldFromBox) }];
}

function determinantOf(m: Mat4): number {
  const [a = 0, b = 0, c = 0, , d = 0, e = 0, f = 0, , g = 0, h = 0, i = 0] = m;
  return a * (e * i - f * h) + b * (f * g - d * i) + c * (d * h - e * g);
}

/** The middle of a thing's bounds, world. */
export function middleOfThing({ bounds: { min, max }, worldFromBox }: Thing): Vec3 {
  return transformPoint(worldFromBox, [
    (min[0] + max[0]) / 2,
    (min[1] + max[1]) / 2,
    (min[2] + max[2]) / 2,
  ]);
}

export function contains({ bounds: { min, max }, boxFromWorld }: Thing, point: Vec3): boolean {
  const local = transformPoint(boxFromWorld, point);
  return ([0, 1, 2] as const).every((k) => local[k] >= min[k] && local[k] <= max[k]);
}

/** How near a thing's bounds come to a point, metres; exact where its scale is one on all axes. */
export function distanceTo({ bounds: { min, max }, ...thing }: Thing, point: Vec3): number {
  const local = transformPoint(thing.boxFromWorld, point);
  const nearest = ([0, 1, 2] as const).map((k) => Math.min(max[k], Math.max(min[k], local[k])));
  const [x = NaN, y = NaN, z = NaN] = nearest;
  const [nx, ny, nz] = transformPoint(thing.worldFromBox, [x, y, z]);
  const [dx, dy, dz] = [nx - point[0], ny - point[1], nz - point[2]];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/** Whether a thing's bounds lie between two points (slabs: Kay and Kajiya, SIGGRAPH 1986). */
export function hides(
  { bounds: { min, max }, boxFromWorld }: Thing,
  from: Vec3,
  to: Vec3,
): boolean {
  const [a, b] = [transformPoint(boxFromWorld, from), transformPoint(boxFromWorld, to)];
  let [enter, leave] = [0, 1];
  for (const k of [0, 1, 2] as const) {
    const along = b[k] - a[k];
    if (along === 0) {
      if (a[k] < min[k] || a[k] > max[k]) return false;
      continue;
    }
    const [t0, t1] = [(min[k] - a[k]) / along, (max[k] - a[k]) / along];
    enter = Math.max(enter, Math.min(t0, t1));
    leave = Math.min(leave, Math.max(t0, t1));
    if (enter > leave) return false;
  }
  return true;
}
