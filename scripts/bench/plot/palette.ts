/**
 * Inks by name, each in light and in dark. Those of lines are of Okabe and Ito's palette (Color Universal Design, 2008),
 * which people who confuse red and green can tell apart, lightened where the ground is dark.
 */
export const PALETTE = {
  ground: ['#ffffff', '#0d1117'],
  ink: ['#1f2328', '#e6edf3'],
  faint: ['#59636e', '#9198a1'],
  grid: ['#d8dee4', '#2d333b'],
  black: ['#000000', '#ffffff'],
  blue: ['#0072b2', '#4ba3d8'],
  orange: ['#d98a00', '#e6a527'],
  green: ['#009e73', '#2fbf97'],
  red: ['#d55e00', '#f0813a'],
  pink: ['#b8598c', '#d98ab4'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;
export type Ink = keyof typeof PALETTE;

/** The style sheet that exchanges inks where the reader's scheme is dark. */
export function darkStyle(): string {
  const rules = Object.entries(PALETTE).map(
    ([name, [, dark]]) => `.s-${name}{stroke:${dark}}.f-${name}{fill:${dark}}`,
  );
  return `<style>@media (prefers-color-scheme: dark){${rules.join('')}}</style>`;
}

/** Attributes that draw something in an ink. */
export function inkAttributes(
  name: string,
  use: 'stroke' | 'fill',
): Readonly<{ class: string; color: string }> {
  if (!Object.hasOwn(PALETTE, name))
    throw new RangeError(`ink: expected one of ${Object.keys(PALETTE).join(', ')}, got "${name}"`);
  return { class: `${use === 'stroke' ? 's' : 'f'}-${name}`, color: PALETTE[name as Ink][0] };
}
