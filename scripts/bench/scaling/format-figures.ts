import type { Slope } from './find-fits.ts';

/** Thousands apart from one another, as in 1,234,567. */
const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

/** What is varied: a whole number in full, others with two digits behind the point. */
export const formatX = (x: number): string => (Number.isInteger(x) ? grouped(x) : x.toFixed(2));

/** Three significant digits. */
export const formatFigure = (value: number): string => String(Number(value.toPrecision(3)));

export const formatShare = (share: number): string => `${Math.round(100 * share)} %`;

/** From the least to the greatest; once where both read alike. */
export function formatRange(values: readonly number[], format: (value: number) => string): string {
  const [least, most] = [format(Math.min(...values)), format(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}

/** Most digits behind the point of a slope whose error is next to nothing. */
const MOST_DIGITS = 4;

/** A slope to the first digit that its error touches, with that error. */
export function formatSlope({ slope, error }: Slope): string {
  const digits = Math.min(MOST_DIGITS, Math.max(0, -Math.floor(Math.log10(error))));
  return `${slope.toFixed(digits)} ± ${error.toFixed(digits)}`.replace('-', '−');
}
