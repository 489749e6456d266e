import { describe, expect, it } from 'vitest';
import type { RenderEvent } from '#node/run/render-events';
import { createReporter } from '../../../src/cli/report-progress.ts';
import { makeIo } from './make-io.ts';

const start: RenderEvent = {
  type: 'start',
  folder: 'out/x',
  selected: 40,
  completed: 20,
  workers: 2,
  renderer: { renderer: 'llvmpipe', backend: 'mesa', browser: 'Chrome/1', three: '187' },
  sandboxed: false,
};
const frame = (k: number): RenderEvent => ({
  type: 'frame',
  frame: k,
  instances: 3,
  complete: k + 1,
  selected: 40,
});

function follow(events: readonly RenderEvent[], options = { json: false, verbose: false }) {
  const { io, out, err } = makeIo();
  const reporter = createReporter(io, options);
  for (const event of events) reporter.onEvent(event);
  reporter.stop();
  return { out: out(), err: err() };
}

describe('createReporter', () => {
  const frames = Array.from({ length: 20 }, (_, i) => frame(20 + i));

  it('prints a plain line every 10 % and at the end, to standard error', () => {
    const { out, err } = follow([start, ...frames]);
    expect(out).toBe('');
    expect(err.match(/^\d+\/40 frames/gm)).toEqual([
      '24/40 frames',
      '28/40 frames',
      '32/40 frames',
      '36/40 frames',
      '40/40 frames',
    ]);
    expect(err).toContain('rendering 20 frames of 40 into out/x; 20 are there already');
    expect(err).toContain('sandbox is off');
  });

  it('shows warnings and failures, and status with --verbose alone', () => {
    const events: readonly RenderEvent[] = [
      { type: 'warning', message: 'odd size' },
      { type: 'frame-failed', frame: 3, message: 'frame 3: no' },
      { type: 'status', message: 'Browser: /usr/bin/chromium' },
    ];
    expect(follow(events).err).toBe('warning: odd size\nfailed: frame 3: no\n');
    expect(follow(events, { json: false, verbose: true }).err).toContain('Browser: ');
  });

  it('prints one JSON event a line and nothing else', () => {
    const events = [start, ...frames];
    const { out, err } = follow(events, { json: true, verbose: true });
    expect(err).toBe('');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(events);
  });
});
