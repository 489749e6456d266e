import type { Config } from '#shared/config/config-schema';
import type { Intrinsics, Size } from '#shared/core/geometry';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import type { RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';

/** Longest side of a draft, pixels. */
const LONGEST = 320;
/** Most of what else takes time. */
const MOST = { subframes: 4, shadowMapPixels: 1024 } as const;

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

function scaledIntrinsics(
  { fx, fy, cx, cy, ...rest }: Intrinsics,
  from: Size,
  to: Size,
): Intrinsics {
  const [x, y] = [to.width / from.width, to.height / from.height];
  return { ...rest, fx: fx * x, fy: fy * y, cx: cx * x, cy: cy * y };
}

function draftConfig(config: Config, image: Config['image']): Config {
  const { render, outputs } = config;
  const { subframes, shadowMapPixels, ambientOcclusion } = render;
  return {
    ...config,
    image,
    render: {
      ...render,
      antialias: 'none',
      ambientOcclusion: { ...ambientOcclusion, strength: 0 },
      subframes: Math.min(subframes, MOST.subframes),
      shadowMapPixels: Math.min(shadowMapPixels, MOST.shadowMapPixels),
    },
    outputs: { ...outputs, flow: { ...outputs.flow, forward: 'none', backward: 'none' } },
  };
}

/** The sample as a sensor of fewer pixels has it, at rest: what is measured in pixels is scaled. */
function draftSample(sample: SceneSample, from: Size, to: Size): SceneSample {
  const { shutter: _shutter, depthSensor: _depth, camera, sensor, ...rest } = sample;
  const { glare, sharpening, blurSigmaPixels } = sensor;
  const scale = to.width / from.width;
  return {
    ...rest,
    camera: { ...camera, intrinsics: scaledIntrinsics(camera.intrinsics, from, to) },
    sensor: {
      ...sensor,
      blurSigmaPixels: blurSigmaPixels * scale,
      ...(glare && { glare: { ...glare, sigmaPixels: glare.sigmaPixels * scale } }),
      ...(sharpening && {
        sharpening: { ...sharpening, sigmaPixels: sharpening.sigmaPixels * scale },
      }),
    },
  };
}

/**
 * A frame's plan as a draft, while a hand moves a value: the same draws, seen by a sensor of fewer pixels, with
 * coarser shadows; without anti-aliasing, ambient occlusion, flow, disparity, motion blur and depth sensor.
 *
 * @returns the plan, and the config that its labels are made by.
 */
export function planDraft(
  inputs: RunInputs,
  sample: SceneSample,
): Readonly<{ plan: FramePlan; config: Config }> {
  const { image } = inputs.config;
  const size = scaled(image, Math.min(1, LONGEST / Math.max(image.width, image.height)));
  const config = draftConfig(inputs.config, { ...image, ...size });
  const planned = planFrame({ ...inputs, config }, draftSample(sample, image, size));
  const { neighbours: _neighbours, pair: _pair, ...plan } = planned;
  return { plan, config };
}
