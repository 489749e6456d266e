import { annotateFrame } from '#shared/annotate/annotate-frame';
import { drawUntilAccepted } from '#shared/annotate/draw-until-accepted';
import type { GBuffers } from '#shared/annotate/annotations';
import type { AcceptanceRecord } from '#shared/annotate/judge-frame';
import { frameDisparity } from '#shared/annotate/frame-disparity';
import { measureSweeps } from '#shared/annotate/lidar/measure-sweeps';
import { frameFlows } from '#shared/annotate/frame-flows';
import { BrowserError, WriteError } from '#shared/core/errors';
import type { FrameRecord } from '#shared/formats/frame-record';
import { recordOf, type MadeFrame } from '#shared/formats/record-of-frame';
import { planFrame } from '#shared/plan/plan-frame';
import type { FramePlan } from '#shared/plan/frame-plan';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';
import type { SceneSample } from '#shared/sampling/scene-sample';
import { verifyDisparity } from '#shared/verify/check-disparity';
import { verifySweeps } from '#shared/verify/check-lidar';
import { verifyFlows } from '#shared/verify/check-flow';
import { verifyFrame } from '#shared/verify/verify-frame';
import { FrameError } from './frame-error.ts';
import type { StageClock } from './stage-clock.ts';

/** One frame between rendering and disk. */
export type RenderedFrame = MadeFrame & Readonly<{ plan: FramePlan; buffers: GBuffers }>;

/** Samples that stand already, of frames that are replayed: nothing is drawn, and nothing judged again. */
export type RecordedFrames = Readonly<{
  /** Of a frame of the run, or one beside it in its sequence. @throws WriteError where there is none. */
  sampleOf(frame: number): SceneSample;
  /** How the frame came to be taken; null where nothing judged it. */
  acceptanceOf(frame: number): AcceptanceRecord | null;
}>;

/** The steps of a frame that touch something outside: pixels, disk, people. */
export type FramePipeline = Readonly<{
  inputs: RunInputs;
  /** Absent: every sample is drawn. */
  recorded?: RecordedFrames | undefined;
  /** Retries by class of error, and its own timings, are its affair. */
  render(plan: FramePlan): Promise<GBuffers>;
  /** Told when nothing reads a frame's buffers any more. */
  recycle?(buffers: GBuffers): void;
  /** Writes a frame's files; they are durable when it resolves. Its own steps are timed by the clock. */
  write(frame: RenderedFrame, clock: StageClock): Promise<FrameRecord['files']>;
  append(record: FrameRecord): Promise<void>;
  onFrame(record: FrameRecord): void;
  onFailure(error: FrameError): void;
  clock: StageClock;
  /** The command that makes one frame again. */
  reproduce(frame: number): string;
}>;

export type RunFramesOptions = Readonly<{
  frames: readonly number[];
  /** Most frames that are under way at once: memory is bounded by it. */
  inFlight: number;
  keepGoing: boolean;
  signal: AbortSignal;
}>;

export type RunFramesResult = Readonly<{ failures: readonly FrameError[]; interrupted: boolean }>;

class Abandoned extends Error {}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/**
 * The promise, or a rejection as soon as the signal is aborted; what it brings later is dropped. A renderer
 * that is closed under a frame fails it: that is no fault of the frame.
 */
function abandonOnAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abandon = (): void => reject(new Abandoned());
    if (signal.aborted) abandon();
    signal.addEventListener('abort', abandon, { once: true });
    work
      .then(resolve, (error: unknown) => reject(signal.aborted ? new Abandoned() : toError(error)))
      .finally(() => signal.removeEventListener('abort', abandon));
  });
}

/** A disk or a browser that is at fault for one frame is at fault for all: no reason to try each. */
function failsEveryFrame(cause: unknown): boolean {
  return cause instanceof WriteError || cause instanceof BrowserError;
}

