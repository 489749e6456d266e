import { describe, expect, it } from 'vitest';
import { traceEvents, type TraceEvent } from '#node/bench/trace-events';
import type { StageSpan } from '#node/run/stage-clock';

const span = (
  stage: string,
  place: StageSpan['place'],
  [startMs, endMs]: readonly [number, number],
): StageSpan => ({
  stage,
  place,
  startMs,
  endMs,
});

/** Frames 4 and 5 side by side, then 6, which takes the place of 4. */
const TRACE = traceEvents([
  span('sample', { frame: 4 }, [1000, 1001]),
  span('render', { frame: 4, page: 1 }, [1001, 1011]),
  span('page.color', { frame: 4, page: 1 }, [1002, 1009.5]),
  span('sample', { frame: 5 }, [1002, 1004]),
  span('render', { frame: 5, page: 1 }, [1004, 1020]),
  span('page.color', { frame: 5, page: 1 }, [1010, 1018]),
  span('write', { frame: 4 }, [1011, 1015]),
  span('write.encode', { frame: 4 }, [1011, 1013]),
  span('write', { frame: 5 }, [1020, 1030]),
  span('sample', { frame: 6 }, [1016, 1017]),
]);

const steps = TRACE.traceEvents.filter(({ ph }) => ph !== 'M');
/** Tracks by name, in their order, each with its steps. */
const tracks = TRACE.traceEvents
  .filter(({ name }) => name === 'thread_name')
  .map(({ tid, args }) => [args?.['name'], steps.filter((event) => event.tid === tid)] as const);
const namesOf = (events: readonly TraceEvent[]): readonly string[] =>
  events.map(({ name, args }) => `${name} ${args?.['frame']}`);

describe('a trace', () => {
  it('has a track for Node’s thread, for each page, and for each frame under way', () => {
    expect(tracks.map(([name, events]) => [name, namesOf(events)])).toEqual([
      ['Node, its thread', ['sample 4', 'sample 5', 'sample 6']],
      ['page 1', ['color 4', 'color 5']],
      [
        'frame under way 1',
        ['sample 4', 'render 4', 'write 4', 'write.encode 4', 'write.encode 4', 'sample 6'],
      ],
      ['frame under way 2', ['sample 5', 'render 5', 'write 5']],
    ]);
  });

  it('counts microseconds from the first step', () => {
    expect(steps.find(({ name }) => name === 'color')).toEqual({
      name: 'color',
      ph: 'X',
      pid: 1,
      tid: 1,
      ts: 2000,
      dur: 7500,
      args: { frame: 4 },
    });
    expect(Math.min(...steps.map(({ ts }) => ts ?? NaN))).toBe(0);
  });

  it('begins and ends files by an id, since a frame has several at once', () => {
    const [begin, end] = steps.filter(({ name }) => name === 'write.encode');
    expect(begin).toMatchObject({ ph: 'b', ts: 11_000, cat: 'file' });
    expect(end).toMatchObject({ ph: 'e', ts: 13_000, id: begin?.id });
  });

  it('nests or parts the steps of a track, as the format asks', () => {
    for (const [, events] of tracks) {
      const whole = events.filter(({ ph }) => ph === 'X');
      for (const [i, a] of whole.entries())
        for (const b of whole.slice(i + 1)) {
          const [[a0, a1], [b0, b1]] = [a, b].map(
            ({ ts = NaN, dur = NaN }) => [ts, ts + dur] as const,
          ) as [readonly [number, number], readonly [number, number]];
          const apart = a1 <= b0 || b1 <= a0;
          const nested = (a0 <= b0 && b1 <= a1) || (b0 <= a0 && a1 <= b1);
          expect(apart || nested).toBe(true);
        }
    }
  });
});
