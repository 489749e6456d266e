import { isOverlayName, type OverlayName } from '#shared/draw/overlays';

/** What a link to a place in the preview says. */
export type UrlState = Readonly<{
  frame: number;
  /** Null: the config's own. */
  seed: string | null;
  shown: readonly OverlayName[];
  sensor: boolean;
  selected: number | null;
}>;

/** What is shown where the address says nothing. */
export const START: UrlState = {
  frame: 0,
  seed: null,
  shown: ['masks', 'boxes', 'names'],
  sensor: true,
  selected: null,
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
  };
}

/** The address's part after `#`. */
export function writeUrlState({ frame, seed, shown, sensor, selected }: UrlState): string {
  const words = new URLSearchParams({ frame: String(frame) });
  if (seed !== null) words.set('seed', seed);
  words.set('labels', shown.join(','));
  if (!sensor) words.set('sensor', 'off');
  if (selected !== null) words.set('selected', String(selected));
  return `#${words.toString().replaceAll('%2C', ',')}`;
}
