import { exp, log, pow } from './portable-math.ts';

/**
 * Sizes and speeds of what falls: an exponential distribution of diameters N₀ e^(−ΛD), cut at both ends. Diameters are in
 * millimetres, of snow those of the drops that its flakes melt to.
 */
export type Precipitation = Readonly<{
  /** N₀, per cubic metre and millimetre. */
  intercept: number;
  /** Λ, per millimetre. */
  slope: number;
  least: number;
  most: number;
}>;

/**
 * Rain (J. Marshall and W. Palmer, 1948): N₀ = 8000, Λ = 4.1 R^−0.21. Below 0.5 mm the law overstates, and nothing
 * is seen; beyond 6 mm drops break up.
 */
export function rainOf(millimetersPerHour: number): Precipitation {
  return {
    intercept: 8000,
    slope: 4.1 * pow(millimetersPerHour, -0.21),
    least: 0.5,
    most: 6,
  };
}

/** Snow as aggregates (R. Sekhon and R. Srivastava, 1970): N₀ = 2500 R^−0.94, Λ = 2.29 R^−0.45; R in mm of water an hour. */
export function snowOf(millimetersPerHour: number): Precipitation {
  return {
    intercept: 2500 * pow(millimetersPerHour, -0.94),
    slope: 2.29 * pow(millimetersPerHour, -0.45),
    least: 0.5,
    most: 4,
  };
}

/** How many there are in a cubic metre. */
export function numberDensity({ intercept, slope, least, most }: Precipitation): number {
  return (intercept / slope) * (exp(-slope * least) - exp(-slope * most));
}

/** The diameter below which a share 0..1 of them lies, millimetres. */
export function diameterQuantile({ slope, least, most }: Precipitation, share: number): number {
  return least - log(1 - share * (1 - exp(-slope * (most - least)))) / slope;
}

/** Terminal speed of a drop, m/s (D. Atlas, R. Srivastava and R. Sekhon, 1973, from R. Gunn and G. Kinzer, 1949). */
export function dropSpeed(diameter: number): number {
  return 9.65 - 10.3 * exp(-0.6 * diameter);
}

/** Diameter of the flake that melts to a drop, both in mm, where its density is 170 kg/m³ over its millimetres (E. Holroyd, 1971). */
export function flakeDiameter(melted: number): number {
  return Math.sqrt((melted * melted * melted) / 0.17);
}

/** Speed of a flake of so many millimetres, m/s: aggregates of dendrites (J. Locatelli and P. Hobbs, 1974). */
export function flakeSpeed(diameter: number): number {
  return 0.8 * pow(diameter, 0.16);
}

/** Extinction of rain, per metre: 0.312 R^0.67 per kilometre (S. Halder and others, ICCV 2019, after Weber, 2015). */
export function rainExtinction(millimetersPerHour: number): number {
  return 0.000312 * pow(millimetersPerHour, 0.67);
}

/** Decibels to a unit of optical depth: 10 / ln 10. */
const DECIBELS = 4.342944819032518;

/** Extinction of dry snow at 550 nm, per metre: 5.526 S^1.38 dB/km (ITU-R P.1817-1, table 2). */
export function snowExtinction(millimetersPerHour: number): number {
  return ((0.0000542 * 550 + 5.4958776) * pow(millimetersPerHour, 1.38)) / DECIBELS / 1000;
}
