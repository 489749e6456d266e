import type { Config } from '../config/config-schema.ts';
import type { SceneDescription } from '../config/scene-description.ts';
import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import { goalOf } from './goal.ts';
import { instantsOf } from '../config/shutter-times.ts';
import { moveNode, sampleMotion } from './motion.ts';
import { nodePoses } from './node-matrix.ts';
import { placeObjects } from './place-objects.ts';
import { requireRange } from './require-range.ts';
import { sampleCamera } from './sample-camera.ts';
import { sampleDepthSensor } from './sample-depth-sensor.ts';
import { sampleEnvironment } from './sample-environment.ts';
import { sampleLidars } from './sample-lidars.ts';
import { sampleLights } from './sample-lights.ts';
import { sampleMaterial } from './sample-material.ts';
import { samplePhotometry } from './sample-photometry.ts';
import { seenByView } from './sample-rig.ts';
import { sampleSensor } from './sample-sensor.ts';
import { sampleShutter, timesWithShutter } from './sample-shutter.ts';
import { sampleWeather } from './sample-weather.ts';
import { Sampler, type SamplerOptions } from './sampler.ts';
import type { NodeSample, SceneSample } from './scene-sample.ts';
import { scheduleOf } from './schedule.ts';
import type { Motion } from './shutter-sample.ts';
import { placeOf, sequenceOf, stepTimes } from './sequence.ts';
import { createGround } from './surfaces.ts';
import { visibleThings } from './visible-things.ts';

/** What every frame of a dataset is made from. Plain JSON. */
export type RunInputs = Readonly<{
  config: Config;
  scene: SceneDescription;
  catalogue: AssetCatalogue;
}>;

/** `retry` counts the attempts at the frame from 0; `onDraw` is told of each value that is drawn, with what the config states for it. */
export type SampleOptions = Pick<SamplerOptions, 'onDraw' | 'retry'>;

/**
 * Draws frame `frame` (0-based): a pure function of its arguments, alike in Node and in the page.
 * Every draw has a stream keyed by (seed, frame, parameter path, attempt); the frames of a sequence share
 * those of its first, so that they differ by what moves alone, and so do the views of a moment.
 * @throws SamplingError where something drawn cannot be used or placed.
 */
export function sampleScene(
  { config, scene, catalogue }: RunInputs,
  frame: number,
  { onDraw, retry = 0 }: SampleOptions = {},
): SceneSample {
  const { firstFrame, view } = placeOf(config, frame);
  const sequence = sequenceOf(config, frame);
  const now = sequence.timeSeconds;
  const goal = goalOf(config, frame);
  const schedule = {
    ...scheduleOf(config, { index: sequence.index, firstFrame }),
    ...(goal !== undefined && { goal }),
  };
  const sampler = new Sampler(String(config.seed), firstFrame, {
    index: sequence.index,
    retry,
    schedule,
    onDraw,
  });
  sampler.drawVars(config.vars);
  const shutter = sampleShutter(sampler, config);
  const times = timesWithShutter(stepTimes(config.sequence), shutter, config.image.height);
  const start = sampleNodes(sampler, config, { scene, catalogue });
  const motions = sampleNodeMotions(sampler, config, scene);
  const nodesAt = (seconds: number): readonly NodeSample[] =>
    start.map((node) => moveNode(node, motions.get(node.name) ?? null, seconds));
  const later = motions.size > 0 ? times.slice(1).map(nodesAt) : [];
  const ground = createGround(scene, { nodes: start, later }, catalogue);
  const timeline = { times, now };
  const placed = placeObjects({ sampler, config, catalogue, ground, timeline });
  const { objects, dropped } = placed;
  const { camera, views } = sampleCamera(sampler, config, {
    scene,
    now,
    instants: shutter ? instantsOf(shutter, config.image.height, config.render.subframes) : [],
    worldFromNode: (name, seconds) =>
      nodePoses(scene.nodes, nodesAt(seconds)).get(name)?.worldFromNode,
    things: () => visibleThings(ground, objects),
  });
  return {
    seed: sampler.seed,
    frame,
    ...(config.sequence.frames > 1 && { sequence }),
    ...(retry > 0 && { retry }),
    ...((config.schedule || config.targets) && { schedule }),
    vars: sampler.vars,
    ...seenByView(sampler, config, { camera, view }),
    environment: sampleEnvironment(sampler, config, catalogue),
    ...sampleWeather(sampler, config),
    ...samplePhotometry(sampler, config, scene),
    lights: sampleLights(sampler, lightsOf(config, scene), now),
    nodes: nodesAt(now),
    objects,
    sensor: sampleSensor(sampler, config),
    ...sampleRangers(sampler, config),
    ...(shutter && {
      shutter: {
        ...shutter,
        ...(views && { views }),
        ...(motions.size > 0 && { nodes: Object.fromEntries(motions) }),
        ...(Object.keys(placed.courses).length > 0 && { objects: placed.courses }),
      },
    }),
    rgbQuality: sampleQuality(sampler, config),
    draws: sampler.draws,
    dropped,
    rejections: sampler.rejections,
  };
}