/** Sample → plan → render → annotate → verify → judge → write → append. Only a whole frame is appended. */
async function makeFrame(
  pipeline: FramePipeline,
  frame: number,
  signal: AbortSignal,
): Promise<void> {
  const clock = pipeline.clock.at({ frame });
  const { taken, acceptance } = await takeFrame({ ...pipeline, clock }, frame, signal);
  const files = await clock.time('write', () => pipeline.write(taken, clock));
  // Where writing fails, other files of the frame may still be read from them: then they are left alone.
  pipeline.recycle?.(taken.buffers);
  const record = recordOf(taken, { files, acceptance });
  await clock.time('append', () => pipeline.append(record));
  pipeline.onFrame(record);
}

/** The attempt at a frame that is taken; of a replay, the one that was. */
async function takeFrame(
  pipeline: FramePipeline,
  frame: number,
  signal: AbortSignal,
): Promise<Readonly<{ taken: RenderedFrame; acceptance: AcceptanceRecord | null }>> {
  const { inputs, recorded, clock } = pipeline;
  if (recorded !== undefined) {
    const taken = await drawFrame(pipeline, recorded.sampleOf(frame), signal);
    return { taken, acceptance: recorded.acceptanceOf(frame) };
  }
  return drawUntilAccepted(inputs.config, frame, async (retry) => {
    const sample = await clock.time('sample', () => sampleScene(inputs, frame, { retry }));
    return drawFrame(pipeline, sample, signal);
  });
}

/** A sample as a frame, verified. */
async function drawFrame(
  pipeline: FramePipeline,
  sample: SceneSample,
  signal: AbortSignal,
): Promise<RenderedFrame> {
  const { inputs, clock, recorded } = pipeline;
  const { frame } = sample;
  const reproduce = pipeline.reproduce(frame);
  const plan = await clock.time('plan', () => planFrame(inputs, sample, recorded?.sampleOf));
  const buffers = await abandonOnAbort(pipeline.render(plan), signal);
  const { annotations, flows, disparity, sweeps } = await clock.time('annotate', () => ({
    annotations: annotateFrame(plan, buffers, { ...inputs.config.labels, reproduce }),
    flows: frameFlows(plan, buffers),
    disparity: frameDisparity(plan, buffers),
    sweeps: measureSweeps(plan, buffers),
  }));
  await clock.time('verify', () => {
    verifyFrame({ frame, camera: plan.camera, buffers, annotations }, { reproduce });
    verifyFlows(flows, { frame, reproduce });
    verifyDisparity(disparity, { frame, reproduce });
    verifySweeps(sweeps, plan, { frame, reproduce });
  });
  return { sample, plan, buffers, annotations, flows, disparity, sweeps };
}

/**
 * Makes frames, several at once, each lane taking the next frame when it is done with the last: so nothing
 * queues up, however slow the disk. A failure lets the frames under way finish and takes no further one,
 * unless `keepGoing` (which a full disk or a lost browser overrules). An abort takes no further frame, abandons those that are being rendered and finishes
 * those that are beyond.
 */
export async function runFrames(
  pipeline: FramePipeline,
  { frames, inFlight, keepGoing, signal }: RunFramesOptions,
): Promise<RunFramesResult> {
  const failures: FrameError[] = [];
  const queue = frames.values();
  const stops = ({ cause }: FrameError): boolean => !keepGoing || failsEveryFrame(cause);
  const mayTake = (): boolean => !signal.aborted && !failures.some(stops);
  const lane = async (): Promise<void> => {
    while (mayTake()) {
      const next = queue.next();
      if (next.done === true) return;
      try {
        await makeFrame(pipeline, next.value, signal);
      } catch (cause) {
        if (cause instanceof Abandoned) return;
        const failure = new FrameError(next.value, cause, pipeline.reproduce(next.value));
        failures.push(failure);
        pipeline.onFailure(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, inFlight) }, lane));
  failures.sort((a, b) => a.frame - b.frame);
  return { failures, interrupted: signal.aborted };
}
