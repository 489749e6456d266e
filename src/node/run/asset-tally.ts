import { BYTES_PER_MIB } from '#shared/protocol/asset-budget';
import type { AssetUse } from '#shared/protocol/page-api';

/** What the frames of a run took of assets; bytes on the GPU, each of one browser. */
export type AssetSummary = Readonly<{
  /** The most that may be kept between frames. */
  budgetBytes: number;
  /** The most that was kept. */
  keptBytes: number;
  /** What the frame that took most took. */
  largestFrameBytes: number;
  /** Frames that took more than may be kept: after each, something was let go of that it had used. */
  framesBeyondBudget: number;
  /** Things that were let go of, in all browsers. */
  evicted: number;
}>;

/** Adds up what frames took of assets. */
export type AssetTally = Readonly<{ add(use: AssetUse): void; summary(): AssetSummary }>;

export function createAssetTally(budgetBytes: number): AssetTally {
  let summary: AssetSummary = {
    budgetBytes,
    ...{ keptBytes: 0, largestFrameBytes: 0, framesBeyondBudget: 0, evicted: 0 },
  };
  return {
    add: ({ bytes, frameBytes, evicted, spilledBytes }) => {
      summary = {
        budgetBytes,
        keptBytes: Math.max(summary.keptBytes, bytes),
        largestFrameBytes: Math.max(summary.largestFrameBytes, frameBytes),
        framesBeyondBudget: summary.framesBeyondBudget + Number(spilledBytes > 0),
        evicted: summary.evicted + evicted,
      };
    },
    summary: () => summary,
  };
}

/** What of it people should know, as sentences. */
export function assetWarnings(assets: AssetSummary | undefined): readonly string[] {
  if (assets === undefined || assets.framesBeyondBudget === 0) return [];
  const { framesBeyondBudget: frames, largestFrameBytes, budgetBytes } = assets;
  const [most, budget] = [largestFrameBytes, budgetBytes].map((bytes) => bytes / BYTES_PER_MIB);
  return [
    `${frames === 1 ? 'a frame' : `${frames} frames`} took more assets than a browser keeps, up to ${Math.ceil(most ?? 0)} MiB ` +
      `(of ${budget} MiB, a quarter is for what is made): some had to be loaded or made again. Raise --asset-memory.`,
  ];
}
