import { catchesShadow } from '../config/catches-shadow.ts';
import type { Bounds, Vec3 } from '../core/geometry.ts';
import { compose, transformBounds } from '../core/matrix.ts';
import type { RunInputs } from '../sampling/sample-scene.ts';
import { nodePoses, poseOf } from '../sampling/node-matrix.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import type { FramePlan } from './frame-plan.ts';

/**
 * Sphere around everything that casts shadow, metres, world; of radius 1 at the origin where nothing does.
 * @param steps What stands where, at each instant that it has to hold.
 */
export function shadowBoundsOf(
  inputs: RunInputs,
  steps: readonly Standing[],
): FramePlan['shadowBounds'] {
  const boxes = steps.flatMap((step) => castersOf(inputs, step));
  return boxes.length === 0 ? { center: [0, 0, 0], radius: 1 } : sphereAround(boxes);
}

type Standing = Pick<SceneSample, 'nodes' | 'objects'>;

/** Boxes of what casts shadow. */
function castersOf({ config, scene, catalogue }: RunInputs, sample: Standing): readonly Bounds[] {
  const poses = nodePoses(scene.nodes, sample.nodes);
  const models = new Map(catalogue.models.map((model) => [model.id, model]));
  const boxes: Bounds[] = [];
  for (const node of scene.nodes) {
    const { visible, worldFromNode } = poseOf(poses, node);
    if (node.bounds && node.castShadow && visible && !catchesShadow(config, node.name)) {
      boxes.push(transformBounds(worldFromNode, node.bounds));
    }
  }
  for (const { assetId, position, orientation, scale, pose } of sample.objects) {
    const model = models.get(assetId);
    if (model)
      boxes.push(
        transformBounds(
          compose(position, orientation, [scale, scale, scale]),
          pose?.bounds ?? model.bounds,
        ),
      );
  }
  return boxes;
}

function sphereAround(boxes: readonly Bounds[]): FramePlan['shadowBounds'] {
  const low = (axis: 0 | 1 | 2): number => Math.min(...boxes.map(({ min }) => min[axis]));
  const high = (axis: 0 | 1 | 2): number => Math.max(...boxes.map(({ max }) => max[axis]));
  const half: Vec3 = [(high(0) - low(0)) / 2, (high(1) - low(1)) / 2, (high(2) - low(2)) / 2];
  return {
    center: [low(0) + half[0], low(1) + half[1], low(2) + half[2]],
    radius: Math.sqrt(half[0] * half[0] + half[1] * half[1] + half[2] * half[2]),
  };
}
