import type { DatasetSummary } from '#shared/formats/dataset-summary';
import { formatFrames } from '#shared/core/format-frames';
import { BYTES_PER_MIB } from '#shared/protocol/asset-budget';
import type { AssetSummary } from '#node/run/asset-tally';
import type { DropCounts, RunSummary } from '#node/run/render-events';

/** `1 frame`, `2 frames`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Seconds as people say them: `42 s`, `3 min 20 s`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60)
    return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const DROP_REASONS: Readonly<Record<keyof DropCounts, string>> = {
  'outside-or-hidden': 'outside the image or hidden',
  'min-pixels': 'below labels.minPixels',
  'min-visibility': 'below labels.minVisibility',
  'min-box-side': 'below labels.minBoxSide',
  'min-fragment': 'below labels.minFragmentPixels',
  'no-room': 'without room to be placed',
};

function formatDrops(dropped: DropCounts): string | null {
  const parts = Object.entries(DROP_REASONS).flatMap(([reason, words]) => {
    const count = dropped[reason as keyof DropCounts] ?? 0;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return parts.length === 0 ? null : `${parts.join(', ')} (of this run)`;
}

const mebibytes = (bytes: number): string => (bytes / BYTES_PER_MIB).toFixed(0);

/** What became of the assets that did not fit; null where all did. */
function formatAssets(assets: AssetSummary | undefined): string | null {
  if (assets === undefined || assets.evicted === 0) return null;
  const { evicted, keptBytes, budgetBytes, framesBeyondBudget, largestFrameBytes } = assets;
  const kept = `${evicted} let go of to keep ${mebibytes(keptBytes)} of ${mebibytes(budgetBytes)} MiB`;
  if (framesBeyondBudget === 0) return kept;
  return `${kept}; ${countOf(framesBeyondBudget, 'frame')} took more than is kept, up to ${mebibytes(largestFrameBytes)} MiB: raise --asset-memory`;
}

const OUTCOMES: Readonly<Record<RunSummary['outcome'], string>> = {
  complete: 'complete',
  failed: 'not complete: frames failed',
  interrupted: 'interrupted; the same command continues',
};

/** What `accept` and `targets` came to over all frames that are there. */
export function datasetRows(
  dataset: DatasetSummary | undefined,
): readonly (readonly [string, string])[] {
  const rows: [string, string][] = [];
  if (dataset?.acceptance) {
    const { attempts, redrawn, keptFrames } = dataset.acceptance;
    const kept =
      keptFrames.length === 0
        ? 'all keep the rules'
        : `${countOf(keptFrames.length, 'frame')} kept that break rules: ${formatFrames(keptFrames)}`;
    rows.push([
      'accepted',
      `${countOf(dataset.frames, 'frame')} in ${countOf(attempts, 'attempt')}, ${redrawn} drawn again; ${kept}`,
    ]);
  }
  for (const { goal, asked, found, missing, frames, met } of dataset?.targets ?? []) {
    const short = missing > 0 ? `, ${missing} short` : '';
    rows.push([
      'target',
      `${goal}: ${found} of ${asked}${short} (${met} of its ${countOf(frames, 'frame')} show it)`,
    ]);
  }
  return rows;
}

/** What is said at the end of a run: a label and a text a line. */
export function formatSummary(summary: RunSummary): string {
  const { folder, selected, complete, written, renderer, seconds, framesPerSecond } = summary;
  const dropped = formatDrops(summary.dropped);
  const rows: readonly (readonly [string, string | null])[] = [
    ['dataset', `${folder} (${OUTCOMES[summary.outcome]})`],
    [
      'images',
      `${folder}/images: ${complete} of ${countOf(selected, 'frame')}, ${written} of them new`,
    ],
    [
      'labels',
      written === 0 ? null : `${countOf(summary.instances, 'instance')} in the new frames`,
    ],
    [
      'speed',
      written === 0 ? null : `${framesPerSecond.toFixed(2)} frames/s (${formatSeconds(seconds)})`,
    ],
    ['dropped', dropped],
    ['assets', formatAssets(summary.assets)],
    ...datasetRows(summary.dataset),
    [
      'renderer',
      renderer === null ? null : `${renderer.backend}: ${renderer.renderer}, ${renderer.browser}`,
    ],
  ];
  return rows
    .flatMap(([label, text]) => (text === null ? [] : [`${label.padEnd(9)} ${text}`]))
    .join('\n');
}
