import { computed, signal } from '@preact/signals';
import { instanceColors } from '#shared/draw/draw-picture';
import type { OverlayName } from '#shared/draw/overlays';
import type { Rgb } from '#shared/draw/oklab';
import type { BatchRun, PreviewState } from '#shared/protocol/preview-api';
import { ALL_FRAMES, chooseFrames, nearestPlace, type Column } from '../frame/choose-frames.ts';
import type { FrameView } from '../frame/frame-view.ts';
import type { GizmoKind } from '../space/gizmo.ts';
import { readUrlState, type GridOrder, type Mode, type Panel } from './url-state.ts';

/**
 * All that the interface knows, as signals. Views read them; `actions.ts` alone writes those that a person
 * changes, `follow-server.ts` those of the server, `make-frames.ts` those of the frame.
 */

const start = readUrlState(location.hash);

// What a person chose; the address holds all of it.
export const frame = signal(start.frame);
export const seed = signal<string | null>(start.seed);
export const shown = signal<ReadonlySet<OverlayName>>(new Set(start.shown));
export const sensor = signal(start.sensor);
export const selected = signal<number | null>(start.selected);
export const mode = signal<Mode>(start.mode);
export const gridOrder = signal<GridOrder>(start.order);
export const panel = signal<Panel>(start.panel);
/** Of the free camera; null: beside the sensor. */
export const orbit = signal(start.orbit);

// What a person does at the moment.
export const playing = signal(false);
export const helpOpen = signal(false);
/** A message that goes away by itself. */
export const notice = signal<string | null>(null);
/** Pixel of the frame under the pointer. */
export const pointer = signal<Readonly<{ x: number; y: number }> | null>(null);
export const opacity = signal(1);
/** Frames of a dataset that are looked at. */
export const frameChoice = signal(ALL_FRAMES);
/** What the frames of the dataset drew for the parameter of the choice; null while it is not there. */
export const choiceColumn = signal<Column | null>(null);
/** Whether the list of what can be opened is shown. */
export const choosing = signal(false);
/** Share of the free camera's distance within which nothing is drawn, percent. */
export const cutPercent = signal(start.cut);
/** Whether a hand moves a value or the scrubber: then frames are drafts. */
export const handling = signal(false);
/** Whether a hand is on the free camera: then its pictures are made quickly. */
export const steering = signal(false);
/** What the scene is drawn without. */
export const hiddenGizmos = signal<ReadonlySet<GizmoKind>>(new Set());
/** Pictures side by side in the grid. */
export const columns = signal(4);
/** Path of a draw that colours the grid's frames; null: none. */
export const colorBy = signal<string | null>(null);
export type Theme = 'auto' | 'light' | 'dark';
export const theme = signal<Theme>('auto');

// What the server says.
export const state = signal<PreviewState | null>(null);
export const live = signal(false);
/** The batch that was started last. */
export const batchRun = signal<BatchRun | null>(null);
/** Folder below which batches are written. */
export const project = signal('');

// The frame.
export const view = signal<FrameView | null>(null);
export const making = signal(false);
/** Why the frame that is wanted could not be made; the last good one stays. */
export const frameProblem = signal<string | null>(null);
/** What is wrong with the frame of the dataset in view. */
export const frameFaults = signal<readonly string[]>([]);
/** This browser cannot draw at all. */
export const noWebGl = signal<string | null>(null);

/** The config's inputs, with the seed that is wanted. */
export const inputs = computed(() => {
  const given = state.value?.inputs ?? null;
  const own = seed.value;
  return given === null || own === null
    ? given
    : { ...given, config: { ...given.config, seed: own } };
});
export const subject = computed(() => state.value?.subject ?? 'none');
/** The dataset in view; null where it is a config. */
export const dataset = computed(() => state.value?.dataset ?? null);
export const config = computed(
  () => state.value?.inputs?.config ?? state.value?.dataset?.config ?? null,
);
/** Frames that can be gone to, in their order; null: all of the config's. */
export const frameList = computed(() =>
  dataset.value === null
    ? null
    : chooseFrames(dataset.value, frameChoice.value, choiceColumn.value),
);
export const frameCount = computed(() => frameList.value?.length ?? config.value?.frames ?? 1);
export const sequenceLength = computed(() => config.value?.sequence.frames ?? 1);
/** Where the frame that is wanted stands among those that can be gone to. */
export const wantedPlace = computed(() =>
  frameList.value === null
    ? Math.min(frame.value, frameCount.value - 1)
    : nearestPlace(frameList.value, frame.value),
);
/** The frame that is wanted, within what there is. */
export const wantedFrame = computed(() =>
  frameList.value === null ? wantedPlace.value : (frameList.value[wantedPlace.value] ?? 0),
);
/** Names of the views of a moment; empty without a rig. */
export const viewNames = computed<readonly string[]>(() =>
  Object.keys(config.value?.camera.rig?.views ?? {}),
);
/** Frames of a moment, where frames stand in their own order. */
export const momentLength = computed(() =>
  frameList.value === null ? Math.max(1, viewNames.value.length) : 1,
);
export const usedSeed = computed(() => seed.value ?? String(config.value?.seed ?? '0'));

/** Instance under the pointer; 0 is none. */
export const hovered = computed(() => {
  const at = pointer.value;
  const { instanceId, record } = view.value ?? {};
  if (at === null || record === undefined) return 0;
  return instanceId?.[at.y * record.width + at.x] ?? 0;
});

/** Colours of the frame's instances, as every overlay has them. */
export const colors = computed<ReadonlyMap<number, Rgb>>(() =>
  view.value === null ? new Map() : instanceColors(view.value.record),
);
