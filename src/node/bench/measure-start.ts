import { performance } from 'node:perf_hooks';
import { planFrame } from '#shared/plan/plan-frame';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { BareTimings } from '#shared/protocol/page-api';
import { sampleScene } from '#shared/sampling/sample-scene';
import { requireBrowser } from '../browser/find-browser.ts';
import { openPool, type PagePool } from '../browser/page-pool.ts';
import { prepareInputs, type LoadedInputs } from '../run/prepare-run.ts';
import { selectFrames } from '../run/select-frames.ts';
import type { StartStep } from './bench-report.ts';
import type { BenchCase, BenchOptions } from './warm-case.ts';

/** A case whose first browser is open, and how long each step there took, milliseconds. */
export type OpenCase = Readonly<{
  loaded: LoadedInputs;
  frames: readonly number[];
  first: FramePlan;
  pool: PagePool;
  milliseconds: Readonly<Pick<Record<StartStep, number>, 'inputs' | 'sample' | 'browser'>>;
}>;

/**
 * Loads a case, samples its first frame and starts a browser, one after another, each timed. Close the pool
 * afterwards.
 */
export async function openCase(
  { inputs, range }: Pick<BenchCase, 'inputs' | 'range'>,
  options: BenchOptions,
): Promise<OpenCase> {
  options.signal.throwIfAborted();
  const loading = await timed(() => prepareInputs(inputs));
  const loaded = loading.value;
  const frames = selectFrames({ total: loaded.inputs.config.frames, range });
  const [number = 0] = frames;
  const sampling = await timed(() =>
    Promise.resolve(planFrame(loaded.inputs, sampleScene(loaded.inputs, number))),
  );
  const opening = await timed(async () =>
    openPool({
      browser: await requireBrowser(options.browserPath),
      backend: options.gl,
      workers: options.workers,
      sandbox: options.sandbox,
      resolveResource: loaded.resolveResource,
      signal: options.signal,
      log: options.log,
    }),
  );
  return {
    loaded,
    frames,
    first: sampling.value,
    pool: opening.value,
    milliseconds: { inputs: loading.ms, sample: sampling.ms, browser: opening.ms },
  };
}

/** Draws the first frame twice in the browser that is open; the pool must not have drawn before. */
export async function timeFirstFrame({
  first,
  pool,
  milliseconds,
}: OpenCase): Promise<Readonly<Record<StartStep, number>>> {
  const [cold, warm] = await pool.run((client) =>
    client.renderBare(first, { repeats: 2, sync: true }),
  );
  if (cold === undefined || warm === undefined)
    throw new RangeError('expected timings of two draws');
  return {
    ...milliseconds,
    assets: Math.max(0, cold.scene - warm.scene),
    shaders: Math.max(0, drawing(cold) - drawing(warm)),
  };
}

const drawing = ({ label, silhouettes, color, readback }: BareTimings): number =>
  label + silhouettes + color + readback;

async function timed<T>(step: () => Promise<T>): Promise<Readonly<{ value: T; ms: number }>> {
  const start = performance.now();
  const value = await step();
  return { value, ms: performance.now() - start };
}
