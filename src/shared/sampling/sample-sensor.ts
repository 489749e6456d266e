import type { Config } from '../config/config-schema.ts';
import { SENSOR_RANGES, type SensorParameter } from '../config/sensor-ranges.ts';
import type { IntegerValue, NumberValue } from '../config/value-schemas.ts';
import { SamplingError } from '../core/errors.ts';
import { exp } from '../core/portable-math.ts';
import { requireRange } from './require-range.ts';
import type { Sampler } from './sampler.ts';
import type { ExposureSample, NoiseSample, SensorSample } from './sensor-sample.ts';

type SensorSpec = Config['sensor'];
type Draw = (value: NumberValue, parameter: SensorParameter) => number;

const LN2 = 0.6931471805599453;

/** Draws the sensor of a frame; what a stage that is left out would need is not drawn. */
export function sampleSensor(sampler: Sampler, { sensor }: Config): SensorSample {
  const draw: Draw = (value, parameter) =>
    inRange(sampler.number(value, `sensor.${parameter}`), parameter);
  const whole = (value: IntegerValue, parameter: SensorParameter): number =>
    inRange(sampler.integer(value, `sensor.${parameter}`), parameter);
  const { chromaticAberration: aberration, glare, sharpening } = sensor;
  return {
    exposureStops: draw(sensor.exposureStops, 'exposureStops'),
    ...(sensor.exposure && { exposure: sampleExposure(sensor, draw) }),
    blurSigmaPixels: draw(sensor.blurSigmaPixels, 'blurSigmaPixels'),
    vignetting: draw(sensor.vignetting, 'vignetting'),
    ...(aberration && {
      chromaticAberration: {
        redScale: draw(aberration.redScale, 'chromaticAberration.redScale'),
        blueScale: draw(aberration.blueScale, 'chromaticAberration.blueScale'),
      },
    }),
    ...(glare && {
      glare: {
        share: draw(glare.share, 'glare.share'),
        sigmaPixels: draw(glare.sigmaPixels, 'glare.sigmaPixels'),
      },
    }),
    noise: sensor.noise ? sampleNoise(sensor, draw, whole) : null,
    ...(sensor.mosaic && { mosaic: sensor.mosaic }),
    ...(sensor.filters && { filters: sensor.filters }),
    ...(sensor.adc && { adc: sampleAdc(sensor.adc, draw, whole) }),
    whiteBalanceKelvin: draw(sensor.whiteBalanceKelvin, 'whiteBalanceKelvin'),
    toneMapping: sensor.toneMapping,
    ...(sharpening && {
      sharpening: {
        amount: draw(sharpening.amount, 'sharpening.amount'),
        sigmaPixels: draw(sharpening.sigmaPixels, 'sharpening.sigmaPixels'),
      },
    }),
  };
}

function inRange(value: number, parameter: SensorParameter): number {
  return requireRange(value, `sensor.${parameter}`, SENSOR_RANGES[parameter]);
}

function sampleExposure(sensor: SensorSpec, draw: Draw): ExposureSample | undefined {
  const { exposure } = sensor;
  if (exposure === undefined) return undefined;
  if (exposure.kind === 'manual') {
    return {
      kind: 'manual',
      aperture: draw(sensor.aperture, 'aperture'),
      shutterSeconds: draw(sensor.shutterSeconds, 'shutterSeconds'),
      iso: draw(sensor.iso, 'iso'),
      nitsPerUnit: draw(exposure.nitsPerUnit, 'exposure.nitsPerUnit'),
    };
  }
  const minStops = draw(exposure.minStops, 'exposure.minStops');
  const maxStops = draw(exposure.maxStops, 'exposure.maxStops');
  if (minStops > maxStops) {
    throw new SamplingError(
      `sensor.exposure.minStops: expected at most maxStops (${maxStops}), drew ${minStops}. Narrow their distributions.`,
    );
  }
  const grey = draw(exposure.grey, 'exposure.grey');
  return { kind: 'auto', grey, metering: exposure.metering, minStops, maxStops };
}

function sampleNoise(
  sensor: SensorSpec,
  draw: Draw,
  whole: (value: IntegerValue, parameter: SensorParameter) => number,
): NoiseSample | null {
  const { noise, exposure } = sensor;
  if (noise === undefined) return null;
  const { dark, fixedPattern } = noise;
  const well = draw(noise.fullWellElectrons, 'noise.fullWellElectrons');
  const gain =
    exposure?.kind === 'manual'
      ? draw(noise.baseIso, 'noise.baseIso') / draw(sensor.iso, 'iso')
      : 1;
  const seconds = (): number => draw(sensor.shutterSeconds, 'shutterSeconds');
  return {
    fullWellElectrons: well * gain,
    readElectrons: draw(noise.readElectrons, 'noise.readElectrons'),
    ...(dark && { darkElectrons: darkElectrons(dark, draw) * seconds() }),
    ...(fixedPattern && {
      fixedPattern: sampleFixedPattern(fixedPattern, { draw, whole, seconds }),
    }),
  };
}

type Dark = NonNullable<NonNullable<SensorSpec['noise']>['dark']>;
type FixedPattern = NonNullable<NonNullable<SensorSpec['noise']>['fixedPattern']>;

/** Electrons a second at the temperature of the frame: they double over so many degrees (EMVA 1288, §2). */
function darkElectrons(dark: Dark, draw: Draw): number {
  const celsius = draw(dark.temperatureCelsius, 'noise.dark.temperatureCelsius');
  const doublings = (celsius - dark.referenceCelsius) / dark.doublingCelsius;
  return draw(dark.electronsPerSecond, 'noise.dark.electronsPerSecond') * exp(doublings * LN2);
}

function sampleFixedPattern(
  { camera, prnuPercent, dsnuElectrons, hotPixels }: FixedPattern,
  {
    draw,
    whole,
    seconds,
  }: Readonly<{
    draw: Draw;
    whole: (value: IntegerValue, parameter: SensorParameter) => number;
    seconds: () => number;
  }>,
): NoiseSample['fixedPattern'] {
  const hot = 'noise.fixedPattern.hotPixels';
  return {
    camera: whole(camera, 'noise.fixedPattern.camera'),
    prnuPercent: draw(prnuPercent, 'noise.fixedPattern.prnuPercent'),
    dsnuElectrons: draw(dsnuElectrons, 'noise.fixedPattern.dsnuElectrons'),
    ...(hotPixels && {
      hotPixels: {
        share: draw(hotPixels.share, `${hot}.share`),
        electrons: draw(hotPixels.electronsPerSecond, `${hot}.electronsPerSecond`) * seconds(),
      },
    }),
  };
}

function sampleAdc(
  adc: NonNullable<SensorSpec['adc']>,
  draw: Draw,
  whole: (value: IntegerValue, parameter: SensorParameter) => number,
): SensorSample['adc'] {
  const bits = whole(adc.bits, 'adc.bits');
  const blackLevel = draw(adc.blackLevel, 'adc.blackLevel');
  const codes = 1 << bits;
  if (2 * blackLevel > codes) {
    throw new SamplingError(
      `sensor.adc.blackLevel: expected at most half of the ${codes} codes of ${bits} bits, drew ${blackLevel}. Lower it or add bits.`,
    );
  }
  return { bits, blackLevel, fullScale: draw(adc.fullScale, 'adc.fullScale') };
}
