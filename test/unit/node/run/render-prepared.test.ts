import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RenderError, WriteError } from '#shared/core/errors';
import { createAssetTally } from '#node/run/asset-tally';
import { renderPrepared, type RunEffects } from '#node/run/render-prepared';
import type { RenderEvent } from '#node/run/render-events';
import { describeWriteFailure } from '#node/store/durable-files';
import { makeFolder, readTree } from '../store/make-dataset.ts';
import { drawSky, makeGate, makeListener, makeRenderer, makeRun } from './make-run.ts';

let folder: string;
beforeEach(() => {
  folder = join(makeFolder(), 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const quiet = { signal: never, onEvent: (): void => undefined };
const framesInJournal = (): readonly number[] =>
  readFileSync(join(folder, 'frames.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { frame: number }).frame);
const runReport = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Record<string, unknown>;
const readResult = (): Readonly<Record<string, string>> => {
  const { 'run.json': _clocks, ...rest } = readTree(folder);
  return rest;
};

/** Fails these frames as a page would. */
const failing = (...frames: readonly number[]) =>
  makeRenderer((plan) => {
    if (frames.includes(plan.frame)) throw new RenderError('shader', 'a program does not link');
    return drawSky(plan);
  });

describe('renderPrepared', () => {
  it('writes every frame and says how it went', async () => {
    const { effects, counts } = makeRenderer();
    const { events, onEvent } = makeListener();
    const summary = await renderPrepared(makeRun(folder), effects, { signal: never, onEvent });
    expect(summary).toMatchObject({ outcome: 'complete', selected: 10, complete: 10, written: 10 });
    expect(framesInJournal()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(counts).toMatchObject({ opened: 1, closed: 1 });
    expect(events.map((event: RenderEvent) => event.type)).toEqual([
      'start',
      ...Array.from({ length: 10 }, () => 'frame'),
      'end',
    ]);
    expect(runReport()).toMatchObject({
      workers: 2,
      summary: { outcome: 'complete', written: 10, failedFrames: [] },
      stages: { sample: { count: 10 }, write: { count: 10 }, append: { count: 10 } },
    });
    expect(existsSync(join(folder, '.diorama.lock'))).toBe(false);
  });

  it('gives the same bytes for any number of workers and any order of completion', async () => {
    await renderPrepared(makeRun(folder), makeRenderer(drawSky, 1).effects, quiet);
    const expected = readResult();
    rmSync(folder, { recursive: true });
    const gates = [makeGate(), makeGate(), makeGate()];
    const outOfOrder = makeRenderer(async (plan) => {
      // Each of the first three waits for the one behind it.
      if (plan.frame < 3) await gates[plan.frame]?.promise;
      if (plan.frame > 0 && plan.frame < 4) gates[plan.frame - 1]?.open();
      return drawSky(plan);
    }, 5);
    const order: number[] = [];
    await renderPrepared(makeRun(folder), outOfOrder.effects, {
      signal: never,
      onEvent: (event) => event.type === 'frame' && order.push(event.frame),
    });
    expect(order.indexOf(3)).toBeLessThan(order.indexOf(0));
    expect(readResult()).toEqual(expected);
  });

  it('gives the memory of a frame back when it is written, and not where writing failed', async () => {
    const { effects, counts } = makeRenderer(drawSky, 1);
    const whole: RunEffects = {
      ...effects,
      writeFrame: (path, frame, clock) => {
        // What an encoder would still read is there while the frame is written.
        expect(counts.recycled).not.toContain(frame.buffers);
        if (frame.plan.frame === 4) throw new RenderError('internal', 'frame 4 cannot be written');
        return effects.writeFrame(path, frame, clock);
      },
    };
    const run = makeRun(folder, { keepGoing: true });
    await expect(renderPrepared(run, whole, quiet)).rejects.toThrow('frame 4 cannot be written');
    expect(new Set(counts.recycled).size).toBe(9);
  });

  it('has at most two frames a worker and two more under way, however slow the disk', async () => {
    const { effects, counts } = makeRenderer(drawSky, 2);
    const disk = makeGate();
    let written = 0;
    const writing = makeGate();
    const run = renderPrepared(
      makeRun(folder),
      {
        ...effects,
        async writeFrame(...args) {
          if (++written === 6) writing.open();
          await disk.promise;
          return effects.writeFrame(...args);
        },
      },
      quiet,
    );
    await writing.promise;
    // Everything that could go on without the disk has: let the loop turn over before looking.
    await new Promise((resolve) => setImmediate(resolve));
    expect(counts.drawn).toEqual([0, 1, 2, 3, 4, 5]);
    disk.open();
    await run;
    expect(counts.drawn).toHaveLength(10);
  });

  it('adds up what frames took of assets, and warns where that was more than is kept', async () => {
    const tally = createAssetTally(7 * 2 ** 20);
    const counts = { entries: 1, geometries: 1, textures: 1, programs: 1 };
    const { effects } = makeRenderer();
    const openRenderer: typeof effects.openRenderer = async (context) => {
      const renderer = await effects.openRenderer(context);
      const render: typeof renderer.render = (plan) => {
        const frameBytes = (1 + plan.frame) * 2 ** 20;
        const spilledBytes = Math.max(0, frameBytes - 7 * 2 ** 20);
        const use = { bytes: 2 ** 20 * plan.frame, frameBytes, evicted: plan.frame, spilledBytes };
        tally.add({ ...counts, ...use });
        return renderer.render(plan);
      };
      return { ...renderer, render, assets: tally.summary };
    };
    const run = makeRun(folder);
    const { assets, warnings } = await renderPrepared(run, { ...effects, openRenderer }, quiet);
    expect(assets).toEqual({
      budgetBytes: 7 * 2 ** 20,
      keptBytes: 9 * 2 ** 20,
      largestFrameBytes: 10 * 2 ** 20,
      framesBeyondBudget: 3,
      evicted: 45,
    });
    expect(warnings.join()).toContain(
      '3 frames took more assets than a browser keeps, up to 10 MiB (of 7 MiB',
    );
  });

  it('finds nothing to do in a complete dataset, and opens no browser', async () => {
    await renderPrepared(makeRun(folder), makeRenderer().effects, quiet);
    const before = readTree(folder);
    const { effects, counts } = makeRenderer();
    const summary = await renderPrepared(makeRun(folder), effects, quiet);
    expect(counts.opened).toBe(0);
    expect(summary).toMatchObject({ outcome: 'complete', written: 0, complete: 10 });
    expect(readTree(folder)).toEqual(before);
  });
});

describe('a frame that fails', () => {
  it('ends the run after the frames under way, with its reproduction', async () => {
    const { effects, counts } = failing(2);
    const error: unknown = await renderPrepared(makeRun(folder), effects, quiet).catch(
      (e: unknown) => e,
    );
    expect((error as Error).message).toBe(
      '1 frame could not be made:\nframe 2: a program does not link\n' +
        'Reproduce: npx diorama render tiny.yaml --frames 2..2',
    );
    expect(framesInJournal()).not.toContain(2);
    expect(framesInJournal()).toEqual(expect.arrayContaining([0, 1, 3]));
    expect(counts.drawn.length).toBeLessThan(10);
    expect(counts.closed).toBe(1);
    expect(runReport()).toMatchObject({
      summary: { outcome: 'failed', failedFrames: [2] },
      failures: [{ frame: 2, code: 'RENDER_FAILED' }],
    });
  });

  it('lets the others be made with keepGoing, and still fails in the end', async () => {
    const { effects } = failing(2, 7);
    const run = renderPrepared(makeRun(folder, { keepGoing: true }), effects, quiet);
    await expect(run).rejects.toMatchObject({
      code: 'FRAMES_FAILED',
      failures: [{ frame: 2 }, { frame: 7 }],
    });
    expect(framesInJournal()).toEqual([0, 1, 3, 4, 5, 6, 8, 9]);
  });

  it('is made by the next run, which ends with the bytes of a run without failure', async () => {
    await renderPrepared(makeRun(folder), makeRenderer().effects, quiet);
    const expected = readResult();
    rmSync(folder, { recursive: true });
    await renderPrepared(makeRun(folder), failing(4).effects, quiet).catch(() => undefined);
    await renderPrepared(makeRun(folder), makeRenderer().effects, quiet);
    expect(readResult()).toEqual(expected);
  });

  it('is refused where its image is blank', async () => {
    const { effects } = makeRenderer((plan) => ({
      ...drawSky(plan),
      color: new Uint8Array(48).fill(255),
    }));
    const run = renderPrepared(makeRun(folder), effects, quiet);
    await expect(run).rejects.toThrow(/frame 0: .*Reproduce: npx diorama render/s);
    expect(Object.keys(readTree(folder))).not.toContain('images/000000.png');
  });

  it('stops a keepGoing run where the disk is full, and says what to do', async () => {
    const { effects, counts } = makeRenderer(drawSky, 1);
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    const run = renderPrepared(
      makeRun(folder, { keepGoing: true }),
      {
        ...effects,
        async writeFrame(target, frame, clock) {
          if (frame.plan.frame < 4) return effects.writeFrame(target, frame, clock);
          throw new WriteError(describeWriteFailure('images/000004.png', full), { cause: full });
        },
      },
      quiet,
    );
    await expect(run).rejects.toThrow(/images\/000004\.png: the disk is full\. Free some space/);
    expect(counts.drawn.length).toBeLessThan(9);
    expect(framesInJournal()).toEqual([0, 1, 2, 3]);
    await renderPrepared(makeRun(folder), makeRenderer().effects, quiet);
    expect(framesInJournal()).toHaveLength(10);
  });
});

describe('an abort', () => {
  it('abandons frames that are being rendered, keeps the rest, and can be taken up again', async () => {
    const controller = new AbortController();
    const { effects, counts } = makeRenderer(
      (plan) => (plan.frame < 4 ? drawSky(plan) : new Promise(() => undefined)),
      2,
    );
    const summary = await renderPrepared(makeRun(folder), effects, {
      signal: controller.signal,
      onEvent: (event) => event.type === 'frame' && event.complete === 4 && controller.abort(),
    });
    expect(summary).toMatchObject({ outcome: 'interrupted', complete: 4, written: 4 });
    expect(counts.closed).toBe(1);
    expect(framesInJournal()).toEqual([0, 1, 2, 3]);
    expect(existsSync(join(folder, '.diorama.lock'))).toBe(false);
    await renderPrepared(makeRun(folder), makeRenderer().effects, quiet);
    expect(framesInJournal()).toHaveLength(10);
  });

  it('finishes a frame whose pixels are there', async () => {
    const controller = new AbortController();
    const { effects } = makeRenderer(drawSky, 1);
    const summary = await renderPrepared(
      makeRun(folder, { frames: [5] }),
      {
        ...effects,
        async writeFrame(...args) {
          controller.abort();
          return effects.writeFrame(...args);
        },
      },
      { signal: controller.signal, onEvent: () => undefined },
    );
    expect(summary).toMatchObject({ outcome: 'complete', written: 1 });
    expect(framesInJournal()).toEqual([5]);
  });

  it('counts as an interruption, not a failure, while the browser is being opened', async () => {
    const controller = new AbortController();
    const { effects } = makeRenderer();
    const summary = await renderPrepared(
      makeRun(folder),
      {
        ...effects,
        openRenderer: () => {
          controller.abort();
          return Promise.reject(new Error('the pool was closed'));
        },
      },
      { signal: controller.signal, onEvent: () => undefined },
    );
    expect(summary).toMatchObject({ outcome: 'interrupted', written: 0 });
  });
});
