import { DEPTH_SENSOR_RANGES, type DepthSensorParameter } from '../config/depth-sensor-ranges.ts';
import type { DepthSensorSpec } from '../config/depth-sensor-schema.ts';
import type { NumberValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import type { DepthSensorSample, MatchedSensorSample } from './depth-sensor-sample.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';

type Draw = (value: NumberValue, parameter: DepthSensorParameter) => number;
type MatchedSpec = Exclude<DepthSensorSpec, { kind: 'time-of-flight' }>;

const PATH = 'camera.depthSensor';

/**
 * Draws the depth sensor of a frame; its noise is no draw, but a hash of each pixel.
 * @throws SamplingError where its ranges hold nothing.
 */
export function sampleDepthSensor(sampler: Sampler, spec: DepthSensorSpec): DepthSensorSample {
  const draw: Draw = (value, parameter) =>
    inRange(sampler.number(value, pathOf(parameter)), parameter);
  const radius = (): number => {
    if (spec.kind === 'time-of-flight') return 0;
    const parameter = 'edges.radiusPixels';
    return inRange(sampler.integer(spec.edges.radiusPixels, pathOf(parameter)), parameter);
  };
  const sensor =
    spec.kind === 'time-of-flight'
      ? timeOfFlightOf(spec, draw)
      : matchedOf(spec, draw, { radiusPixels: radius() });
  requireOrder(sensor.nearMeters, sensor.farMeters, ['nearMeters', 'farMeters']);
  return sensor;
}

const pathOf = (parameter: DepthSensorParameter): string => `${PATH}.${parameter}`;

const inRange = (value: number, parameter: DepthSensorParameter): number =>
  requireRange(value, pathOf(parameter), DEPTH_SENSOR_RANGES[parameter]);

function requireOrder(
  low: number,
  high: number,
  [lowName, highName]: readonly [DepthSensorParameter, DepthSensorParameter],
): void {
  if (low <= high) return;
  throw new SamplingError(
    `${pathOf(lowName)}: expected at most ${highName} (${high}), drew ${low}. Narrow their distributions.`,
  );
}

function matchedOf(
  spec: MatchedSpec,
  draw: Draw,
  { radiusPixels }: Readonly<{ radiusPixels: number }>,
): MatchedSensorSample {
  const { lateral, edges } = spec;
  const matched = {
    nearMeters: draw(spec.nearMeters, 'nearMeters'),
    farMeters: draw(spec.farMeters, 'farMeters'),
    dropout: draw(spec.dropout, 'dropout'),
    baselineMeters: draw(spec.baselineMeters, 'baselineMeters'),
    side: spec.side,
    disparityStepPixels: draw(spec.disparityStepPixels, 'disparityStepPixels'),
    lateral: {
      pixels: draw(lateral.pixels, 'lateral.pixels'),
      grazingPixels: draw(lateral.grazingPixels, 'lateral.grazingPixels'),
    },
    maxIncidenceDegrees: draw(spec.maxIncidenceDegrees, 'maxIncidenceDegrees'),
    edges: {
      radiusPixels,
      stepShare: draw(edges.stepShare, 'edges.stepShare'),
      probability: draw(edges.probability, 'edges.probability'),
    },
    shadow: spec.shadow,
  };
  if (spec.kind === 'stereo') {
    const disparitySigmaPixels = draw(spec.disparitySigmaPixels, 'disparitySigmaPixels');
    return { kind: 'stereo', ...matched, disparitySigmaPixels };
  }
  const { axial } = spec;
  return {
    kind: 'structured-light',
    ...matched,
    axial: {
      constantMeters: draw(axial.constantMeters, 'axial.constantMeters'),
      quadraticPerMeter: draw(axial.quadraticPerMeter, 'axial.quadraticPerMeter'),
      fromMeters: draw(axial.fromMeters, 'axial.fromMeters'),
      grazing: draw(axial.grazing, 'axial.grazing'),
    },
  };
}

function timeOfFlightOf(
  spec: Extract<DepthSensorSpec, { kind: 'time-of-flight' }>,
  draw: Draw,
): DepthSensorSample {
  const reflectance = {
    from: draw(spec.reflectance.from, 'reflectance.from'),
    to: draw(spec.reflectance.to, 'reflectance.to'),
  };
  requireOrder(reflectance.from, reflectance.to, ['reflectance.from', 'reflectance.to']);
  return {
    kind: 'time-of-flight',
    nearMeters: draw(spec.nearMeters, 'nearMeters'),
    farMeters: draw(spec.farMeters, 'farMeters'),
    dropout: draw(spec.dropout, 'dropout'),
    modulationMegahertz: draw(spec.modulationMegahertz, 'modulationMegahertz'),
    wraps: spec.wraps,
    signalElectrons: draw(spec.signalElectrons, 'signalElectrons'),
    ambientElectrons: draw(spec.ambientElectrons, 'ambientElectrons'),
    contrast: draw(spec.contrast, 'contrast'),
    leastElectrons: draw(spec.leastElectrons, 'leastElectrons'),
    mixingSigmaPixels: draw(spec.mixingSigmaPixels, 'mixingSigmaPixels'),
    reflectance,
  };
}
