import type { Config } from '#shared/config/config-schema';
import { summariseDataset, type DatasetSummary } from '#shared/formats/dataset-summary';
import { parameterOf } from '#shared/sampling/drawn-parameters';
import { placeOf } from '#shared/sampling/sequence';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { createCoverage, type CoverageReport, type CoverageTally } from '#shared/stats/coverage';
import { statedAt } from '#shared/stats/stated-at';
import { UsageError } from '#shared/core/errors';
import { readRecords, viewDataset } from '../inspect/read-dataset.ts';

/** What the samples of a dataset hold, against what its config asks. */
export type DatasetCoverage = CoverageReport &
  Readonly<{
    name: string;
    seed: string;
    /** Frames that are not their first attempt: what they drew is what was accepted. */
    redrawnFrames: number;
    /** What `accept` and `targets` came to; null where the config has neither. */
    summary: DatasetSummary | null;
  }>;

/**
 * Reads the samples of a dataset, finished or not, and holds each parameter against its distribution.
 *
 * @throws UsageError where the folder is no dataset or has no frames, WriteError where its journal is corrupt.
 */
export function coverDataset(folder: string): DatasetCoverage {
  const view = viewDataset(folder);
  const { manifest, entries } = view;
  if (entries.length === 0) throw new UsageError(`${folder}: expected frames, found none yet.`);
  const { config, name, seed } = manifest;
  const coverage = createCoverage();
  const seen = new Set<number>();
  let redrawnFrames = 0;
  for (const record of readRecords(view, entries)) {
    const { index } = placeOf(config, record.frame);
    if ((record.sample.retry ?? 0) > 0) redrawnFrames += 1;
    // The frames of a sequence or a moment share their draws, which count once.
    if (!seen.has(index)) addSample(coverage, config, { sample: record.sample, index });
    seen.add(index);
  }
  const judged = config.accept !== undefined || config.targets !== undefined;
  return {
    name,
    seed,
    ...coverage.report(),
    redrawnFrames,
    summary: judged ? summariseDataset(config, readRecords(view, entries)) : null,
  };
}

type PlacedSample = Readonly<{ sample: SceneSample; index: number }>;

/** What the config states for each draw is found by its path. */
function addSample(coverage: CoverageTally, config: Config, { sample, index }: PlacedSample): void {
  const draws = Object.entries(sample.draws).map(([path, value]) => ({
    path,
    parameter: parameterOf(path),
    value,
    stated: statedAt(config, path, sample.schedule?.goal),
  }));
  coverage.add(sample, draws, index);
}
