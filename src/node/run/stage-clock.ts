import { performance } from 'node:perf_hooks';

/** Milliseconds, rounded to 0.01; of a step over all frames of a run. */
export type StageSummary = Readonly<{ count: number; p50Ms: number; p90Ms: number }>;

/** Where a step took place. */
export type StagePlace = Readonly<{
  frame: number;
  /** Of the pages that draw, from 1; absent: Node. */
  page?: number;
}>;

/** A step as it happened; times are those of `performance.now()`, milliseconds. */
export type StageSpan = Readonly<{
  stage: string;
  /** Null for a step that is nobody's. */
  place: StagePlace | null;
  startMs: number;
  endMs: number;
}>;

/** Times the steps of frames. Clocks live here and in `run.json`, never in what a frame is made of. */
export type StageClock = Readonly<{
  /** Runs a step and notes how long it took, whether it succeeds or throws. */
  time<T>(stage: string, step: () => T | Promise<T>): Promise<T>;
  /**
   * Notes durations that were measured elsewhere, such as in the page: steps that followed one another, the last
   * of which ended at a time of `performance.now()`, or just now.
   */
  noteEnded(
    steps: readonly (readonly [stage: string, milliseconds: number])[],
    endMs?: number,
  ): void;
  /** The same clock for steps of one place. */
  at(place: StagePlace): StageClock;
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

/** @param onSpan is told every step as soon as it has ended. */
export function createStageClock(onSpan: (span: StageSpan) => void = () => undefined): StageClock {
  const durations = new Map<string, number[]>();
  const note = (span: StageSpan): void => {
    const list = durations.get(span.stage) ?? [];
    list.push(span.endMs - span.startMs);
    durations.set(span.stage, list);
    onSpan(span);
  };
  return placedClock(note, { place: null, summary: () => summarise(durations) });
}

function placedClock(
  note: (span: StageSpan) => void,
  { place, summary }: Pick<StageClock, 'summary'> & Readonly<{ place: StagePlace | null }>,
): StageClock {
  return {
    async time(stage, step) {
      const startMs = performance.now();
      const end = (): void => note({ stage, place, startMs, endMs: performance.now() });
      let result: ReturnType<typeof step>;
      try {
        result = step();
      } catch (error) {
        end();
        throw error;
      }
      // Who waits for a result that is there hears of it after others have run: that is no time of the step.
      if (!(result instanceof Promise)) {
        end();
        return result;
      }
      return result.finally(end);
    },
    noteEnded(steps, endMs = performance.now()) {
      const total = steps.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
      let startMs = endMs - total;
      for (const [stage, milliseconds] of steps) {
        note({ stage, place, startMs, endMs: startMs + milliseconds });
        startMs += milliseconds;
      }
    },
    at: (other) => placedClock(note, { place: other, summary }),
    summary,
  };
}

function summarise(
  durations: ReadonlyMap<string, readonly number[]>,
): Readonly<Record<string, StageSummary>> {
  const summaryOf = (list: readonly number[]): StageSummary => {
    const ascending = [...list].sort((a, b) => a - b);
    const at = (share: number): number => round(percentile(ascending, share));
    return { count: list.length, p50Ms: at(0.5), p90Ms: at(0.9) };
  };
  return Object.fromEntries([...durations].map(([stage, list]) => [stage, summaryOf(list)]));
}
