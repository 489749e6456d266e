import { SamplingError } from '../core/errors.ts';
import { compose, transformPoint } from '../core/matrix.ts';
import type { FixedBody } from '../physics/bodies.ts';
import { hullsOf, nodeHulls } from './node-hulls.ts';
import { poseOf } from './node-matrix.ts';
import type { ObjectSample } from './scene-sample.ts';
import { type Ground, holdersOf, isShell } from './surfaces.ts';

/** Friction of the scene and of objects that stand already. */
const FIXED_FRICTION = 0.6;

/**
 * Everything solid that objects can fall on: shapes and models of the scene and what was placed before. Of
 * scene graphs, surfaces and labelled nodes are solid, by their boxes.
 */
export function solidBodies(
  ground: Ground,
  { surface, standing }: Readonly<{ surface: string; standing: readonly ObjectSample[] }>,
): readonly FixedBody[] {
  const holders = holdersOf(ground.scene, surface);
  const scene = ground.scene.nodes.flatMap((node): FixedBody[] => {
    const { visible, worldFromNode } = poseOf(ground.poses, node);
    const isSurface = node.name === surface;
    const isSolid = node.content.kind !== 'member' || isSurface || node.surface || !isShell(node);
    if (!visible || !node.bounds || !isSolid || (holders.has(node) && !isSurface)) return [];
    const hulls = nodeHulls(node, node.bounds, ground.models);
    return [
      {
        name: node.name,
        hulls: hulls.map((hull) => hull.map((point) => transformPoint(worldFromNode, point))),
        friction: FIXED_FRICTION,
      },
    ];
  });
  return [...scene, ...standing.map((object) => standingBody(object, ground.models))];
}

function standingBody(
  { assetId, position, orientation, scale }: ObjectSample,
  models: Ground['models'],
): FixedBody {
  const model = models.get(assetId);
  if (!model) throw new SamplingError(`model "${assetId}" is not in the catalogue`);
  const matrix = compose(position, orientation, [scale, scale, scale]);
  const hulls = hullsOf(model).map((hull) => hull.map((point) => transformPoint(matrix, point)));
  return { name: assetId, hulls, friction: FIXED_FRICTION };
}
