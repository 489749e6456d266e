import { performance } from 'node:perf_hooks';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import pc from 'picocolors';
import type { EventListener, RenderEvent } from '#node/run/render-events';
import type { CliIo } from './cli-io.ts';
import { countOf, formatSeconds, formatSummary } from './format-summary.ts';

/** Follows a run; `stop` takes a bar off the screen and may be called twice. */
export type ProgressReporter = Readonly<{ onEvent: EventListener; stop(): void }>;

export type ReporterOptions = Readonly<{ json: boolean; verbose: boolean }>;

/** The reporter that suits: JSON lines, a bar on a terminal, plain lines elsewhere. */
export function createReporter(io: CliIo, { json, verbose }: ReporterOptions): ProgressReporter {
  if (json)
    return { onEvent: (event) => io.out(`${JSON.stringify(event)}\n`), stop: () => undefined };
  return io.terminal === null
    ? createPlainReporter(io, verbose)
    : createBarReporter(io, { verbose, terminal: io.terminal });
}

const SANDBOX_NOTE =
  'Chromium’s sandbox is off (as root it cannot be used): render only assets that you trust.';

/** What is said before the first frame. */
function introduction(event: Extract<RenderEvent, { type: 'start' }>): readonly string[] {
  const { renderer, workers, selected, completed, sandboxed, folder } = event;
  const done = completed > 0 ? `; ${completed} are there already` : '';
  return [
    `${renderer.backend}: ${renderer.renderer}, ${renderer.browser}, ${countOf(workers, 'browser')}`,
    ...(sandboxed ? [] : [`note: ${SANDBOX_NOTE}`]),
    `rendering ${countOf(selected - completed, 'frame')} of ${selected} into ${folder}${done}`,
  ];
}

/** Frames per second and seconds left, from the first event on. */
function createRate(now: () => number = () => performance.now()) {
  const start = now();
  let first: number | null = null;
  return (complete: number, selected: number): Readonly<{ rate: number; leftSeconds: number }> => {
    first ??= complete - 1;
    const rate = ((complete - first) * 1000) / Math.max(1, now() - start);
    return { rate, leftSeconds: (selected - complete) / rate };
  };
}

/** Warnings and failures alike for people, whichever reporter. */
function messageOf(event: RenderEvent, verbose: boolean): string | null {
  if (event.type === 'warning') return `warning: ${event.message}`;
  if (event.type === 'frame-failed') return `failed: ${event.message}`;
  if (event.type === 'status' && verbose) return event.message;
  return null;
}

const LINE_EVERY_MS = 5_000;
const LINES_BY_SHARE = 10;

/** Whole tenths that are done; in whole numbers, as 0.6 − 0.5 is less than 0.1. */
const tenthOf = (complete: number, selected: number): number =>
  Math.floor((complete * LINES_BY_SHARE) / selected);

/** A line every 5 s or 10 %, whichever comes first, and one at the end. */
function createPlainReporter(io: CliIo, verbose: boolean): ProgressReporter {
  let rateOf = createRate();
  let last = { atMs: performance.now(), tenth: 0 };
  const onFrame = ({ complete, selected }: Extract<RenderEvent, { type: 'frame' }>): void => {
    const { rate, leftSeconds } = rateOf(complete, selected);
    const tenth = tenthOf(complete, selected);
    const atMs = performance.now();
    const due = atMs - last.atMs >= LINE_EVERY_MS || tenth > last.tenth;
    if (!due && complete < selected) return;
    last = { atMs, tenth };
    const left = complete < selected ? `, ${formatSeconds(leftSeconds)} left` : '';
    io.err(`${complete}/${selected} frames, ${rate.toFixed(2)} frames/s${left}\n`);
  };
  return {
    stop: () => undefined,
    onEvent: (event) => {
      const message = messageOf(event, verbose);
      if (message !== null) io.err(`${message}\n`);
      if (event.type === 'start') {
        rateOf = createRate();
        last = { atMs: performance.now(), tenth: tenthOf(event.completed, event.selected) };
        for (const line of introduction(event)) io.err(`${line}\n`);
      }
      if (event.type === 'frame') onFrame(event);
      if (event.type === 'end') io.out(`${formatSummary(event.summary)}\n`);
    },
  };
}

type BarOptions = Readonly<{ verbose: boolean; terminal: NodeJS.WriteStream }>;

function createBarReporter(io: CliIo, { verbose, terminal }: BarOptions): ProgressReporter {
  const color = pc.createColors(io.color);
  const bars = new MultiBar(
    {
      stream: terminal,
      hideCursor: true,
      clearOnComplete: true,
      format: `${color.cyan('{bar}')} {value}/{total} frames | {rate} frames/s | {left}`,
    },
    Presets.shades_classic,
  );
  let bar: SingleBar | null = null;
  let rateOf = createRate();
  const stop = (): void => {
    if (bar !== null) bars.stop();
    bar = null;
  };
  const say = (text: string): void => {
    if (bar === null) io.err(`${text}\n`);
    else bars.log(`${text}\n`);
  };
  return {
    stop,
    onEvent: (event) => {
      const message = messageOf(event, verbose);
      if (message !== null)
        say(event.type === 'frame-failed' ? color.red(message) : color.yellow(message));
      if (event.type === 'start') {
        for (const line of introduction(event)) io.err(`${line}\n`);
        rateOf = createRate();
        bar = bars.create(event.selected, event.completed, { rate: '–', left: '–' });
      }
      if (event.type === 'frame') {
        const { rate, leftSeconds } = rateOf(event.complete, event.selected);
        bar?.update(event.complete, {
          rate: rate.toFixed(2),
          left: `${formatSeconds(leftSeconds)} left`,
        });
      }
      if (event.type === 'end') {
        stop();
        io.out(`${formatSummary(event.summary)}\n`);
      }
    },
  };
}
