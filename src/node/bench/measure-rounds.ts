import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { FramePlan } from '#shared/plan/frame-plan';
import { createFrameWriter, derivedFiles } from '../run/dataset-writers.ts';
import { createPoolRenderer } from '../run/open-page-renderer.ts';
import { renderPrepared } from '../run/render-prepared.ts';
import { median, type StageSummary } from '../run/stage-clock.ts';
import type { BenchRound, CaseReport, StageTimes } from './bench-report.ts';
import { canMeasureProcesses, machineBusySeconds, measureUsage } from './process-usage.ts';
import type { BenchOptions, WarmCase } from './warm-case.ts';

/** What rounds say of a case. */
export type RoundFigures = Pick<
  CaseReport,
  | 'rounds'
  | 'bareFramesPerSecond'
  | 'endToEndFramesPerSecond'
  | 'endToEndPerBare'
  | 'nodeCpuSeconds'
  | 'browserCpuSeconds'
  | 'bareCpuSeconds'
  | 'busyCores'
  | 'machineBusyCores'
  | 'sharedMilliseconds'
>;

/** Draws all frames bare, then makes a dataset of them, and so on: a round is one of each. */
export async function measureRounds(
  warm: WarmCase,
  { rounds: count, onSpan }: Pick<BenchOptions, 'rounds' | 'onSpan'>,
): Promise<RoundFigures> {
  const rounds: BenchRound[] = [];
  const cpu = { node: 0, browsers: 0, bare: 0, machine: 0, wall: 0 };
  let sharedMilliseconds: StageTimes = {};
  for (let round = 0; round < count; round++) {
    const start = measureUsage();
    const bare = await drawBare(warm);
    const before = measureUsage();
    const machine = machineBusySeconds();
    const began = performance.now();
    const whole = await makeDataset(warm, round === count - 1 ? onSpan : undefined);
    const after = measureUsage();
    cpu.bare += before.browserCpuSeconds - start.browserCpuSeconds;
    cpu.node += after.nodeCpuSeconds - before.nodeCpuSeconds;
    cpu.browsers += after.browserCpuSeconds - before.browserCpuSeconds;
    cpu.machine += machineBusySeconds() - machine;
    cpu.wall += (performance.now() - began) / 1000;
    sharedMilliseconds = whole.stages;
    const endToEnd = warm.plans.length / whole.seconds;
    rounds.push({ bare, endToEnd, endToEndPerBare: endToEnd / bare });
  }
  const images = warm.plans.length * rounds.length;
  const known = canMeasureProcesses();
  return {
    rounds,
    bareFramesPerSecond: median(rounds.map(({ bare }) => bare)),
    endToEndFramesPerSecond: median(rounds.map(({ endToEnd }) => endToEnd)),
    endToEndPerBare: median(rounds.map(({ endToEndPerBare }) => endToEndPerBare)),
    nodeCpuSeconds: known ? cpu.node / images : null,
    browserCpuSeconds: known ? cpu.browsers / images : null,
    bareCpuSeconds: known ? cpu.bare / images : null,
    busyCores: known ? (cpu.node + cpu.browsers) / cpu.wall : null,
    machineBusyCores: cpu.machine / cpu.wall,
    sharedMilliseconds,
  };
}

/** Frames per second that are drawn and read back, and not moved. */
async function drawBare({ pool, plans, signal }: WarmCase): Promise<number> {
  signal.throwIfAborted();
  const start = performance.now();
  const draw = (plan: FramePlan): Promise<unknown> =>
    pool.run((client) => client.renderBare(plan, { repeats: 1, sync: false }), { ahead: true });
  await Promise.all(plans.map(draw));
  return plans.length / ((performance.now() - start) / 1000);
}

/** Seconds from the first frame's start to the last one's end, and medians of the steps. */
async function makeDataset(
  { loaded, plans, pool, signal }: WarmCase,
  onSpan: BenchOptions['onSpan'],
): Promise<Readonly<{ seconds: number; stages: StageTimes }>> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-bench-'));
  try {
    const { framesPerSecond } = await renderPrepared(
      {
        inputs: loaded.inputs,
        draft: loaded.draft,
        frames: plans.map(({ frame }) => frame),
        folder,
        mode: 'resume',
        keepGoing: false,
        warnings: [],
        reproduce: (frame) => `frame ${frame} of the benchmark`,
      },
      {
        derived: derivedFiles,
        writeFrame: createFrameWriter(loaded.inputs.config),
        openRenderer: ({ clock }) =>
          Promise.resolve({ ...createPoolRenderer(pool, clock), close: () => Promise.resolve() }),
      },
      { signal, onEvent: () => undefined, onSpan },
    );
    signal.throwIfAborted();
    return { seconds: plans.length / framesPerSecond, stages: await readStages(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Medians of all steps, from the run's own report. */
async function readStages(folder: string): Promise<StageTimes> {
  const report = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Readonly<{
    stages: Readonly<Record<string, StageSummary>>;
  }>;
  return Object.fromEntries(
    Object.entries(report.stages).map(([stage, { p50Ms }]) => [stage, p50Ms]),
  );
}
