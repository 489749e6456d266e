import {
  HalfFloatType,
  NearestFilter,
  UnsignedByteType,
  Vector2,
  Vector3,
  Vector4,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { BLUR_FRAGMENT_SHADER, SENSOR_FRAGMENT_SHADER } from './sensor-shader.ts';

const TONE_CURVES = { none: 0, agx: 1, aces: 2, neutral: 3 } as const;

type Targets = Readonly<{
  image: WebGLRenderTarget;
  blurred: readonly [WebGLRenderTarget, WebGLRenderTarget];
}>;

/** The camera as a sensor: linear radiance in, an 8-bit sRGB image out, rows from the top. */
export class SensorPass {
  readonly #renderer: WebGLRenderer;
  readonly #blur = new FullScreen(BLUR_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    direction: { value: new Vector2() },
    sigma: { value: 1 },
  });
  readonly #sensor = new FullScreen(SENSOR_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    size: { value: new Vector2() },
    intrinsics: { value: new Vector4() },
    exposure: { value: 1 },
    vignetting: { value: 0 },
    fullWell: { value: 0 },
    readElectrons: { value: 0 },
    noiseKey: { value: 0 },
    whiteBalance: { value: new Vector3(1, 1, 1) },
    toneCurve: { value: 0 },
    toneMappingExposure: { value: 1 },
  });
  #targets: Targets | null = null;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Renders into the pass's own target, which it returns. */
  render(plan: FramePlan, radiance: Texture): WebGLRenderTarget {
    const { image } = this.#targetsOf(plan.size);
    const { sensor, size, camera } = plan;
    const { fx, fy, cx, cy } = camera.intrinsics;
    const { uniforms } = this.#sensor;
    uniforms.radiance.value = this.#blurred(plan, radiance);
    uniforms.size.value.set(size.width, size.height);
    uniforms.intrinsics.value.set(fx, fy, cx, cy);
    uniforms.exposure.value = sensor.exposure;
    uniforms.vignetting.value = sensor.vignetting;
    uniforms.fullWell.value = sensor.noise?.fullWellElectrons ?? 0;
    uniforms.readElectrons.value = sensor.noise?.readElectrons ?? 0;
    uniforms.noiseKey.value = sensor.noiseKey;
    uniforms.whiteBalance.value.set(...sensor.whiteBalance);
    uniforms.toneCurve.value = TONE_CURVES[sensor.toneMapping];
    this.#sensor.draw(this.#renderer, image);
    return image;
  }

  #blurred({ sensor, size }: FramePlan, radiance: Texture): Texture {
    if (sensor.blurSigmaPixels === 0) return radiance;
    const [across, both] = this.#targetsOf(size).blurred;
    const { uniforms } = this.#blur;
    uniforms.sigma.value = sensor.blurSigmaPixels;
    uniforms.radiance.value = radiance;
    uniforms.direction.value.set(1, 0);
    this.#blur.draw(this.#renderer, across);
    uniforms.radiance.value = across.texture;
    uniforms.direction.value.set(0, 1);
    this.#blur.draw(this.#renderer, both);
    return both.texture;
  }

  #targetsOf({ width, height }: FramePlan['size']): Targets {
    const current = this.#targets;
    if (current && current.image.width === width && current.image.height === height) return current;
    for (const target of current ? [current.image, ...current.blurred] : []) target.dispose();
    const options = {
      depthBuffer: false,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
    } as const;
    const linear = (): WebGLRenderTarget =>
      new WebGLRenderTarget(width, height, { ...options, type: HalfFloatType });
    this.#targets = {
      image: new WebGLRenderTarget(width, height, { ...options, type: UnsignedByteType }),
      blurred: [linear(), linear()],
    };
    return this.#targets;
  }
}
