import { batch } from '@preact/signals';
import type { OverlayName } from '#shared/draw/overlays';
import { nearestPlace, type FrameChoice } from '../frame/choose-frames.ts';
import type { GizmoKind } from '../space/gizmo.ts';
import { orbitOf } from '../space/orbit.ts';
import { toggled } from './overlay-list.ts';
import {
  frame,
  frameChoice,
  frameCount,
  frameList,
  handling,
  helpOpen,
  hiddenGizmos,
  mode,
  momentLength,
  notice,
  orbit,
  playing,
  seed,
  selected,
  sensor,
  sequenceLength,
  shown,
  theme,
  view,
  viewNames,
  wantedFrame,
  wantedPlace,
  type Theme,
} from './store.ts';
import type { Mode } from './url-state.ts';

/** Milliseconds that a message stays. */
const NOTICE_MS = 2400;

/** Goes to a place among the frames that can be gone to, or to the nearest that there is. */
export function goToPlace(place: number): void {
  const inside = Math.max(0, Math.min(frameCount.value - 1, Math.round(place)));
  frame.value = frameList.value?.[inside] ?? inside;
}

/** Goes to a frame by its number, or to the nearest that there is. */
export function goToFrame(index: number): void {
  if (frameList.value === null) goToPlace(index);
  else frame.value = frameList.value[nearestPlace(frameList.value, index)] ?? 0;
}

/** Goes on by some frames, or back where negative. */
export function stepFrames(by: number): void {
  goToPlace(wantedPlace.value + by);
}

/** Looks at some frames of the dataset, or at them in another order. */
export function chooseFrameList(change: Partial<FrameChoice>): void {
  frameChoice.value = { ...frameChoice.value, ...change };
}

/** Goes on by some moments, to the same view of it; without a rig, by frames. */
export function stepMoments(by: number): void {
  stepFrames(by * momentLength.value);
}

/** Goes on by some sequences, to the same step of it. */
export function stepSequences(by: number): void {
  stepMoments(by * sequenceLength.value);
}

/** Shows another view of the moment. */
export function chooseView(view: number): void {
  const { value: frameNow } = wantedFrame;
  goToFrame(frameNow - (frameNow % viewNames.value.length) + view);
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

/** Shows the frames another way, or one by itself where they are shown that way already. */
export function toggleMode(wanted: Exclude<Mode, 'single'>): void {
  mode.value = mode.value === wanted ? 'single' : wanted;
}

/** Shows or hides what is drawn in the scene. */
export function toggleGizmos(kind: GizmoKind): void {
  const next = new Set(hiddenGizmos.value);
  if (!next.delete(kind)) next.add(kind);
  hiddenGizmos.value = next;
}

/** Looks from where the sensor is. */
export function lookThroughSensor(): void {
  const camera = view.value?.record.sample.camera;
  if (camera !== undefined) orbit.value = orbitOf(camera.position, camera.target);
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

/** A hand moves a value: until it lets go, frames are drafts. */
export function hold(): void {
  handling.value = true;
}

export function letGo(): void {
  handling.value = false;
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
