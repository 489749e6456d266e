import { whiteBalanceGains } from '../core/color.ts';
import type { LinearRgb } from '../core/geometry.ts';
import { exp } from '../core/portable-math.ts';
import { keyFor } from '../core/stream.ts';
import type { MosaicSample } from '../sampling/sensor-sample.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { balanceFilters } from './balance-filters.ts';

/** What the sensor of a frame does; a stage that is absent costs nothing. */
export type PlanSensor = Readonly<{
  /** Factor on linear light, before what the meter finds. */
  exposure: number;
  /** Exposes by the frame's own luminance; factors of light. */
  meter?:
    | Readonly<{ grey: number; metering: 'average' | 'centre'; least: number; most: number }>
    | undefined;
  blurSigmaPixels: number;
  vignetting: number;
  chromaticAberration?: Readonly<{ redScale: number; blueScale: number }> | undefined;
  glare?: Readonly<{ share: number; sigmaPixels: number }> | undefined;
  noise: PlanNoise | null;
  mosaic?: MosaicSample | undefined;
  /** Camera from linear sRGB, and linear sRGB from what is balanced; row by row. */
  filters?: Readonly<{ camera: readonly number[]; develop: readonly number[] }> | undefined;
  adc?: Readonly<{ bits: number; blackLevel: number; fullScale: number }> | undefined;
  /** Gains of the white balance, green = 1: of linear sRGB, or of the camera where it has filters. */
  whiteBalance: LinearRgb;
  toneMapping: 'agx' | 'aces' | 'neutral' | 'none';
  sharpening?: Readonly<{ amount: number; sigmaPixels: number }> | undefined;
  /** Key of the noise hash: 32 bits from (seed, frame). */
  noiseKey: number;
}>;

/** Noise in electrons (EMVA 1288). */
export type PlanNoise = Readonly<{
  fullWellElectrons: number;
  readElectrons: number;
  darkElectrons?: number | undefined;
  fixedPattern?:
    | Readonly<{
        /** Key of the pattern's hash: 32 bits from (seed, camera), the same in every frame. */
        key: number;
        /** Standard deviation of the response, of 1. */
        prnu: number;
        dsnuElectrons: number;
        hotShare: number;
        hotElectrons: number;
      }>
    | undefined;
}>;

const LN2 = 0.6931471805599453;

/**
 * Luminance of white by aperture N, time t and ISO S: 78 / (q · S) · N²/t with q = 0.65, the saturation-based
 * speed of ISO 12232 for a typical lens; Lagarde and de Rousiers, “Moving Frostbite to PBR” (2014), §5.1.
 */
const WHITE_NITS = 1.2;

/** Turns the sensor that was drawn into what the page does. */
export function planSensor({ seed, frame, sensor }: SceneSample): PlanSensor {
  const { exposureStops, whiteBalanceKelvin, exposure, filters, noise, ...chain } = sensor;
  const gains = whiteBalanceGains(whiteBalanceKelvin);
  const balanced = filters && balanceFilters(filters, gains);
  return {
    ...chain,
    noise: noise && planNoise(seed, noise),
    exposure: stops(exposureStops) * manualFactor(exposure),
    ...(exposure?.kind === 'auto' && {
      meter: {
        grey: exposure.grey,
        metering: exposure.metering,
        least: stops(exposure.minStops),
        most: stops(exposure.maxStops),
      },
    }),
    ...(balanced && { filters: { camera: balanced.camera, develop: balanced.develop } }),
    whiteBalance: balanced?.gains ?? gains,
    noiseKey: keyFor({ seed, frame, path: 'sensor.noise' }),
  };
}

const stops = (count: number): number => exp(count * LN2);

function manualFactor(exposure: SceneSample['sensor']['exposure']): number {
  if (exposure?.kind !== 'manual') return 1;
  const { aperture, shutterSeconds, iso, nitsPerUnit } = exposure;
  return nitsPerUnit / ((WHITE_NITS * aperture * aperture * 100) / (shutterSeconds * iso));
}

function planNoise(
  seed: string,
  { fixedPattern, ...noise }: NonNullable<SceneSample['sensor']['noise']>,
): PlanNoise {
  if (fixedPattern === undefined) return noise;
  const { camera, prnuPercent, dsnuElectrons, hotPixels } = fixedPattern;
  return {
    ...noise,
    fixedPattern: {
      key: keyFor({ seed, frame: 0, path: `sensor.camera[${camera}]` }),
      prnu: prnuPercent / 100,
      dsnuElectrons,
      hotShare: hotPixels?.share ?? 0,
      hotElectrons: hotPixels?.electrons ?? 0,
    },
  };
}
