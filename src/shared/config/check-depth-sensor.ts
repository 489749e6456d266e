import type { CheckContext } from './check-context.ts';
import { distortionOf } from './lens-schema.ts';
import { lensesOf } from './lenses-of.ts';

/** A sensor that matches along rows needs a pinhole; what it measures needs a sensor. */
export function checkDepthSensor({ config, report }: CheckContext): void {
  const { camera, outputs } = config;
  const { depthSensor } = camera;
  if (depthSensor === undefined) {
    if (outputs.measuredDepth === undefined) return;
    report(
      'outputs.measuredDepth',
      'expected camera.depthSensor, which measures it, found none',
      'Say what sensor measures, such as camera: { depthSensor: { kind: structured-light } }.',
    );
    return;
  }
  if (depthSensor.kind === 'time-of-flight') return;
  for (const { lens, path } of lensesOf(camera)) {
    if (distortionOf(lens) === undefined) continue;
    report(
      `${path}.distortion`,
      `expected none where camera.depthSensor (${depthSensor.kind}) matches along rows`,
      'Such sensors rectify first: leave the distortion out, or measure with time-of-flight.',
    );
  }
}
