import type { JSX } from 'preact';

/** Paths on a field of 16 × 16, drawn as lines. */
const PATHS = {
  previous: 'M10 3L5 8l5 5',
  next: 'M6 3l5 5-5 5',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5 3v10M11 3v10',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 116.5 3 4.5 4.5 0 0013 9.5z',
  auto: 'M8 2a6 6 0 100 12A6 6 0 008 2M8 2v12',
  help: 'M5.5 6a2.5 2.5 0 113.6 2.3c-.7.3-1.1.8-1.1 1.5M8 12.4v.2',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  close: 'M4 4l8 8M12 4l-8 8',
  reset: 'M3 8a5 5 0 105-5H5M7 1L5 3l2 2',
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside or instead of a word; screen readers pass over it. */
export function Icon({ name }: Readonly<{ name: IconName }>): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
