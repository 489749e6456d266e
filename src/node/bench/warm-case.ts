import type { FramePlan } from '#shared/plan/frame-plan';
import type { BackendRequest, LogLine, SandboxMode } from '../browser/browser-types.ts';
import type { PagePool } from '../browser/page-pool.ts';
import type { InputsRequest, LoadedInputs } from '../run/prepare-run.ts';
import type { StageSpan } from '../run/stage-clock.ts';
import type { FrameRange } from '../run/select-frames.ts';

/** What is measured: a config, with changes, and the frames of it that are drawn. */
export type BenchCase = Readonly<{
  name: string;
  inputs: InputsRequest;
  /** Absent: all of the config. */
  range?: FrameRange | undefined;
}>;

/** How it is measured. */
export type BenchOptions = Readonly<{
  rounds: number;
  gl: BackendRequest;
  workers?: number | undefined;
  browserPath?: string | undefined;
  sandbox: SandboxMode;
  signal: AbortSignal;
  log: LogLine;
  /** Told every step of the last round end to end, as soon as it has ended. */
  onSpan?: ((span: StageSpan) => void) | undefined;
}>;

/** A case with warm browsers. */
export type WarmCase = Readonly<{
  loaded: LoadedInputs;
  plans: readonly FramePlan[];
  pool: PagePool;
  signal: AbortSignal;
}>;
