import { MAX_WORKERS } from '../browser/max-workers.ts';
import { ALONE_STEPS, type AloneStep, type BenchMachine, type CaseReport } from './bench-report.ts';

/** What keeps a case from being faster, in a sentence, and what may help, the most first. */
export type Verdict = Readonly<{ limit: string; advice: readonly string[] }>;

/** What everything waits for: all cores, the pages that draw, Node's one thread, or none of them. */
export type Limit = 'processor' | 'renderer' | 'node' | 'waiting';

/** Share of all cores from which the processor counts as full. */
const FULL = 0.85;
/** Share of one core from which Node's one thread for JavaScript may be what everything waits for. */
const NODE_FULL = 0.8;
/** Share of all cores from which other programs spoil a measurement. */
export const OTHERS = 0.1;
/** Share of the bare rate from which nothing but the renderer is waited for. */
const RENDERER_BOUND = 0.9;
/** Share of a frame from which a step is worth advice. */
const NOTABLE = 0.08;

/** Names of steps in sentences. */
const STEP_NAMES: Readonly<Record<AloneStep, string>> = {
  scene: 'building the scene',
  label: 'drawing labels',
  silhouettes: 'drawing silhouettes',
  color: 'drawing colour',
  readback: 'reading pixels back',
  sample: 'sampling',
  plan: 'planning',
  annotate: 'annotating',
  verify: 'verifying',
  'encode-labels': 'encoding label images',
  'encode-color': 'encoding the colour image',
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Names what limits a case, and what in the config or the machine would change it. */
export function judgeCase(report: CaseReport, machine: BenchMachine): Verdict {
  return { limit: limitOf(report, machine), advice: adviceFor(report, machine) };
}

/** Which of them it is. */
export function findLimit(report: CaseReport, { cores }: BenchMachine): Limit {
  if (report.machineBusyCores >= FULL * cores) return 'processor';
  if (report.endToEndPerBare >= RENDERER_BOUND) return 'renderer';
  return nodeCoresOf(report) >= NODE_FULL ? 'node' : 'waiting';
}

/** Cores that Node uses end to end, the mean. */
const nodeCoresOf = ({ nodeCpuSeconds, endToEndFramesPerSecond }: CaseReport): number =>
  (nodeCpuSeconds ?? 0) * endToEndFramesPerSecond;

function limitOf(report: CaseReport, machine: BenchMachine): string {
  const { step, share } = greatestStep(report);
  const most = `Of a frame that is made alone, ${STEP_NAMES[step]} takes ${percent(share)}.`;
  const rate = `a dataset is made at ${percent(report.endToEndPerBare)} of the rate of bare drawing`;
  switch (findLimit(report, machine)) {
    case 'processor':
      return `The processor is the limit${processorUse(report, machine)}. ${most}`;
    case 'renderer':
      return `The renderer is the limit: ${rate}. ${most}`;
    case 'node':
      return `Node is the limit: it uses ${nodeCoresOf(report).toFixed(1)} cores, and ${rate}. ${most}`;
    case 'waiting':
      return `Waiting is the limit: ${rate} while cores are idle; the disk, or too few frames at once, are what is left. ${most}`;
  }
}

/** How a full processor is used: by this, or by others too. */
function processorUse(
  { busyCores, machineBusyCores }: CaseReport,
  { cores }: BenchMachine,
): string {
  const others = machineBusyCores - (busyCores ?? machineBusyCores);
  return others > OTHERS * cores
    ? `, and others take ${others.toFixed(1)} of its ${cores} cores: measure again when they are done`
    : `: ${machineBusyCores.toFixed(1)} of ${cores} cores are busy`;
}

function greatestStep(report: CaseReport): Readonly<{ step: AloneStep; share: number }> {
  const ranked = [...ALONE_STEPS].sort(
    (a, b) => report.aloneMilliseconds[b] - report.aloneMilliseconds[a],
  );
  const [step = 'color'] = ranked;
  return { step, share: shareOf(report, step) };
}

/** Share of a step in a frame that is made alone. */
function shareOf({ aloneMilliseconds }: CaseReport, step: AloneStep): number {
  const total = ALONE_STEPS.reduce((sum, each) => sum + aloneMilliseconds[each], 0);
  return aloneMilliseconds[step] / total;
}

type Advice = Readonly<{ gain: number; text: string }>;

/** Each with the share of a frame that it is about; those that are about more come first. */
function adviceFor(report: CaseReport, machine: BenchMachine): readonly string[] {
  return [
    backendAdvice(report),
    processAdvice(report, machine),
    workerAdvice(report, machine),
    ...colorAdvice(report),
    formatAdvice(report),
    silhouetteAdvice(report),
  ]
    .filter((advice) => advice !== null)
    .sort((a, b) => b.gain - a.gain)
    .map(({ text }) => text);
}

function backendAdvice({ renderer }: CaseReport): Advice | null {
  if (renderer.backend !== 'swiftshader') return null;
  return {
    gain: 1,
    text: 'Back end: SwiftShader is the slowest. Mesa draws 3.5 to 4.5 times as fast on the same cores: `diorama setup` gets it, or install libegl1 and libgl1-mesa-dri.',
  };
}

/** More browsers would wait for the same thread. */
function processAdvice(report: CaseReport, machine: BenchMachine): Advice | null {
  if (findLimit(report, machine) !== 'node') return null;
  return {
    gain: 1 - report.endToEndPerBare,
    text: 'Processes: all browsers of a run share the one thread that samples, annotates and verifies; run --shard 0/2 and --shard 1/2 side by side, and join them with `diorama merge`.',
  };
}

function workerAdvice(report: CaseReport, machine: BenchMachine): Advice | null {
  const { cores } = machine;
  const { workers, renderer, machineBusyCores } = report;
  if (renderer.backend === 'swiftshader' || findLimit(report, machine) === 'node') return null;
  const idle = 1 - machineBusyCores / cores;
  if (idle < 1 - FULL || workers >= Math.min(cores, MAX_WORKERS)) return null;
  return {
    gain: idle,
    text: `Workers: ${percent(idle)} of the cores are idle with ${workers}; try --workers ${workers + 1}.`,
  };
}

function colorAdvice(report: CaseReport): readonly Advice[] {
  const { config, renderer } = report;
  const share = shareOf(report, 'color');
  if (renderer.backend === 'gpu' || share < NOTABLE) return [];
  const advice: Advice[] = [];
  if (config.subframes > 1) {
    const text = `Quality: colour is drawn ${config.subframes} times a frame; fewer render.subframes cost less in proportion.`;
    advice.push({ gain: share, text });
  } else if (config.antialias === 'msaa4') {
    const text = `Quality: colour is ${percent(share)} of a frame and multisampled; --set render.antialias=none about halves it on a processor, at the price of jagged edges.`;
    advice.push({ gain: share / 2, text });
  }
  return advice;
}

function formatAdvice(report: CaseReport): Advice | null {
  const { rgb } = report.config;
  const share = shareOf(report, 'encode-color');
  if (rgb.format === 'jpeg' || share < NOTABLE) return null;
  return {
    gain: share,
    text: `Format: the ${rgb.format.toUpperCase()} image takes ${percent(share)} of a frame; --set outputs.rgb.format=jpeg costs less, and loses a little.`,
  };
}

function silhouetteAdvice(report: CaseReport): Advice | null {
  const share = shareOf(report, 'silhouettes');
  if (!report.config.amodal || share < NOTABLE) return null;
  return {
    gain: share,
    text: `Labels: silhouettes take ${percent(share)} of a frame; --set labels.amodal=false leaves them out, and with them amodal masks and visibility.`,
  };
}
