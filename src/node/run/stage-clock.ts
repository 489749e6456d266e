import { performance } from 'node:perf_hooks';

/** Milliseconds, rounded to 0.01; of a step over all frames of a run. */
export type StageSummary = Readonly<{ count: number; p50Ms: number; p90Ms: number }>;

/** Times the steps of frames. Clocks live here and in `run.json`, never in what a frame is made of. */
export type StageClock = Readonly<{
  /** Runs a step and notes how long it took, whether it succeeds or throws. */
  time<T>(stage: string, step: () => T | Promise<T>): Promise<T>;
  /** Notes a duration that was measured elsewhere, such as in the page. */
  note(stage: string, milliseconds: number): void;
  summary(): Readonly<Record<string, StageSummary>>;
}>;

/** Nearest-rank percentile of ascending numbers: the smallest that at least `share` of them do not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  if (ascending.length === 0)
    throw new RangeError('percentile: expected at least one number, got none');
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[rank - 1] ?? NaN;
}

/** The nearest-rank median of numbers in any order. */
export const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

export function createStageClock(): StageClock {
  const durations = new Map<string, number[]>();
  const note = (stage: string, milliseconds: number): void => {
    const list = durations.get(stage) ?? [];
    list.push(milliseconds);
    durations.set(stage, list);
  };
  return {
    note,
    async time(stage, step) {
      const start = performance.now();
      try {
        return await step();
      } finally {
        note(stage, performance.now() - start);
      }
    },
    summary() {
      const summarise = (list: readonly number[]): StageSummary => {
        const ascending = [...list].sort((a, b) => a - b);
        const at = (share: number): number => round(percentile(ascending, share));
        return { count: list.length, p50Ms: at(0.5), p90Ms: at(0.9) };
      };
      return Object.fromEntries([...durations].map(([stage, list]) => [stage, summarise(list)]));
    },
  };
}
