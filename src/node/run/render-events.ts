import type { DatasetSummary } from '#shared/formats/dataset-summary';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { DroppedInstance } from '#shared/annotate/annotations';
import type { AssetSummary } from './asset-tally.ts';

/** How many instances were left out of the labels, by reason (labels.md §4). */
export type DropCounts = Readonly<Partial<Record<DroppedInstance['reason'] | 'no-room', number>>>;

/** How a run ended, for people and for `run.json`. */
export type RunSummary = Readonly<{
  outcome: 'complete' | 'failed' | 'interrupted';
  folder: string;
  /** Frames of the selection, and how many of them are whole now. */
  selected: number;
  complete: number;
  /** Frames that this run wrote, and the time it took from the first frame on. */
  written: number;
  seconds: number;
  framesPerSecond: number;
  instances: number;
  dropped: DropCounts;
  failedFrames: readonly number[];
  renderer: RendererInfo | null;
  /** What the frames that this run drew took of assets. */
  assets?: AssetSummary | undefined;
  warnings: readonly string[];
  /** Of all frames that are there; absent where the config has neither `accept` nor `targets`. */
  dataset?: DatasetSummary | undefined;
}>;

/** What a run says while it goes on. Plain JSON: `--json` prints these, one a line. */
export type RenderEvent =
  | Readonly<{ type: 'status'; message: string }>
  | Readonly<{ type: 'warning'; message: string }>
  | Readonly<{
      type: 'start';
      folder: string;
      selected: number;
      /** Frames that are there already. */
      completed: number;
      workers: number;
      renderer: RendererInfo;
      sandboxed: boolean;
    }>
  | Readonly<{
      type: 'frame';
      frame: number;
      instances: number;
      /** Frames of the selection that are whole now. */
      complete: number;
      selected: number;
    }>
  | Readonly<{ type: 'frame-failed'; frame: number; message: string }>
  | Readonly<{ type: 'end'; summary: RunSummary }>;

export type EventListener = (event: RenderEvent) => void;
