import {
  ALONE_STEPS,
  START_STEPS,
  type BenchMachine,
  type CaseReport,
  type StageTimes,
} from '#node/bench/bench-report';
import { SENSOR_STAGES } from '#node/bench/sensor-stages';
import type { Comparison } from '#node/bench/compare-reports';
import type { Verdict } from '#node/bench/judge-case';

/** Steps of a run end to end that are no part of the page's, in their order. */
const SHARED_STEPS = [
  'wait',
  'render',
  'page.send',
  'sample',
  'plan',
  'annotate',
  'verify',
  'write',
  'append',
];

const fixed = (value: number | null, digits: number): string =>
  value === null ? 'not told by this system' : value.toFixed(digits);

const milliseconds = (steps: readonly string[], times: StageTimes): string =>
  steps
    .flatMap((step) => {
      const ms = times[step];
      return ms === undefined ? [] : [`${step} ${ms.toFixed(1)}`];
    })
    .join(', ');

/** What was measured on, a line each. */
export function formatMachine({ cores, processor, platform }: BenchMachine): string {
  return `machine    ${cores} cores, ${processor}, ${platform}`;
}

/** A case as a table of its own: rates, CPU, memory, steps. */
export function formatCase(report: CaseReport): string {
  const { config, renderer, nodeCpuSeconds, browserCpuSeconds } = report;
  const cpu =
    nodeCpuSeconds === null || browserCpuSeconds === null
      ? fixed(null, 3)
      : `${(nodeCpuSeconds + browserCpuSeconds).toFixed(3)} s an image: browsers ` +
        `${browserCpuSeconds.toFixed(3)} (drawing alone ${fixed(report.bareCpuSeconds, 3)}), Node ${nodeCpuSeconds.toFixed(3)}; ` +
        `${fixed(report.busyCores, 2)} cores busy with it, ${report.machineBusyCores.toFixed(2)} with anything`;
  const rows: readonly (readonly [string, string])[] = [
    [
      'frames',
      `${report.frames}, ${config.size.width}×${config.size.height}, ${report.instances.toFixed(1)} labelled objects, ${config.rgb.format}`,
    ],
    [
      'renderer',
      `${renderer.backend}: ${renderer.renderer}, ${renderer.browser}; ${report.workers} side by side`,
    ],
    [
      'rate',
      `${report.endToEndFramesPerSecond.toFixed(2)} images/s end to end, ${report.bareFramesPerSecond.toFixed(2)} bare: ratio ${report.endToEndPerBare.toFixed(3)}`,
    ],
    ['CPU', cpu],
    [
      'memory',
      report.peakMemoryBytes === null
        ? fixed(null, 0)
        : `${Math.round(report.peakMemoryBytes / 2 ** 20)} MiB, the peaks of all processes added up`,
    ],
    [
      'labels',
      `${report.labelMilliseconds.toFixed(1)} ms a frame: ${report.labelsPerColor.toFixed(3)} of drawing colour`,
    ],
    ['start, ms', milliseconds(START_STEPS, report.startMilliseconds)],
    ['alone, ms', milliseconds(ALONE_STEPS, report.aloneMilliseconds)],
    ['sensor, ms', milliseconds(SENSOR_STAGES, report.sensorMilliseconds)],
    ['shared, ms', milliseconds(SHARED_STEPS, report.sharedMilliseconds)],
  ];
  return [report.name, ...rows.map(([label, text]) => `  ${label.padEnd(10)} ${text}`)].join('\n');
}

/** What limits a case, and what may help. */
export function formatVerdict({ limit, advice }: Verdict): string {
  return [`  ${limit}`, ...advice.map((text) => `  - ${text}`)].join('\n');
}

/** Ratios to an earlier result, now divided by before. */
export function formatComparison({ cases, doubts }: Comparison): string {
  const lines = cases.flatMap(({ name, figures }) =>
    figures === null
      ? [`${name}: not in the earlier result`]
      : [
          `${name}: now / before`,
          ...figures.map(
            ({ figure, ratio, now, before, better }) =>
              `  ${figure.padEnd(24)} ${ratio.toFixed(3)}  (${significant(now)} / ${significant(before)}; ${better} is better)`,
          ),
        ],
  );
  return [...doubts.map((doubt) => `doubtful: ${doubt}`), ...lines].join('\n');
}

const significant = (value: number): string => String(Number(value.toPrecision(4)));
