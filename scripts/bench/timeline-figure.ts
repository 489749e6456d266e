import type { Trace, TraceEvent } from '#node/bench/trace-events';
import type { Figure, Line, Panel } from './plot/figure.ts';
import type { Ink } from './plot/palette.ts';

/** What bars show, by the names that steps have in a trace; while a page posts, it may draw, which lies on top. */
const STEPS: readonly Readonly<{ name: string; ink: Ink; steps: readonly string[] }>[] = [
  { name: 'pack and send', ink: 'red', steps: ['send'] },
  { name: 'labels, silhouettes', ink: 'blue', steps: ['scene', 'label', 'silhouettes'] },
  { name: 'colour', ink: 'green', steps: ['color'] },
  { name: 'read-back, waits for the GPU', ink: 'orange', steps: ['readback'] },
  {
    name: 'sample, annotate, verify',
    ink: 'pink',
    steps: ['sample', 'plan', 'annotate', 'verify'],
  },
  { name: 'encode and store', ink: 'black', steps: ['write'] },
];

/** A trace, and the part of it that is shown, in milliseconds. */
export type TimelinePart = Readonly<{
  title: string;
  trace: Trace;
  fromMs: number;
  untilMs: number;
}>;

/** Steps over time, below each other: what pages do, what Node's thread does, and what frames are written. */
export function timelineFigure(title: string, parts: readonly TimelinePart[]): Figure {
  return { title, wide: true, panels: parts.map(panelOf) };
}

function panelOf({ title, trace, fromMs, untilMs }: TimelinePart): Panel {
  const events = trace.traceEvents.filter(({ ph }) => ph === 'X');
  const pages = [...new Set(events.filter(isOfPage).map(({ tid }) => tid))].sort((a, b) => a - b);
  // From the bottom to the top.
  const rows = ['files', 'Node', ...pages.map((page) => `page ${page}`).reverse()];
  const rowOf = (event: TraceEvent): number =>
    rows.indexOf(isOfPage(event) ? `page ${event.tid}` : event.name === 'write' ? 'files' : 'Node');
  const bars = STEPS.map(({ name, ink, steps }): Line => {
    const shown = events.filter(
      (event) => steps.includes(event.name) && (event.tid < FRAMES || event.name === 'write'),
    );
    return {
      ...{ name, ink, bars: true },
      points: shown.flatMap((event) => {
        const [begin, end] = [event.ts ?? 0, (event.ts ?? 0) + (event.dur ?? 0)].map((at) =>
          Math.min(Math.max(at / 1000, fromMs), untilMs),
        ) as [number, number];
        const row = rowOf(event);
        return begin < end
          ? ([
              [begin - fromMs, row],
              [end - fromMs, row],
            ] as const)
          : [];
      }),
    };
  });
  return {
    title,
    x: { label: 'milliseconds', scale: 'linear' },
    y: { label: '', scale: 'linear', ticks: rows.map((text, at) => ({ at, text })) },
    lines: bars,
  };
}

/** Tracks of frames under way begin here; those of pages, and Node's, come before. */
const FRAMES = 1000;
const isOfPage = ({ tid }: TraceEvent): boolean => tid > 0 && tid < FRAMES;