/** What measures distances beside the camera. */
function sampleRangers(
  sampler: Sampler,
  { camera: { depthSensor, lidars = {} } }: Config,
): Pick<SceneSample, 'depthSensor' | 'lidars'> {
  return {
    ...(depthSensor && { depthSensor: sampleDepthSensor(sampler, depthSensor) }),
    ...(Object.keys(lidars).length > 0 && { lidars: sampleLidars(sampler, lidars) }),
  };
}

/** The scene's lights, overridden by name by the config's. */
export function lightsOf(config: Config, scene: SceneDescription): SceneDescription['lights'] {
  return { ...scene.lights, ...config.lights };
}

function sampleNodes(
  sampler: Sampler,
  config: Config,
  { scene, catalogue }: Pick<RunInputs, 'scene' | 'catalogue'>,
): readonly NodeSample[] {
  return scene.nodes.map(({ name, material }): NodeSample => {
    // A node may be called `constructor`: only what the config itself names is an override.
    const override = Object.hasOwn(config.nodes, name) ? config.nodes[name] : undefined;
    const path = `nodes.${name}`;
    const own = sampleMaterial({ sampler, catalogue }, material, `scene.${path}.material`);
    const changed = sampleMaterial({ sampler, catalogue }, override?.material, `${path}.material`);
    return {
      name,
      visible: override === undefined || sampler.flag(override.visible, `${path}.visible`),
      offsetMeters: override
        ? sampler.vec3(override.offsetMeters, `${path}.offsetMeters`)
        : [0, 0, 0],
      yawDegrees: override ? sampler.number(override.yawDegrees, `${path}.yawDegrees`) : 0,
      ...(override?.rotation && {
        rotation: sampler.rotation(override.rotation, `${path}.rotation`),
      }),
      material: own && changed ? { ...own, ...definedOf(changed) } : (changed ?? own),
    };
  });
}

/** Motions by the names of their nodes; those that rest have none. */
function sampleNodeMotions(
  sampler: Sampler,
  { nodes }: Config,
  scene: SceneDescription,
): ReadonlyMap<string, Motion> {
  return new Map(
    scene.nodes.flatMap(({ name }): [string, Motion][] => {
      const spec = Object.hasOwn(nodes, name) ? nodes[name]?.motion : undefined;
      const motion = sampleMotion(sampler, spec, `nodes.${name}.motion`);
      return motion === null ? [] : [[name, motion]];
    }),
  );
}

function definedOf<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}

function sampleQuality(sampler: Sampler, { outputs: { rgb } }: Config): number | null {
  if (rgb.format === 'png') return null;
  const path = 'outputs.rgb.quality';
  return requireRange(sampler.integer(rgb.quality, path), path, [1, 100]);
}
