import { DioramaError } from '../core/errors.ts';
import { type DrawnParameter, parameterOf } from '../sampling/drawn-parameters.ts';
import type { SceneSample } from '../sampling/scene-sample.ts';
import { ksLimit, type ChiSquare } from './goodness-of-fit.ts';
import { ParameterTally, type ParameterFacts } from './parameter-tally.ts';
import type { FormContext } from './stated-form.ts';

/**
 * `outside`: a value that the config does not allow. `weak`: a test fails. `ok`: every test that could be made
 * holds. `open`: none could.
 */
export type CoverageVerdict = 'outside' | 'weak' | 'ok' | 'open';

/** One parameter: what was asked, against what was drawn. Plain JSON. */
export type ParameterCoverage = Omit<ParameterFacts, 'ks' | 'chiSquare'> &
  Readonly<{
    /** Path without places in groups, such as `objects.fruit.scale`. */
    parameter: string;
    /** Kolmogorov and Smirnov's statistic times √n, and what it may reach. */
    ks: Readonly<{ statistic: number; limit: number }> | null;
    /** Pearson's statistic with the probability of such a one or a greater, and the least that is taken. */
    chiSquare: (ChiSquare & Readonly<{ limit: number }>) | null;
    /** Attempts that were rejected and drawn anew, which bends what is left. */
    redrawn: number;
    verdict: CoverageVerdict;
  }>;

/** All parameters, the worst first. Plain JSON. */
export type CoverageReport = Readonly<{
  frames: number;
  /** Of each test: {@link FALSE_ALARMS} over their number. */
  alpha: number;
  tests: number;
  parameters: readonly ParameterCoverage[];
  /** Frames that could not be drawn, and why the first could not. */
  failed: Readonly<{ count: number; first: string | null }>;
}>;

/** Probability that any test of a report fails where all is as asked (Bonferroni). */
export const FALSE_ALARMS = 0.001;

/** A draw beside what is stated for it, which is undefined where it is not known. */
export type StatedDraw = Omit<DrawnParameter, 'stated'> & Readonly<{ stated?: unknown }>;

/** Gathers the draws of frames, and reports on each parameter. */
export type CoverageTally = Readonly<{
  /** @param index Counts what is drawn anew: the frame's number, or its sequence's. */
  add(sample: SceneSample, draws: readonly StatedDraw[], index: number): void;
  /** Notes a frame that could not be drawn; any other error is thrown on. */
  addFailure(error: unknown): void;
  report(): CoverageReport;
}>;

export function createCoverage(): CoverageTally {
  const tallies = new Map<string, ParameterTally>();
  const rejections = new Map<string, number>();
  let frames = 0;
  let failed: CoverageReport['failed'] = { count: 0, first: null };
  return {
    add(sample, draws, index) {
      frames += 1;
      const context: FormContext = {
        vars: sample.vars,
        schedule: sample.schedule ?? { progress: 0 },
        index,
      };
      for (const { parameter, value, stated } of draws) {
        const tally = tallies.get(parameter) ?? new ParameterTally(stated);
        tallies.set(parameter, tally);
        tally.add(value, stated, context);
      }
      for (const [path, count] of Object.entries(sample.rejections)) {
        const of = parameterOf(path).replace(/\[\d+\]$/, '');
        rejections.set(of, (rejections.get(of) ?? 0) + count);
      }
    },
    addFailure(error) {
      if (!(error instanceof DioramaError)) throw error;
      failed = { count: failed.count + 1, first: failed.first ?? error.message };
    },
    report() {
      const facts = [...tallies].map(([parameter, tally]) => ({ parameter, facts: tally.facts() }));
      const tests = facts.reduce(
        (sum, { facts: { ks, chiSquare } }) =>
          sum + Number(ks !== null) + Number(chiSquare !== null),
        0,
      );
      const alpha = FALSE_ALARMS / Math.max(1, tests);
      const parameters = facts.map(({ parameter, facts: one }) =>
        judge(parameter, one, { alpha, redrawn: redrawnOf(parameter, rejections) }),
      );
      return { frames, alpha, tests, parameters: parameters.sort(worstFirst), failed };
    },
  };
}

/** Rejections of what a parameter belongs to: of its object, or of the pose of the camera. */
function redrawnOf(parameter: string, rejections: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [path, count] of rejections)
    if (parameter === path || parameter.startsWith(`${path}.`)) sum += count;
  return sum;
}

function judge(
  parameter: string,
  facts: ParameterFacts,
  { alpha, redrawn }: Readonly<{ alpha: number; redrawn: number }>,
): ParameterCoverage {
  const ks = facts.ks === null ? null : { statistic: facts.ks, limit: ksLimit(alpha) };
  const chiSquare = facts.chiSquare && { ...facts.chiSquare, limit: alpha };
  const fails =
    (ks !== null && ks.statistic > ks.limit) || (chiSquare !== null && chiSquare.tail < alpha);
  const verdict = fails ? 'weak' : ks === null && chiSquare === null ? 'open' : 'ok';
  return {
    parameter,
    ...facts,
    ks,
    chiSquare,
    redrawn,
    verdict: facts.outside.count > 0 ? 'outside' : verdict,
  };
}

const RANK: Readonly<Record<CoverageVerdict, number>> = { outside: 0, weak: 1, open: 2, ok: 3 };

/** How near a parameter came to failing: above 1 it fails. */
function strainOf({ ks, chiSquare }: ParameterCoverage): number {
  const byKs = ks === null ? 0 : ks.statistic / ks.limit;
  const byChi =
    chiSquare === null ? 0 : Math.log(Math.max(chiSquare.tail, 1e-300)) / Math.log(chiSquare.limit);
  return Math.max(byKs, byChi);
}

function worstFirst(a: ParameterCoverage, b: ParameterCoverage): number {
  return RANK[a.verdict] - RANK[b.verdict] || strainOf(b) - strainOf(a);
}
