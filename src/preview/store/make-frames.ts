import { batch, computed, effect } from '@preact/signals';
import type { FrameView } from '../frame/frame-view.ts';
import { goToPlace, stepMoments } from './actions.ts';
import { painted, wantedRequest, type FrameSource, type WantedFrame } from './frame-requests.ts';
import {
  config,
  frameCount,
  frameProblem,
  handling,
  making,
  mode,
  momentLength,
  playing,
  view,
  wantedFrame,
  wantedPlace,
} from './store.ts';

/** Frames that are kept, so that going back and forth is instant: a few MB each. */
const KEPT = 16;
/** Frames a second where a config has no sequences. */
const STILLS_PER_SECOND = 2;

/** The frame that the choices ask for; the grid asks for its own. */
const wanted = computed(() =>
  mode.value === 'grid' ? null : (wantedRequest.value?.(wantedFrame.value) ?? null),
);

/** A frame as it is shown: whole, or as a draft. */
type Shown = Readonly<{ key: string; draft: boolean }>;

/** Makes the frame that is wanted, always the latest: what is no longer wanted is not begun. */
export function makeFrames(source: FrameSource): void {
  const kept = new Map<string, FrameView>();
  let running = false;
  let shown: Shown | null = null;
  /** A whole frame stands for its draft; a draft for the whole one while the hand moves. */
  const next = (): WantedFrame | null => {
    const [frame, held] = [wanted.value, handling.value];
    const isShown = frame?.key === shown?.key && (held || shown?.draft === false);
    return isShown ? null : frame;
  };
  const show = (made: FrameView, key: string): void => {
    shown = { key, draft: made.draft };
    batch(() => {
      view.value = made;
      frameProblem.value = null;
    });
  };
  const makeOne = async ({ key, bring }: WantedFrame): Promise<void> => {
    making.value = true;
    await painted();
    if (wanted.value?.key !== key) return;
    const draft = handling.value;
    try {
      const made = await bring(source, draft);
      show(made, key);
      if (!made.draft) kept.set(key, made);
      for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
    } catch (error) {
      shown = { key, draft };
      frameProblem.value = error instanceof Error ? error.message : String(error);
    }
  };
  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let frame = next(); frame !== null; frame = next()) {
      const found = kept.get(frame.key);
      if (found === undefined) await makeOne(frame);
      else show(found, frame.key);
    }
    making.value = false;
    running = false;
  };
  effect(() => {
    if (next() !== null) void work();
  });
  playFrames();
}

/** Goes on to the next frame once this one is there, at the pace of the sequences, and round again. */
function playFrames(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    clearTimeout(timer);
    if (!playing.value || making.value) return;
    const sequence = config.value?.sequence;
    const rate =
      sequence === undefined || sequence.frames === 1
        ? STILLS_PER_SECOND
        : sequence.framesPerSecond;
    const step = momentLength.value;
    const last = wantedPlace.value + step >= frameCount.value;
    const first = wantedPlace.value % step;
    timer = setTimeout(() => (last ? goToPlace(first) : stepMoments(1)), 1000 / rate);
  });
}
