import { rows } from './coverage.ts';
import { freeProblem, freeView, looking } from './free-camera.ts';
import { frameProblem, making, mode, state, view } from './store.ts';

/** Name of the page's one global. */
const GLOBAL = 'diorama';

/**
 * Gives the browser's console the frame in view: `diorama.frame.record.annotations`, `diorama.frame.depth`.
 * Tests hold these bytes against the batch's.
 */
export function showOnConsole(): void {
  const value = {
    get frame() {
      return view.value;
    },
    /** What the free camera sees. */
    get scene() {
      return freeView.value;
    },
    /** What frames drew, as far as somebody looked. */
    get rows() {
      return rows.value;
    },
    get inputs() {
      return state.value?.inputs ?? null;
    },
    /** Whether the frame in view is the one that is wanted. */
    get settled() {
      const made = !making.value && (view.value !== null || frameProblem.value !== null);
      if (mode.value !== 'scene' || view.value === null) return made;
      return made && !looking.value && (freeView.value !== null || freeProblem.value !== null);
    },
    get problem() {
      return frameProblem.value ?? state.value?.problem?.message ?? null;
    },
  };
  Object.defineProperty(globalThis, GLOBAL, { value });
}
