import { batch, effect } from '@preact/signals';
import type { OverlayName } from '#shared/draw/overlays';
import {
  cutPercent,
  frame,
  gridOrder,
  mode,
  orbit,
  panel,
  seed,
  selected,
  sensor,
  shown,
  steering,
  theme,
} from './store.ts';
import { readUrlState, writeUrlState } from './url-state.ts';

const THEME_KEY = 'diorama.theme';

/** Keeps what a person chose in the address, and follows an address that is changed by hand. */
export function keepAddress(): void {
  effect(() => {
    // A browser takes a few hundred addresses a minute: not one for each step of a hand.
    if (steering.value) return;
    const hash = writeUrlState({
      frame: frame.value,
      seed: seed.value,
      shown: [...shown.value],
      sensor: sensor.value,
      selected: selected.value,
      mode: mode.value,
      order: gridOrder.value,
      panel: panel.value,
      orbit: orbit.value,
      cut: cutPercent.value,
    });
    if (hash !== location.hash) history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => {
    const next = readUrlState(location.hash);
    batch(() => {
      frame.value = next.frame;
      seed.value = next.seed;
      shown.value = new Set<OverlayName>(next.shown);
      sensor.value = next.sensor;
      selected.value = next.selected;
      mode.value = next.mode;
      gridOrder.value = next.order;
      panel.value = next.panel;
      orbit.value = next.orbit;
      cutPercent.value = next.cut;
    });
  });
}

/** Light or dark, as the system has it unless a person chose. */
export function keepTheme(): void {
  const kept = localStorage.getItem(THEME_KEY);
  if (kept === 'light' || kept === 'dark') theme.value = kept;
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    localStorage.setItem(THEME_KEY, theme.value);
  });
}
