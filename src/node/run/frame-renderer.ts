import type { GBuffers } from '#shared/annotate/annotations';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { AssetSummary } from './asset-tally.ts';

/** What turns plans into pixels: browsers in a run, arithmetic in tests. */
export type FrameRenderer = Readonly<{
  info: RendererInfo;
  /** Frames that it draws at once. */
  workers: number;
  /** Whether Chromium's own sandbox is on. */
  sandboxed: boolean;
  render(plan: FramePlan): Promise<GBuffers>;
  /** Told when a frame is done: later frames may have its memory, and nobody may read it from now on. */
  recycle?(buffers: GBuffers): void;
  /** Frames that were given to a fresh page after theirs was lost, so far. */
  retries(): number;
  /** What its frames took of assets so far; absent where it has none. */
  assets?(): AssetSummary;
  close(): Promise<void>;
}>;
