import { computed } from '@preact/signals';
import type { FrameRequest } from '../frame/frame-maker.ts';
import { overlaysWithFiles, type RecordRequest } from '../frame/frame-reader.ts';
import type { FrameView } from '../frame/frame-view.ts';
import { needsOf } from '../frame/label-needs.ts';
import { dataset, frameCount, inputs, sensor, shown, state } from './store.ts';

/** Where frames come from: made from a config, or read from a dataset. */
export type FrameSource = Readonly<{
  make(request: FrameRequest): Promise<FrameView>;
  read(request: RecordRequest): Promise<FrameView>;
}>;

/** A frame that is wanted, and a key that is equal where its bytes are. */
export type WantedFrame = Readonly<{
  key: string;
  frame: number;
  /** `draft`: quickly, where it has to be made. */
  bring(source: FrameSource, draft?: boolean): Promise<FrameView>;
}>;

/** The needs by themselves: overlays that need nothing must not make the frame anew. */
const needs = computed(() => JSON.stringify(needsOf(shown.value)));

/** Overlays that are drawn from files of a dataset, likewise. */
const withFiles = computed(() => overlaysWithFiles(shown.value).join(','));

/** What the choices ask of the dataset in view, for any frame; null where it has none to show. */
const recordRequest = computed((): ((frame: number) => WantedFrame) | null => {
  const used = dataset.value;
  if (used === null || frameCount.value === 0) return null;
  const labels = shown.peek();
  const parts = [state.value?.inputsRevision, withFiles.value];
  return (frame) => ({
    key: JSON.stringify([...parts, frame]),
    frame,
    bring: (source) => source.read({ dataset: used, frame, shown: [...labels] }),
  });
});

/** What the choices ask for, for any frame; null where there is nothing to use. */
export const wantedRequest = computed((): ((frame: number) => WantedFrame) | null => {
  const used = inputs.value;
  if (used === null) return recordRequest.value;
  const label = JSON.parse(needs.value) as FrameRequest['needs'];
  const withSensor = sensor.value;
  const parts = [state.value?.inputsRevision, used.config.seed, needs.value, withSensor];
  return (frame) => ({
    key: JSON.stringify([...parts, frame]),
    frame,
    bring: (source, draft = false) =>
      source.make({ inputs: used, frame, needs: label, sensor: withSensor, draft }),
  });
});

/** After the browser has painted, so that what a person did is seen before the work begins. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
