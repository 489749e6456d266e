import { categoryIdsOf, matchesInstance } from '../annotate/match-instance.ts';
import { categoryNames } from '../config/category-names.ts';
import type { Config } from '../config/config-schema.ts';
import { framesOfGoal } from '../sampling/goal.ts';
import type { DatasetManifest } from './dataset-manifest.ts';
import type { FrameRecord } from './frame-record.ts';

/** What the frames of a dataset came to, against what `accept` and `targets` ask. */
export type DatasetSummary = Readonly<{
  summaryVersion: 1;
  frames: number;
  /** Absent where the config has neither `accept` nor `targets`. */
  acceptance?: AcceptanceSummary | undefined;
  /** In the order of the config; absent where it has no targets. */
  targets?: readonly TargetSummary[] | undefined;
}>;

export type AcceptanceSummary = Readonly<{
  /** Draws of all frames. */
  attempts: number;
  /** Frames that were drawn more than once. */
  redrawn: number;
  /** Frames that break a rule of `accept` and were kept all the same. */
  keptFrames: readonly number[];
  /** How often each rule or goal was broken, by its path. */
  broken: Readonly<Record<string, number>>;
}>;

export type TargetSummary = Readonly<{
  goal: string;
  /** Instances that the config asks for, that all frames hold, and that are short. */
  asked: number;
  found: number;
  missing: number;
  /** Frames that pursue the goal, those of them that show it, and frames that it was to have. */
  frames: number;
  met: number;
  framesAsked: number;
}>;

/** Reckons the summary of the frames that are there, from their records alone. */
export function summariseDataset(config: Config, records: Iterable<FrameRecord>): DatasetSummary {
  const acceptance = tallyAcceptance();
  const targets = tallyTargets(config);
  let frames = 0;
  for (const record of records) {
    frames += 1;
    acceptance.add(record);
    targets.add(record);
  }
  const judged = config.accept !== undefined || config.targets !== undefined;
  return {
    summaryVersion: 1,
    frames,
    ...(judged && { acceptance: acceptance.summary() }),
    ...(config.targets && { targets: targets.summary() }),
  };
}

type Tally<T> = Readonly<{ add(record: FrameRecord): void; summary(): T }>;

function tallyAcceptance(): Tally<AcceptanceSummary> {
  let [attempts, redrawn] = [0, 0];
  const keptFrames: number[] = [];
  const broken = new Map<string, number>();
  return {
    add({ frame, acceptance = { attempts: 1, accepted: true, rejected: [] } }) {
      attempts += acceptance.attempts;
      if (acceptance.attempts > 1) redrawn += 1;
      if (!acceptance.accepted) keptFrames.push(frame);
      for (const { rule } of acceptance.rejected) broken.set(rule, (broken.get(rule) ?? 0) + 1);
    },
    summary() {
      const sorted = [...broken].sort(([a], [b]) => (a < b ? -1 : 1));
      return { attempts, redrawn, keptFrames, broken: Object.fromEntries(sorted) };
    },
  };
}

function tallyTargets(config: Config): Tally<readonly TargetSummary[]> {
  const names = categoryNames(config);
  const goals = Object.entries(config.targets?.goals ?? {}).map(([goal, spec]) => ({
    goal,
    spec,
    ids: categoryIdsOf(spec, names),
    counts: { found: 0, frames: 0, met: 0 },
  }));
  return {
    add({ annotations, acceptance, sample }) {
      for (const { goal, spec, ids, counts } of goals) {
        counts.found += annotations.instances.filter((i) => matchesInstance(i, spec, ids)).length;
        if (sample.schedule?.goal !== goal) continue;
        counts.frames += 1;
        if (acceptance?.goalMet === true) counts.met += 1;
      }
    },
    summary: () =>
      goals.map(({ goal, spec, counts: { found, ...counts } }) => ({
        goal,
        asked: spec.instances,
        found,
        missing: Math.max(0, spec.instances - found),
        ...counts,
        framesAsked: framesOfGoal(spec),
      })),
  };
}

/** `summary.json`. */
export function* summaryLines(
  { config }: DatasetManifest,
  records: Iterable<FrameRecord>,
): Generator<string, void, undefined> {
  yield JSON.stringify(summariseDataset(config, records), null, 2);
}
