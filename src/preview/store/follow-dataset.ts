import { effect } from '@preact/signals';
import type { PreviewClient } from '../api/client.ts';
import { say } from './actions.ts';
import { choiceColumn, dataset, frameChoice, frameFaults, mode, view } from './store.ts';

/** Fetches what the choice of frames is made by, and what is wrong with the frame in view. */
export function followDataset(client: Pick<PreviewClient, 'faults' | 'values'>): void {
  effect(() => {
    const used = dataset.value;
    const path = frameChoice.value.parameter;
    choiceColumn.value = null;
    if (used === null || path === null) return;
    client.values(path).then(
      (values) => {
        if (dataset.value === used && frameChoice.value.parameter === path) {
          choiceColumn.value = values;
        }
      },
      (error: unknown) => say(String(error)),
    );
  });
  effect(() => {
    const used = dataset.value;
    const shown = view.value;
    frameFaults.value = [];
    if (used === null || shown === null || mode.value !== 'single') return;
    client.faults(shown.record.frame).then(
      (faults) => {
        if (view.value === shown) frameFaults.value = faults;
      },
      (error: unknown) => {
        if (view.value === shown) frameFaults.value = [String(error)];
      },
    );
  });
}
