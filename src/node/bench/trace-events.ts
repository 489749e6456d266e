import type { StageSpan } from '../run/stage-clock.ts';

/**
 * An event of Chrome's Trace Event Format ("JSON Object Format", Google, 2016), which Perfetto and chrome://tracing
 * open. `X` is a step with its duration, `b` and `e` begin and end one that others of its track may overlap, `M` names
 * a track. Times are in microseconds.
 */
export type TraceEvent = Readonly<{
  name: string;
  ph: 'X' | 'b' | 'e' | 'M';
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  cat?: string;
  id?: string;
  args?: Readonly<Record<string, number | string>>;
}>;

/** A trace as its file has it. */
export type Trace = Readonly<{ displayTimeUnit: 'ms'; traceEvents: readonly TraceEvent[] }>;

/** Steps that Node's one thread for JavaScript makes, and nothing beside them. */
const ON_THREAD: ReadonlySet<string> = new Set(['sample', 'plan', 'annotate', 'verify']);
/** Steps that a page makes, one after another; `render` has a frame wait for its turn besides. */
const OF_PAGES = /^page\./;
/** Steps of single files, of which a frame has several at once. */
const OF_FILES = /^write\./;

const PID = 1;
/** Tracks: Node's thread, then pages by their number, then frames under way. */
const NODE_TRACK = 0;
const FIRST_SLOT = 1000;

/** Steps as tracks: Node's thread, one for each page, and one for each frame that is under way at a time. */
export function traceEvents(spans: readonly StageSpan[]): Trace {
  const begin = Math.min(...spans.map(({ startMs }) => startMs));
  const slots = slotsOf(spans);
  const events = spans.flatMap((span, index) =>
    tracksOf(span, slots).flatMap((tid) => eventsOf(span, { tid, begin, index })),
  );
  const names = [...new Set(events.map(({ tid }) => tid))]
    .sort((a, b) => a - b)
    .flatMap((tid) => nameTrack(tid));
  const title = {
    name: 'process_name',
    ph: 'M',
    pid: PID,
    tid: 0,
    args: { name: 'diorama' },
  } as const;
  return { displayTimeUnit: 'ms', traceEvents: [title, ...names, ...events] };
}

/** What a page does is its own; the rest belongs to its frame, and where it has the thread to that too. */
function tracksOf(
  { stage, place }: StageSpan,
  slots: ReadonlyMap<number, number>,
): readonly number[] {
  if (place?.page !== undefined && OF_PAGES.test(stage)) return [place.page];
  const slot = place === null ? undefined : slots.get(place.frame);
  const own = slot === undefined ? [] : [FIRST_SLOT + slot];
  return ON_THREAD.has(stage) ? [NODE_TRACK, ...own] : own;
}

/** A track for each frame, which later ones take over when it has ended. */
function slotsOf(spans: readonly StageSpan[]): ReadonlyMap<number, number> {
  const lives = new Map<number, Readonly<{ start: number; end: number }>>();
  for (const { place, startMs, endMs } of spans) {
    if (place === null) continue;
    const { start, end } = lives.get(place.frame) ?? { start: Infinity, end: -Infinity };
    lives.set(place.frame, { start: Math.min(start, startMs), end: Math.max(end, endMs) });
  }
  const ends: number[] = [];
  const slots = new Map<number, number>();
  for (const [frame, { start, end }] of [...lives].sort(([, a], [, b]) => a.start - b.start)) {
    const free = ends.findIndex((last) => last <= start);
    const slot = free < 0 ? ends.length : free;
    ends[slot] = end;
    slots.set(frame, slot);
  }
  return slots;
}

function eventsOf(
  { stage, place, startMs, endMs }: StageSpan,
  { tid, begin, index }: Readonly<{ tid: number; begin: number; index: number }>,
): readonly TraceEvent[] {
  const name = stage.replace(OF_PAGES, '');
  const args = place === null ? {} : { frame: place.frame };
  const [ts, end] = [startMs - begin, endMs - begin].map((ms) => Math.round(1000 * ms)) as [
    number,
    number,
  ];
  if (!OF_FILES.test(stage)) return [{ name, ph: 'X', pid: PID, tid, ts, dur: end - ts, args }];
  const file = { name, cat: 'file', id: String(index), pid: PID, tid, args };
  return [
    { ...file, ph: 'b', ts },
    { ...file, ph: 'e', ts: end },
  ];
}

/** Tracks stand in the order of their numbers. */
function nameTrack(tid: number): readonly TraceEvent[] {
  const name =
    tid === NODE_TRACK
      ? 'Node, its thread'
      : tid < FIRST_SLOT
        ? `page ${tid}`
        : `frame under way ${tid - FIRST_SLOT + 1}`;
  return [
    { name: 'thread_name', ph: 'M', pid: PID, tid, args: { name } },
    { name: 'thread_sort_index', ph: 'M', pid: PID, tid, args: { sort_index: tid } },
  ];
}
