import type { JSX } from 'preact';

/** A small field of a colour, beside its name. */
export function Swatch({ color }: Readonly<{ color: string }>): JSX.Element {
  return <span class="swatch" style={{ backgroundColor: color }} aria-hidden="true" />;
}
