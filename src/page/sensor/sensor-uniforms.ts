import { Matrix3, Vector2, Vector3, Vector4, type IUniform, type Texture } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanNoise, PlanSensor } from '#shared/plan/plan-sensor';

const TONE_CURVES = { none: 0, agx: 1, aces: 2, neutral: 3 } as const;
type Pattern = NonNullable<PlanSensor['mosaic']>['pattern'];

/** Filters of the first two pixels of the first two rows: 0 red, 1 green, 2 blue. */
const MOSAICS: Readonly<Record<Pattern, readonly [number, number, number, number]>> = {
  rggb: [0, 1, 1, 2],
  bggr: [2, 1, 1, 0],
  grbg: [1, 0, 2, 1],
  gbrg: [1, 2, 0, 1],
};

/** The uniforms of every program of the sensor; a program takes those that it knows. */
export function createSensorUniforms() {
  return {
    radiance: { value: null as Texture | null },
    signal: { value: null as Texture | null },
    mosaic: { value: null as Texture | null },
    meter: { value: null as Texture | null },
    places: { value: null as Texture | null },
    size: { value: new Vector2() },
    intrinsics: { value: new Vector4() },
    exposure: { value: 1 },
    vignetting: { value: 0 },
    filters: { value: new Matrix3() },
    develop: { value: new Matrix3() },
    fullWell: { value: 0 },
    readElectrons: { value: 0 },
    darkElectrons: { value: 0 },
    noiseKey: { value: 0 },
    patternKey: { value: 0 },
    prnu: { value: 0 },
    dsnuElectrons: { value: 0 },
    hot: { value: new Vector2() },
    adc: { value: new Vector3() },
    pattern: { value: new Vector4() },
    whiteBalance: { value: new Vector3(1, 1, 1) },
    toneCurve: { value: 0 },
    toneMappingExposure: { value: 1 },
  } satisfies Record<string, IUniform>;
}

export type SensorUniforms = ReturnType<typeof createSensorUniforms>;

/** Takes over the numbers of a plan. */
export function setSensorUniforms(
  uniforms: SensorUniforms,
  { sensor, size, camera }: FramePlan,
): void {
  const { fx, fy, cx, cy } = camera.intrinsics;
  uniforms.size.value.set(size.width, size.height);
  uniforms.intrinsics.value.set(fx, fy, cx, cy);
  uniforms.exposure.value = sensor.exposure;
  uniforms.vignetting.value = sensor.vignetting;
  uniforms.noiseKey.value = sensor.noiseKey;
  uniforms.whiteBalance.value.set(...sensor.whiteBalance);
  uniforms.toneCurve.value = TONE_CURVES[sensor.toneMapping];
  setNoise(uniforms, sensor.noise);
  setReadout(uniforms, sensor);
}

function setNoise(uniforms: SensorUniforms, noise: PlanNoise | null): void {
  uniforms.fullWell.value = noise?.fullWellElectrons ?? 0;
  uniforms.readElectrons.value = noise?.readElectrons ?? 0;
  uniforms.darkElectrons.value = noise?.darkElectrons ?? 0;
  const fixed = noise?.fixedPattern;
  if (fixed === undefined) return;
  uniforms.patternKey.value = fixed.key;
  uniforms.prnu.value = fixed.prnu;
  uniforms.dsnuElectrons.value = fixed.dsnuElectrons;
  uniforms.hot.value.set(fixed.hotShare, fixed.hotElectrons);
}

function setReadout(uniforms: SensorUniforms, { adc, filters, mosaic }: PlanSensor): void {
  if (adc) uniforms.adc.value.set(2 ** adc.bits - 1, adc.blackLevel, adc.fullScale);
  if (filters) {
    uniforms.filters.value.fromArray([...filters.camera]).transpose();
    uniforms.develop.value.fromArray([...filters.develop]).transpose();
  }
  if (mosaic) uniforms.pattern.value.set(...MOSAICS[mosaic.pattern]);
}

/** The stages that are on, as what a program is compiled with. */
export function sensorDefines({ sensor, camera }: FramePlan): readonly string[] {
  return [
    ...(camera.intrinsics.distortion ? ['BENT'] : []),
    ...(sensor.meter ? ['METER'] : []),
    ...(sensor.filters ? ['FILTERS'] : []),
    ...(sensor.noise?.darkElectrons === undefined ? [] : ['DARK']),
    ...(sensor.noise?.fixedPattern ? ['FIXED_PATTERN'] : []),
    ...(sensor.adc ? ['ADC'] : []),
    ...(sensor.mosaic?.demosaic === 'malvar' ? ['MALVAR'] : []),
  ];
}
