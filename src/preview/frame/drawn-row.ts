import type { DrawnRow } from '#shared/protocol/preview-api';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';

/**
 * What frame `frame` draws, objects that fall brought to rest: the values of its sample.
 *
 * @throws SamplingError where the frame cannot be drawn.
 */
export function drawnRow(inputs: RunInputs, frame: number): DrawnRow {
  const { draws, camera } = sampleScene(inputs, frame);
  return { frame, draws, camera: { position: camera.position, target: camera.target } };
}
