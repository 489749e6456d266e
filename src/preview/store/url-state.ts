import { isOverlayName, type OverlayName } from '#shared/draw/overlays';
import { readOrbit, writeOrbit, type Orbit } from '../space/orbit.ts';

/** What a link to a place in the preview says. */
export type UrlState = Readonly<{
  frame: number;
  /** Null: the config's own. */
  seed: string | null;
  shown: readonly OverlayName[];
  sensor: boolean;
  selected: number | null;
  mode: Mode;
  order: GridOrder;
  panel: Panel;
  /** Of the free camera; null: beside the sensor. */
  orbit: Orbit | null;
  /** What the free camera cuts away: percent of its distance. */
  cut: number;
}>;

/** Beyond, it would cut away what it looks at. */
export const MOST_CUT = 95;

export const MODES = ['single', 'grid', 'scene', 'coverage'] as const;
/** One frame, many of them side by side, the scene from outside, or what all frames draw. */
export type Mode = (typeof MODES)[number];
/** Frames of the grid: one after the other, or in an order that chance gave. */
export type GridOrder = 'consecutive' | 'random';
export const PANELS = ['labels', 'parameters', 'batch'] as const;
/** What the side of the page shows. */
export type Panel = (typeof PANELS)[number];

/** What is shown where the address says nothing. */
export const START: UrlState = {
  frame: 0,
  seed: null,
  shown: ['masks', 'boxes', 'names'],
  sensor: true,
  selected: null,
  mode: 'single',
  order: 'consecutive',
  panel: 'labels',
  orbit: null,
  cut: 0,
};

const whole = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** Reads the address's part after `#`; what cannot be understood is as if it were not there. */
export function readUrlState(hash: string): UrlState {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const labels = words.get('labels');
  return {
    frame: whole(words.get('frame')) ?? START.frame,
    seed: words.get('seed'),
    shown: labels === null ? START.shown : labels.split(',').filter(isOverlayName),
    sensor: words.get('sensor') !== 'off',
    selected: whole(words.get('selected')),
    mode: MODES.find((name) => name === words.get('view')) ?? START.mode,
    order: words.get('order') === 'random' ? 'random' : 'consecutive',
    panel: PANELS.find((name) => name === words.get('panel')) ?? START.panel,
    orbit: readOrbit(words.get('eye')),
    cut: Math.min(MOST_CUT, whole(words.get('cut')) ?? START.cut),
  };
}

/** The address's part after `#`. */
export function writeUrlState(place: UrlState): string {
  const { frame, seed, shown, sensor, selected, mode, order, panel, orbit, cut } = place;
  const words = new URLSearchParams({ frame: String(frame) });
  if (seed !== null) words.set('seed', seed);
  words.set('labels', shown.join(','));
  if (!sensor) words.set('sensor', 'off');
  if (selected !== null) words.set('selected', String(selected));
  if (mode !== START.mode) words.set('view', mode);
  if (order !== START.order) words.set('order', order);
  if (panel !== START.panel) words.set('panel', panel);
  if (orbit !== null) words.set('eye', writeOrbit(orbit));
  if (cut !== START.cut) words.set('cut', String(cut));
  return `#${words.toString().replaceAll('%2C', ',')}`;
}
