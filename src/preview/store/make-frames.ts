import { batch, computed, effect } from '@preact/signals';
import type { FrameMaker, FrameRequest } from '../frame/frame-maker.ts';
import type { FrameView } from '../frame/frame-view.ts';
import { needsOf } from '../frame/label-needs.ts';
import { stepFrames, goToFrame } from './actions.ts';
import {
  config,
  frameCount,
  frameProblem,
  making,
  playing,
  seed,
  sensor,
  shown,
  state,
  view,
  wantedFrame,
} from './store.ts';

/** Frames that are kept, so that going back and forth is instant: a few MB each. */
const KEPT = 16;
/** Frames a second where a config has no sequences. */
const STILLS_PER_SECOND = 2;

type Wanted = Readonly<{ key: string; request: FrameRequest }>;

/** The needs by themselves: overlays that need nothing must not make the frame anew. */
const needs = computed(() => JSON.stringify(needsOf(shown.value)));

/** The frame that the choices ask for, and a key that is equal where its bytes are. */
const wanted = computed((): Wanted | null => {
  const current = state.value;
  const inputs = current?.inputs ?? null;
  if (current === null || inputs === null) return null;
  const frame = wantedFrame.value;
  const own = seed.value;
  const request: FrameRequest = {
    inputs: own === null ? inputs : { ...inputs, config: { ...inputs.config, seed: own } },
    frame,
    needs: JSON.parse(needs.value) as FrameRequest['needs'],
    sensor: sensor.value,
  };
  const parts = [current.inputsRevision, frame, own, needs.value, sensor.value];
  return { key: JSON.stringify(parts), request };
});

/** After the browser has painted, so that what a person did is seen before the work begins. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Makes the frame that is wanted, always the latest: what is no longer wanted is not begun. */
export function makeFrames(maker: Pick<FrameMaker, 'make'>): void {
  const kept = new Map<string, FrameView>();
  let running = false;
  let shownKey = '';
  const makeOne = async ({ key, request }: Wanted): Promise<void> => {
    making.value = true;
    await painted();
    if (wanted.value?.key !== key) return;
    try {
      const made = await maker.make(request);
      kept.set(key, made);
      for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
      batch(() => {
        view.value = made;
        frameProblem.value = null;
      });
    } catch (error) {
      frameProblem.value = error instanceof Error ? error.message : String(error);
    }
    shownKey = key;
  };
  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let next = wanted.value; next !== null && next.key !== shownKey; next = wanted.value) {
      const found = kept.get(next.key);
      if (found === undefined) await makeOne(next);
      else {
        shownKey = next.key;
        batch(() => {
          view.value = found;
          frameProblem.value = null;
        });
      }
    }
    making.value = false;
    running = false;
  };
  effect(() => {
    if (wanted.value !== null) void work();
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
    const last = wantedFrame.value + 1 >= frameCount.value;
    timer = setTimeout(() => (last ? goToFrame(0) : stepFrames(1)), 1000 / rate);
  });
}
