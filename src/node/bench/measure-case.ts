import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import type { LoadedInputs } from '../run/prepare-run.ts';
import { median } from '../run/stage-clock.ts';
import {
  ALONE_STEPS,
  LABEL_STEPS,
  type AloneStep,
  type BenchedConfig,
  type CaseReport,
} from './bench-report.ts';
import { measureAlone } from './measure-alone.ts';
import { openCase, timeFirstFrame } from './measure-start.ts';
import { measureRounds } from './measure-rounds.ts';
import { measureSensor } from './measure-sensor.ts';
import { canMeasureProcesses, measureUsage } from './process-usage.ts';
import type { BenchCase, BenchOptions, WarmCase } from './warm-case.ts';

/**
 * Measures one case: what passes before its first frame, and then on warm browsers: every frame is drawn once before, so that assets, textures and
 * shaders are there. Then each frame is made alone, one step after another, and then, in rounds, all of them
 * are drawn side by side ("bare": read back, and nothing moved) and made into a dataset in a temporary folder
 * ("end to end").
 */
export async function measureCase(
  { name, inputs, range }: BenchCase,
  options: BenchOptions,
): Promise<CaseReport> {
  const start = await openCase({ inputs, range }, options);
  const { loaded, frames, pool } = start;
  const plans = frames.map((frame) => planFrame(loaded.inputs, sampleScene(loaded.inputs, frame)));
  try {
    const startMilliseconds = await timeFirstFrame(start);
    const warm: WarmCase = { loaded, plans, pool, signal: options.signal };
    options.log(`${name}: warming up`);
    await warmUp(warm);
    options.log(`${name}: frames one by one`);
    const alone = await measureAlone(warm);
    options.log(`${name}: stages of the sensor`);
    const sensorMilliseconds = await measureSensor(warm);
    options.log(`${name}: frames side by side`);
    const rounds = await measureRounds(warm, options);
    const known = canMeasureProcesses();
    return {
      name,
      config: configOf(loaded),
      renderer: pool.renderer,
      workers: pool.workers,
      frames: plans.length,
      instances: plans.reduce((sum, plan) => sum + plan.instances.length, 0) / plans.length,
      ...rounds,
      peakMemoryBytes: known ? measureUsage().peakMemoryBytes : null,
      startMilliseconds,
      sensorMilliseconds,
      ...labelsAgainstColor(alone),
    };
  } finally {
    await pool.close();
  }
}

/** Draws every frame in every browser: as many tasks as browsers, none of which ends before all have begun. */
async function warmUp({ pool, plans }: WarmCase): Promise<void> {
  let begun = 0;
  let announce = (): void => undefined;
  const allHaveBegun = new Promise<void>((resolve) => (announce = resolve));
  const drawAll = async (): Promise<void> =>
    pool.run(async (client) => {
      begun += 1;
      if (begun === pool.workers) announce();
      await allHaveBegun;
      for (const plan of plans) await client.renderBare(plan, { repeats: 1, sync: false });
    });
  await Promise.all(Array.from({ length: pool.workers }, drawAll));
}

function configOf({ inputs: { config } }: LoadedInputs): BenchedConfig {
  return {
    name: config.name,
    size: config.image,
    antialias: config.render.antialias,
    subframes: config.render.subframes,
    rgb: config.outputs.rgb,
    amodal: config.labels.amodal,
  };
}

type Alone = readonly Readonly<Record<AloneStep, number>>[];

/** Medians over frames; labels are summed and divided frame by frame, before the median is taken. */
function labelsAgainstColor(
  frames: Alone,
): Pick<CaseReport, 'aloneMilliseconds' | 'labelMilliseconds' | 'labelsPerColor'> {
  const labels = frames.map((frame) => LABEL_STEPS.reduce((sum, step) => sum + frame[step], 0));
  return {
    aloneMilliseconds: Object.fromEntries(
      ALONE_STEPS.map((step) => [step, median(frames.map((frame) => frame[step]))]),
    ) as Record<AloneStep, number>,
    labelMilliseconds: median(labels),
    labelsPerColor: median(frames.map(({ color }, i) => (labels[i] ?? NaN) / color)),
  };
}
