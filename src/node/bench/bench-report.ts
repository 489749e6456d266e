import type { Config } from '#shared/config/config-schema';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { SensorStage } from './sensor-stages.ts';

/** Version of {@link BenchReport}; a comparison reads no other. */
export const BENCH_VERSION = 5;

/** Milliseconds by step. */
export type StageTimes = Readonly<Record<string, number>>;

/**
 * Steps of a frame that is made alone, in their order: in the page, then in Node. `readback` is that of colour
 * and labels together.
 */
export const ALONE_STEPS = [
  'scene',
  'label',
  'silhouettes',
  'color',
  'readback',
  'sample',
  'plan',
  'annotate',
  'verify',
  'encode-labels',
  'encode-color',
] as const;
export type AloneStep = (typeof ALONE_STEPS)[number];

/** What labels cost, of which `labelsPerColor` counts all but what colour cannot do without either. */
export const LABEL_STEPS = [
  'label',
  'silhouettes',
  'readback',
  'annotate',
  'verify',
  'encode-labels',
] as const satisfies readonly AloneStep[];

/**
 * What passes before the first frame of a cold process, in its order: config, scene, catalogue and physics engine
 * are loaded; the first frame is sampled, physics run included; a browser starts and opens the page; the page
 * loads the frame's assets; it compiles shaders (what its first drawing takes beyond its second).
 */
export const START_STEPS = ['inputs', 'sample', 'browser', 'assets', 'shaders'] as const;
export type StartStep = (typeof START_STEPS)[number];

/** Rates of one round, frames per second; both of the same frames, one after the other. */
export type BenchRound = Readonly<{ bare: number; endToEnd: number; endToEndPerBare: number }>;

/** What of a config the speed hangs on most. */
export type BenchedConfig = Readonly<{
  name: string;
  size: Config['image'];
  antialias: Config['render']['antialias'];
  subframes: number;
  rgb: Config['outputs']['rgb'];
  amodal: boolean;
}>;

/** Figures of one case. */
export type CaseReport = Readonly<{
  name: string;
  config: BenchedConfig;
  renderer: RendererInfo;
  workers: number;
  frames: number;
  /** Labelled instances of a frame, the mean over frames. */
  instances: number;
  rounds: readonly BenchRound[];
  /** Medians over rounds, frames per second: drawn and read back alone, and made into a dataset. */
  bareFramesPerSecond: number;
  endToEndFramesPerSecond: number;
  endToEndPerBare: number;
  /** CPU seconds for each image, end to end; null where the system does not tell them. */
  nodeCpuSeconds: number | null;
  browserCpuSeconds: number | null;
  /** CPU seconds for each image that is drawn and read back alone: what rendering itself needs. */
  bareCpuSeconds: number | null;
  /** Cores that were busy with it end to end, the mean. */
  busyCores: number | null;
  /** Cores that were busy with anything meanwhile. */
  machineBusyCores: number;
  /** Each process's own peak, added up; null where the system does not tell it. */
  peakMemoryBytes: number | null;
  /** Of the first frame; in `npm run bench` the first case alone starts cold. */
  startMilliseconds: Readonly<Record<StartStep, number>>;
  /** Medians over frames, each frame made alone, one step after another. */
  aloneMilliseconds: Readonly<Record<AloneStep, number>>;
  /** What each stage of the sensor that any frame has adds to the drawing of an empty picture. */
  sensorMilliseconds: Readonly<Partial<Record<SensorStage, number>>>;
  /** Everything that labels need in a frame made alone, and that divided by the drawing of colour. */
  labelMilliseconds: number;
  labelsPerColor: number;
  /** Medians of the steps end to end, where frames share the cores. */
  sharedMilliseconds: StageTimes;
}>;

/** The machine on which it was measured. */
export type BenchMachine = Readonly<{ cores: number; processor: string; platform: string }>;

/** What `diorama bench --json` prints and `--compare` reads. */
export type BenchReport = Readonly<{
  benchVersion: typeof BENCH_VERSION;
  toolVersion: string;
  machine: BenchMachine;
  cases: readonly CaseReport[];
}>;
