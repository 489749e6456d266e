import {
  FloatType,
  HalfFloatType,
  UnsignedByteType,
  type Texture,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { BlurPass } from './blur-pass.ts';
import { CAPTURE_COLORS_FRAGMENT_SHADER, CAPTURE_FRAGMENT_SHADER } from './capture-shader.ts';
import { DEMOSAIC_FRAGMENT_SHADER } from './demosaic-shader.ts';
import {
  DEVELOP_FRAGMENT_SHADER,
  SENSOR_FRAGMENT_SHADER,
  SHARPEN_FRAGMENT_SHADER,
} from './develop-shader.ts';
import { MeterPass } from './meter-pass.ts';
import { OpticsPass } from './optics-pass.ts';
import {
  createSensorUniforms,
  sensorDefines,
  setSensorUniforms,
  type SensorUniforms,
} from './sensor-uniforms.ts';
import { TargetShelf } from './target-shelf.ts';

const SHADERS = {
  whole: SENSOR_FRAGMENT_SHADER,
  capture: CAPTURE_FRAGMENT_SHADER,
  colors: CAPTURE_COLORS_FRAGMENT_SHADER,
  demosaic: DEMOSAIC_FRAGMENT_SHADER,
  develop: DEVELOP_FRAGMENT_SHADER,
} as const;

/** What the sensor made of a frame, rows from the top. */
export type SensedFrame = Readonly<{
  /** 8-bit sRGB. */
  image: WebGLRenderTarget;
  /** What it captured, in the first channel alone where it has a mosaic; null where the plan does not ask. */
  raw: WebGLRenderTarget | null;
  /** One pixel: what the meter multiplied light by; null where there is none. */
  meter: WebGLRenderTarget | null;
}>;

/**
 * The camera as a sensor: linear radiance in, an 8-bit sRGB image out, rows from the top. Where no stage
 * looks at the pixels beside, all of it is one pass; a stage that is off is not in the program.
 */
export class SensorPass {
  readonly #renderer: WebGLRenderer;
  readonly #shelf = new TargetShelf();
  readonly #blur: BlurPass;
  readonly #optics: OpticsPass;
  readonly #meter: MeterPass;
  readonly #uniforms = createSensorUniforms();
  readonly #programs = new Map<string, FullScreen<SensorUniforms>>();
  readonly #sharpen = new FullScreen(SHARPEN_FRAGMENT_SHADER, {
    image: { value: null as Texture | null },
    blurred: { value: null as Texture | null },
    amount: { value: 0 },
  });

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#blur = new BlurPass(renderer, this.#shelf);
    this.#optics = new OpticsPass(renderer, this.#shelf, this.#blur);
    this.#meter = new MeterPass(renderer, this.#shelf);
  }

  /**
   * Renders into the pass's own targets, which it returns.
   * @param places where a lens that bends: the cosines of the pixels' rays to the axis, in the third channel.
   */
  render(plan: FramePlan, radiance: Texture, places: Texture | null): SensedFrame {
    const { sensor, size } = plan;
    const uniforms = this.#uniforms;
    setSensorUniforms(uniforms, plan);
    uniforms.places.value = places;
    uniforms.radiance.value = this.#optics.render(plan, radiance);
    const meter = this.#meter.render(plan, uniforms.radiance.value);
    uniforms.meter.value = meter?.texture ?? null;
    const image = this.#shelf.take('image', { ...size, type: UnsignedByteType });
    const developed = sensor.sharpening
      ? this.#shelf.take('developed', { ...size, type: FloatType })
      : image;
    const full = { ...size, type: FloatType };
    let raw: WebGLRenderTarget | null = null;
    if (sensor.mosaic) {
      const mosaic = this.#shelf.take('mosaic', full);
      uniforms.mosaic.value = this.#draw('capture', plan, mosaic);
      if (plan.raw) raw = mosaic;
      uniforms.signal.value = this.#draw('demosaic', plan, this.#shelf.take('signal', full));
      this.#draw('develop', plan, developed);
    } else {
      this.#draw('whole', plan, developed);
      if (plan.raw) this.#draw('colors', plan, (raw = this.#shelf.take('raw', full)));
    }
    if (sensor.sharpening) this.#sharpened(plan, developed.texture, image);
    return { image, raw, meter };
  }

  #draw(shader: keyof typeof SHADERS, plan: FramePlan, target: WebGLRenderTarget): Texture {
    const head = sensorDefines(plan).map((name) => `#define ${name}\n`);
    const text = `${head.join('')}${SHADERS[shader]}`;
    let program = this.#programs.get(text);
    if (program === undefined) {
      program = new FullScreen(text, this.#uniforms);
      this.#programs.set(text, program);
    }
    program.draw(this.#renderer, target);
    return target.texture;
  }

  #sharpened({ size, sensor }: FramePlan, developed: Texture, image: WebGLRenderTarget): void {
    const { amount = 0, sigmaPixels: sigma = 1 } = sensor.sharpening ?? {};
    const { uniforms } = this.#sharpen;
    uniforms.image.value = developed;
    uniforms.blurred.value = this.#blur.render(developed, {
      name: 'sharpen',
      size,
      sigma,
      type: HalfFloatType,
    });
    uniforms.amount.value = amount;
    this.#sharpen.draw(this.#renderer, image);
  }
}
