import { helpOpen, mode } from './store.ts';
import {
  goToPlace,
  lookThroughSensor,
  nextTheme,
  select,
  showNoOverlay,
  stepFrames,
  stepSequences,
  toggleHelp,
  toggleMode,
  toggleOverlay,
  togglePlaying,
  toggleSensor,
} from './actions.ts';
import { OVERLAY_GROUPS } from './overlay-list.ts';

/** What a key does. */
export type KeyBinding = Readonly<{
  /** `KeyboardEvent.key`, with `Shift+` before it where that is held. */
  key: string;
  title: string;
  act(): void;
}>;

/** Keys that are no overlay's. */
export const KEYS: readonly KeyBinding[] = [
  { key: 'ArrowRight', title: 'Next frame', act: () => stepFrames(1) },
  { key: 'ArrowLeft', title: 'Previous frame', act: () => stepFrames(-1) },
  { key: 'Shift+ArrowRight', title: 'Ten frames on', act: () => stepFrames(10) },
  { key: 'Shift+ArrowLeft', title: 'Ten frames back', act: () => stepFrames(-10) },
  { key: ']', title: 'Next sequence', act: () => stepSequences(1) },
  { key: '[', title: 'Previous sequence', act: () => stepSequences(-1) },
  { key: 'Home', title: 'First frame', act: () => goToPlace(0) },
  { key: 'End', title: 'Last frame', act: () => goToPlace(Infinity) },
  { key: ' ', title: 'Play or pause', act: togglePlaying },
  { key: 'g', title: 'Many frames side by side, or one', act: () => toggleMode('grid') },
  { key: 'c', title: 'The scene by a free camera, or the frame', act: () => toggleMode('scene') },
  { key: 'h', title: 'What 500 frames draw, or the frame', act: () => toggleMode('coverage') },
  { key: 'x', title: 'Free camera to where the sensor is', act: lookThroughSensor },
  { key: 'e', title: 'Sensor on or off', act: toggleSensor },
  { key: '0', title: 'No labels', act: showNoOverlay },
  { key: 'q', title: 'Light, dark or as the system', act: nextTheme },
  { key: '?', title: 'This list', act: toggleHelp },
  {
    key: 'Escape',
    title: 'Close, or select nothing',
    act: () => {
      if (helpOpen.value) toggleHelp();
      else if (mode.value !== 'single') toggleMode(mode.value);
      else select(null);
    },
  },
];

const nameOf = ({ key, shiftKey }: KeyboardEvent): string =>
  shiftKey && (key.length > 1 || /^[A-Z]$/.test(key)) ? `Shift+${key}` : key;

/** Whether a key belongs to the element that has the focus. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input:not([type=range]), textarea, select') !== null) return true;
  if (target instanceof HTMLInputElement) return /^(Arrow|Home|End|Page)/.test(key);
  // Space and Enter press the button that has the focus.
  return target.closest('button, a') !== null && (key === ' ' || key === 'Enter');
}

/** Listens to the keys of the whole page. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, event.key)) return;
    const name = nameOf(event);
    const overlay = OVERLAY_GROUPS.flatMap(({ choices }) => choices).find(
      ({ key }) => key === name,
    );
    const binding = KEYS.find(({ key }) => key === name);
    if (overlay === undefined && binding === undefined) return;
    event.preventDefault();
    if (overlay !== undefined) toggleOverlay(overlay.name);
    else binding?.act();
  });
}
