/** The exposure, drawn. */
export type ExposureSample =
  | Readonly<{
      kind: 'manual';
      /** f-number. */
      aperture: number;
      shutterSeconds: number;
      iso: number;
      /** cd/m² of one unit of radiance. */
      nitsPerUnit: number;
    }>
  | Readonly<{
      kind: 'auto';
      grey: number;
      metering: 'average' | 'centre';
      minStops: number;
      maxStops: number;
    }>;

/** Noise, drawn; what the config leaves out is absent. */
export type NoiseSample = Readonly<{
  /** At white, at the ISO of the frame. */
  fullWellElectrons: number;
  readElectrons: number;
  /** Mean over the exposure, at the temperature of the frame. */
  darkElectrons?: number | undefined;
  fixedPattern?:
    | Readonly<{
        camera: number;
        prnuPercent: number;
        dsnuElectrons: number;
        /** Mean extra electrons of a hot pixel over the exposure. */
        hotPixels?: Readonly<{ share: number; electrons: number }> | undefined;
      }>
    | undefined;
}>;

/** The sensor, drawn; stages that the config leaves out are absent. */
export type SensorSample = Readonly<{
  exposureStops: number;
  exposure?: ExposureSample | undefined;
  blurSigmaPixels: number;
  vignetting: number;
  chromaticAberration?: Readonly<{ redScale: number; blueScale: number }> | undefined;
  glare?: Readonly<{ share: number; sigmaPixels: number }> | undefined;
  noise: NoiseSample | null;
  mosaic?: MosaicSample | undefined;
  /** Camera from linear sRGB, row by row. */
  filters?: readonly number[] | undefined;
  adc?: Readonly<{ bits: number; blackLevel: number; fullScale: number }> | undefined;
  whiteBalanceKelvin: number;
  toneMapping: 'agx' | 'aces' | 'neutral' | 'none';
  sharpening?: Readonly<{ amount: number; sigmaPixels: number }> | undefined;
}>;

export type MosaicSample = Readonly<{
  /** The first two pixels of the first row, then of the second. */
  pattern: 'rggb' | 'bggr' | 'grbg' | 'gbrg';
  demosaic: 'bilinear' | 'malvar';
}>;
