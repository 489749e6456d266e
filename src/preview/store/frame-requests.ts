import { computed } from '@preact/signals';
import type { FrameRequest } from '../frame/frame-maker.ts';
import { needsOf } from '../frame/label-needs.ts';
import { inputs, sensor, shown, state } from './store.ts';

/** A frame to make, and a key that is equal where its bytes are. */
export type WantedFrame = Readonly<{ key: string; request: FrameRequest }>;

/** The needs by themselves: overlays that need nothing must not make the frame anew. */
const needs = computed(() => JSON.stringify(needsOf(shown.value)));

/** What the choices ask for, for any frame; null where there is no config to use. */
export const wantedRequest = computed((): ((frame: number) => WantedFrame) | null => {
  const used = inputs.value;
  if (used === null) return null;
  const label = JSON.parse(needs.value) as FrameRequest['needs'];
  const parts = [state.value?.inputsRevision, used.config.seed, needs.value, sensor.value];
  return (frame) => ({
    key: JSON.stringify([...parts, frame]),
    request: { inputs: used, frame, needs: label, sensor: sensor.value },
  });
});

/** After the browser has painted, so that what a person did is seen before the work begins. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
