import { batch } from '@preact/signals';
import type { OverlayName } from '#shared/draw/overlays';
import { toggled } from './overlay-list.ts';
import {
  frame,
  frameCount,
  helpOpen,
  mode,
  notice,
  playing,
  seed,
  selected,
  sensor,
  sequenceLength,
  shown,
  theme,
  wantedFrame,
  type Theme,
} from './store.ts';

/** Milliseconds that a message stays. */
const NOTICE_MS = 2400;

/** Goes to a frame, or to the nearest that there is. */
export function goToFrame(index: number): void {
  frame.value = Math.max(0, Math.min(frameCount.value - 1, Math.round(index)));
}

/** Goes on by some frames, or back where negative. */
export function stepFrames(by: number): void {
  goToFrame(wantedFrame.value + by);
}

/** Goes on by some sequences, to the same step of it. */
export function stepSequences(by: number): void {
  stepFrames(by * sequenceLength.value);
}

/** Another master seed; null or nothing is the config's own. */
export function chooseSeed(text: string | null): void {
  const trimmed = text?.trim() ?? '';
  seed.value = trimmed === '' ? null : trimmed;
}

export function toggleOverlay(name: OverlayName): void {
  shown.value = toggled(shown.value, name);
}

export function showNoOverlay(): void {
  shown.value = new Set();
}

export function toggleSensor(): void {
  sensor.value = !sensor.value;
}

export function togglePlaying(): void {
  playing.value = !playing.value;
}

export function toggleHelp(): void {
  helpOpen.value = !helpOpen.value;
}

export function toggleGrid(): void {
  mode.value = mode.value === 'grid' ? 'single' : 'grid';
}

/** Opens a frame of the grid by itself. */
export function openFrame(index: number): void {
  batch(() => {
    goToFrame(index);
    mode.value = 'single';
  });
}

/** Selects an instance, or none; the one that is selected already is let go. */
export function select(instanceId: number | null): void {
  selected.value = instanceId === 0 || instanceId === selected.value ? null : instanceId;
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };

export function nextTheme(): void {
  theme.value = NEXT_THEME[theme.value];
}

/** Says something for a moment. */
export function say(text: string): void {
  notice.value = text;
  setTimeout(() => {
    if (notice.value === text) notice.value = null;
  }, NOTICE_MS);
}

/** Copies a text, and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say('the browser does not let this page copy: mark the text and copy it by hand');
  }
}
