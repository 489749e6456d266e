import { SamplingError } from '../core/errors.ts';
import { DEGREE } from '../core/portable-math.ts';
import { type RunInputs, sampleScene } from '../sampling/sample-scene.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { placeOf } from '../sampling/sequence.ts';
import type { FramePlan } from './frame-plan.ts';
import { cameraPose } from './camera-pose.ts';
import { planBackground } from './plan-background.ts';
import { planPair } from './plan-pair.ts';
import { planDepthSensor } from './plan-depth-sensor.ts';
import { planFocus } from './plan-focus.ts';
import { lightCapacityOf, planLights } from './plan-lights.ts';
import { planLidars } from './plan-lidars.ts';
import { planNeighbours } from './plan-neighbours.ts';
import { planNodes } from './plan-nodes.ts';
import { planSensor } from './plan-sensor.ts';
import { planShutter } from './plan-shutter.ts';
import { planWeather } from './plan-weather.ts';
import { shadowBoundsOf } from './shadow-bounds.ts';

/**
 * Turns what was drawn into what to do. Pure; no chance is left afterwards.
 *
 * @param sampleOf The samples of the frames beside it in its sequence, to which optical flow leads; drawn
 * where it is left out.
 */
export function planFrame(
  inputs: RunInputs,
  sample: SceneSample,
  sampleOf: (frame: number) => SceneSample = (frame) => sampleScene(inputs, frame),
): FramePlan {
  const planAlone = (one: SceneSample): FramePlan => planStill(inputs, one);
  const neighbours = planNeighbours(inputs.config, sample, (frame) => planAlone(sampleOf(frame)));
  const alone = planAlone(sample);
  const { firstFrame } = placeOf(inputs.config, sample.frame);
  const lidars = planLidars(sample, firstFrame, alone.weather?.medium);
  const plan = {
    ...alone,
    ...(lidars.length > 0 && { lidars }),
    ...planShutter(inputs, sample, alone),
  };
  const paired = planPair(inputs.config, sample);
  if (paired === undefined) return { ...plan, ...(neighbours && { neighbours }) };
  const { pair, other } = paired;
  return { ...plan, pair, neighbours: { ...neighbours, pair: planAlone(other) } };
}

function planStill(inputs: RunInputs, sample: SceneSample): FramePlan {
  const { config } = inputs;
  const { antialias, ...render } = config.render;
  const { lights, sky } = planLights(sample);
  const camera = planCamera(sample, config.image.width);
  const depthSensor = planDepthSensor(sample, placeOf(config, sample.frame).firstFrame);
  const behind = planBackground(inputs, sample, camera);
  return {
    protocol: 1,
    frame: sample.frame,
    size: config.image,
    camera,
    ...(sample.rig && { views: sample.rig.views.length }),
    ...planNodes(inputs, sample),
    lights: [...lights, ...behind.lights],
    lightCapacity: lightCapacityOf(inputs),
    environment: {
      ...planEnvironment(inputs, sample),
      background: behind.background,
      ...(sky && { sky }),
    },
    ...planWeather(sample, {
      camera,
      size: config.image,
      lights: [...lights, ...behind.lights],
      sky,
    }),
    shadowBounds: shadowBoundsOf(inputs, [sample]),
    sensor: planSensor(sample),
    ...(depthSensor && { depthSensor }),
    ...(config.outputs.raw !== 'none' && { raw: true }),
    render: {
      samples: antialias === 'msaa4' ? 4 : 0,
      subframes: render.subframes,
      shadowMapPixels: render.shadowMapPixels,
      ...(render.patternPixels !== undefined && { patternPixels: render.patternPixels }),
      ambientOcclusion: render.ambientOcclusion.strength > 0 ? render.ambientOcclusion : null,
    },
    labels: planLabels(inputs),
  };
}

function planLabels({ config: { camera, labels, outputs } }: RunInputs): FramePlan['labels'] {
  const { opaqueFrom, amodal, guardBand } = labels;
  const { png, float } = outputs.normals;
  const normals = png || float !== 'none' || camera.depthSensor !== undefined;
  return { opaqueFrom, normals, silhouettes: amodal ? { guardBand } : null };
}

function planCamera({ camera, rig }: SceneSample, widthPixels: number): FramePlan['camera'] {
  const { intrinsics, focus } = camera;
  try {
    return {
      worldFromCamera: cameraPose({ camera, rig }),
      intrinsics,
      ...(focus && { focus: planFocus(focus, { intrinsics, widthPixels }) }),
      nearMeters: camera.nearMeters,
      farMeters: camera.farMeters,
    };
  } catch (cause) {
    throw new SamplingError(`camera.pose: ${(cause as Error).message}`, { cause });
  }
}

function planEnvironment(
  { catalogue }: RunInputs,
  { environment }: SceneSample,
): Omit<FramePlan['environment'], 'background'> {
  const { mapId, rotationDegrees, strength } = environment;
  const map = catalogue.environments.find(({ id }) => id === mapId);
  if (mapId !== null && !map)
    throw new SamplingError(`environment asset "${mapId}" is not in the catalogue`);
  return {
    map: map?.sha256 ?? null,
    format: map?.format ?? null,
    rotationRadians: rotationDegrees * DEGREE,
    strength,
  };
}
