import { performance } from 'node:perf_hooks';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { frameDisparity } from '#shared/annotate/frame-disparity';
import { frameFlows } from '#shared/annotate/frame-flows';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene } from '#shared/sampling/sample-scene';
import { verifyDisparity } from '#shared/verify/check-disparity';
import { verifyFlows } from '#shared/verify/check-flow';
import { verifyFrame } from '#shared/verify/verify-frame';
import type { FileTask, FrameToWrite } from '../writers/file-task.ts';
import { colorTasks, labelTasks } from '../writers/frame-tasks.ts';
import type { AloneStep } from './bench-report.ts';
import type { WarmCase } from './warm-case.ts';

/** Milliseconds of each step of one frame. */
type Steps = Record<AloneStep, number>;

/**
 * Makes each frame alone, one step after another, so that no step waits for a core that another one has: each is
 * drawn once with a wait for the GPU after each pass, and once to have its pixels. Nothing is written.
 */
export async function measureAlone({
  loaded,
  plans,
  pool,
  signal,
}: WarmCase): Promise<readonly Readonly<Steps>[]> {
  const frames: Steps[] = [];
  for (const plan of plans) {
    signal.throwIfAborted();
    const [page] = await pool.run((client) => client.renderBare(plan, { repeats: 1, sync: true }));
    if (page === undefined) throw new RangeError('expected timings of one frame, got none');
    const { buffers } = await pool.run((client) => client.render(plan));
    frames.push({ ...page, ...(await timeNode(loaded.inputs, plan, buffers)) });
    pool.recycle(buffers.color.buffer);
  }
  return frames;
}

async function timeNode(
  inputs: WarmCase['loaded']['inputs'],
  { frame }: FramePlan,
  buffers: GBuffers,
): Promise<Omit<Steps, 'scene' | 'label' | 'silhouettes' | 'color' | 'readback'>> {
  const { config } = inputs;
  const sample = timed(() => sampleScene(inputs, frame));
  const plan = timed(() => planFrame(inputs, sample.value));
  const labels = timed(() => ({
    annotations: annotateFrame(plan.value, buffers, config.labels),
    flows: frameFlows(plan.value, buffers),
    disparity: frameDisparity(plan.value, buffers),
  }));
  const { camera } = plan.value;
  const reproduce = `frame ${frame} of the benchmark`;
  const verified = timed(() => {
    verifyFrame({ frame, camera, buffers, annotations: labels.value.annotations }, { reproduce });
    verifyFlows(labels.value.flows, { frame, reproduce });
    verifyDisparity(labels.value.disparity, { frame, reproduce });
  });
  const whole = { config, sample: sample.value, plan: plan.value, buffers, ...labels.value };
  return {
    sample: sample.ms,
    plan: plan.ms,
    annotate: labels.ms,
    verify: verified.ms,
    'encode-labels': await timeEncoding(labelTasks, whole),
    'encode-color': await timeEncoding(colorTasks, whole),
  };
}

function timed<T>(step: () => T): Readonly<{ value: T; ms: number }> {
  const start = performance.now();
  const value = step();
  return { value, ms: performance.now() - start };
}

/** One file after another, what prepares them included. */
async function timeEncoding(
  list: (frame: FrameToWrite) => readonly FileTask[],
  frame: FrameToWrite,
): Promise<number> {
  const start = performance.now();
  for (const { encode } of list(frame)) await encode();
  return performance.now() - start;
}
