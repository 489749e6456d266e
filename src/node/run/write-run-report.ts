import { arch, availableParallelism, hostname, platform, release } from 'node:os';
import { datasetPaths } from '../store/dataset-files.ts';
import { writeFileAtomically } from '../store/durable-files.ts';
import type { FrameError } from './frame-error.ts';
import type { RunSummary } from './render-events.ts';
import type { StageSummary } from './stage-clock.ts';

/** Where and when a run took place; this is the only file of a dataset that holds clocks. */
export type RunReport = Readonly<{
  runVersion: 1;
  startedAt: string;
  endedAt: string;
  tool: string;
  node: string;
  machine: Readonly<{ host: string; system: string; cores: number }>;
  workers: number;
  sandboxed: boolean;
  retries: number;
  summary: Omit<RunSummary, 'folder'>;
  failures: readonly Readonly<{ frame: number; code: string; message: string }>[];
  /** Milliseconds of each step, over the frames of this run. */
  stages: Readonly<Record<string, StageSummary>>;
}>;

/** What a run knows about itself at its end. */
export type RunFacts = Readonly<{
  startedAt: Date;
  toolVersion: string;
  workers: number;
  sandboxed: boolean;
  retries: number;
  summary: RunSummary;
  failures: readonly FrameError[];
  stages: Readonly<Record<string, StageSummary>>;
}>;

function codeOf(error: FrameError): string {
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : error.code;
}

/** Writes `run.json`: how the last run on this dataset went. */
export async function writeRunReport(facts: RunFacts): Promise<void> {
  const { folder, ...summary } = facts.summary;
  const report: RunReport = {
    runVersion: 1,
    startedAt: facts.startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    tool: facts.toolVersion,
    node: process.version,
    machine: {
      host: hostname(),
      system: `${platform()} ${release()} ${arch()}`,
      cores: availableParallelism(),
    },
    workers: facts.workers,
    sandboxed: facts.sandboxed,
    retries: facts.retries,
    summary,
    failures: facts.failures.map((error) => ({
      frame: error.frame,
      code: codeOf(error),
      message: error.message,
    })),
    stages: facts.stages,
  };
  await writeFileAtomically(datasetPaths(folder).run, `${JSON.stringify(report, null, 2)}\n`);
}
