import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { requireBrowser } from '#node/browser/find-browser';
import { openPool, type PagePool } from '#node/browser/page-pool';
import type { BackendRequest } from '#node/browser/browser-types';
import { createFrameWriter, derivedFiles } from '#node/run/dataset-writers';
import { createPoolRenderer } from '#node/run/open-page-renderer';
import { prepareInputs, type LoadedInputs } from '#node/run/prepare-run';
import { renderPrepared } from '#node/run/render-prepared';
import { percentile, type StageSummary } from '#node/run/stage-clock';
import { planFrame } from '#shared/plan/plan-frame';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sampleScene } from '#shared/sampling/sample-scene';
import { cpuSeconds } from './cpu-time.ts';

/** What is measured: a config with changes. */
export type BenchCase = Readonly<{ name: string; configPath: string; sets: readonly string[] }>;

export type BenchOptions = Readonly<{
  frames: number;
  rounds: number;
  gl: BackendRequest;
  workers?: number | undefined;
  assetFolders: readonly string[];
}>;

/** Figures of one case. Rates are frames per second; each round measures both, one after the other. */
export type CaseReport = Readonly<{
  name: string;
  renderer: string;
  workers: number;
  frames: number;
  rounds: readonly Readonly<{ bare: number; endToEnd: number; endToEndPerBareRatio: number }>[];
  /** Medians over rounds. */
  bareFramesPerSecond: number;
  endToEndFramesPerSecond: number;
  endToEndPerBareRatio: number;
  /** CPU seconds for each image, end to end. */
  nodeCpuSeconds: number;
  browserCpuSeconds: number;
  /** Medians in milliseconds: the page's steps one by one, then Node's. */
  pageStages: Readonly<Record<string, number>>;
  nodeStages: Readonly<Record<string, number>>;
  labelPerColorRatio: number;
}>;

/**
 * Measures one case on warm browsers: every frame is drawn once before, so that assets, textures and
 * shaders are there. "Bare" draws the same frames and reads them back, and moves nothing; "end to end"
 * makes a dataset of them in a temporary folder.
 */
export async function measureCase(
  { name, configPath, sets }: BenchCase,
  options: BenchOptions,
): Promise<CaseReport> {
  const loaded = await prepareInputs({
    configPath,
    sets: [...sets, `frames=${options.frames}`],
    assetFolders: options.assetFolders,
  });
  const plans = Array.from({ length: options.frames }, (_, frame) =>
    planFrame(loaded.inputs, sampleScene(loaded.inputs, frame)),
  );
  const pool = await openPool({
    browser: await requireBrowser(undefined),
    backend: options.gl,
    workers: options.workers,
    sandbox: 'auto',
    resolveResource: loaded.resolveResource,
    log: () => undefined,
  });
  try {
    await warmUp(pool, plans);
    return await measureRounds({ name, loaded, plans, pool, rounds: options.rounds });
  } finally {
    await pool.close();
  }
}

type Measurement = Readonly<{
  name: string;
  loaded: LoadedInputs;
  plans: readonly FramePlan[];
  pool: PagePool;
  rounds: number;
}>;

async function measureRounds(measurement: Measurement): Promise<CaseReport> {
  const { name, plans, pool } = measurement;
  const rounds: CaseReport['rounds'][number][] = [];
  const steps = new Map<string, number[]>();
  const cpu = { node: 0, browsers: 0 };
  let nodeStages: Record<string, number> = {};
  for (let round = 0; round < measurement.rounds; round++) {
    const bare = await drawBare(pool, plans);
    for (const timings of bare.timings) {
      for (const [step, ms] of Object.entries(timings)) {
        steps.set(step, [...(steps.get(step) ?? []), ms]);
      }
    }
    const before = cpuSeconds();
    const whole = await makeDataset(measurement);
    const after = cpuSeconds();
    cpu.node += after.node - before.node;
    cpu.browsers += after.browsers - before.browsers;
    nodeStages = whole.stages;
    rounds.push({
      bare: bare.framesPerSecond,
      endToEnd: whole.framesPerSecond,
      endToEndPerBareRatio: whole.framesPerSecond / bare.framesPerSecond,
    });
  }
  const images = plans.length * rounds.length;
  const pageStages = Object.fromEntries([...steps].map(([step, list]) => [step, median(list)]));
  const { label = 0, silhouettes = 0, color = NaN } = pageStages;
  return {
    name,
    renderer: `${pool.renderer.backend}: ${pool.renderer.renderer}, ${pool.renderer.browser}`,
    workers: pool.workers,
    frames: plans.length,
    rounds,
    bareFramesPerSecond: median(rounds.map(({ bare }) => bare)),
    endToEndFramesPerSecond: median(rounds.map(({ endToEnd }) => endToEnd)),
    endToEndPerBareRatio: median(rounds.map((round) => round.endToEndPerBareRatio)),
    nodeCpuSeconds: cpu.node / images,
    browserCpuSeconds: cpu.browsers / images,
    pageStages,
    nodeStages,
    labelPerColorRatio: (label + silhouettes) / color,
  };
}

/** Draws every frame in every browser: as many tasks as browsers, so that each gets one of its own. */
async function warmUp(pool: PagePool, plans: readonly FramePlan[]): Promise<void> {
  const drawAll = async (): Promise<void> =>
    pool.run(async (client) => {
      for (const plan of plans) await client.renderBare(plan, 1);
    });
  await Promise.all(Array.from({ length: pool.workers }, drawAll));
}

type BareRun = Readonly<{
  framesPerSecond: number;
  timings: readonly Readonly<Record<string, number>>[];
}>;

async function drawBare(pool: PagePool, plans: readonly FramePlan[]): Promise<BareRun> {
  const start = performance.now();
  const runs = await Promise.all(
    plans.map((plan) => pool.run((client) => client.renderBare(plan, 1))),
  );
  return {
    framesPerSecond: plans.length / ((performance.now() - start) / 1000),
    timings: runs.flat(),
  };
}

async function makeDataset({
  loaded,
  plans,
  pool,
}: Measurement): Promise<Readonly<{ framesPerSecond: number; stages: Record<string, number> }>> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-bench-'));
  try {
    const summary = await renderPrepared(
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
      { signal: new AbortController().signal, onEvent: () => undefined },
    );
    return { framesPerSecond: summary.framesPerSecond, stages: await readStages(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Medians of the steps that Node took, from the run's own report. */
async function readStages(folder: string): Promise<Record<string, number>> {
  const report = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Readonly<{
    stages: Readonly<Record<string, StageSummary>>;
  }>;
  return Object.fromEntries(
    Object.entries(report.stages)
      .filter(([stage]) => stage === 'page.send' || !stage.startsWith('page.'))
      .map(([stage, { p50Ms }]) => [stage, p50Ms]),
  );
}

const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
