import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBatchRunner } from '#node/preview/batch-runner';
import { claimFolder } from '#node/preview/claim-folder';
import type { RenderControl, RenderJob } from '#node/run/render-dataset';
import type { RunSummary } from '#node/run/render-events';
import type { BatchRun } from '#shared/protocol/preview-api';
import { makeFolder } from '../store/make-dataset.ts';

let project: string;
beforeEach(() => (project = makeFolder()));
afterEach(() => rm(project, { recursive: true, force: true }));

const SUMMARY: RunSummary = {
  outcome: 'complete',
  folder: 'x',
  selected: 2,
  complete: 2,
  written: 2,
  seconds: 1,
  framesPerSecond: 2,
  instances: 3,
  dropped: {},
  failedFrames: [],
  renderer: null,
  warnings: [],
};
const RENDERER = { renderer: 'llvmpipe', backend: 'mesa', browser: 'x', three: '1' } as const;
const REQUEST = { frames: [3, 4], folder: 'out/look', seed: null };

/** A runner whose batches do as they are told, and all that it tells. */
function makeRunner(render: (job: RenderJob, control: RenderControl) => Promise<RunSummary>) {
  const told: BatchRun[] = [];
  const runner = createBatchRunner({
    project,
    browser: { gl: 'mesa' },
    told: (run) => told.push(run),
    render: (job, control = {}) => render(job, control),
  });
  return { runner, told };
}

describe('a batch of the preview', () => {
  it('is that of the command line, into the folder that was asked for, and tells how it goes', async () => {
    const jobs: RenderJob[] = [];
    const { runner, told } = makeRunner(async (job, { onEvent }) => {
      jobs.push(job);
      await writeFile(join(job.folder ?? '', 'dataset.json'), '{}');
      onEvent?.({ type: 'status', message: 'trying mesa' });
      onEvent?.({ type: 'start', folder: 'x', selected: 2, completed: 0, workers: 1, renderer: RENDERER, sandboxed: true }); // prettier-ignore
      onEvent?.({ type: 'frame', frame: 3, instances: 1, complete: 1, selected: 2 });
      onEvent?.({ type: 'end', summary: SUMMARY });
      return SUMMARY;
    });
    await runner.start(REQUEST, {
      configPath: 'c.yaml',
      sets: ['a=1'],
      seed: 's',
      assetFolders: ['b'],
    });
    await runner.cancel();
    expect(jobs).toEqual([
      { configPath: 'c.yaml', sets: ['a=1'], seed: 's', assetFolders: ['b'], gl: 'mesa', frames: [3, 4], folder: join(project, 'out/look') }, // prettier-ignore
    ]);
    expect(told.map(({ phase, complete, message }) => [phase, complete, message])).toEqual([
      ['running', 0, 'loading'],
      ['running', 0, 'trying mesa'],
      ['running', 0, null],
      ['running', 1, null],
      ['complete', 2, null],
    ]);
    expect(runner.answer().run).toMatchObject({ folder: 'out/look', renderer: 'mesa: llvmpipe' });
    await expect(runner.start(REQUEST, { configPath: 'c.yaml' })).rejects.toThrow(
      'out/look is there already and is left as it is',
    );
  });

  it('is cancelled, keeps what it wrote, and runs alone', async () => {
    const { runner } = makeRunner(async ({ folder = '' }, { signal, onEvent }) => {
      const aborted = new Promise((done) => {
        signal?.addEventListener('abort', done, { once: true });
      });
      await writeFile(join(folder, 'dataset.json'), '{}');
      await aborted;
      const summary: RunSummary = { ...SUMMARY, outcome: 'interrupted', complete: 1 };
      onEvent?.({ type: 'end', summary });
      return summary;
    });
    await runner.start(REQUEST, { configPath: 'c.yaml' });
    const second = runner.start({ ...REQUEST, folder: 'out/other' }, { configPath: 'c.yaml' });
    await expect(second).rejects.toThrow('a batch is running into out/look');
    await runner.cancel();
    expect(runner.answer().run).toMatchObject({ phase: 'cancelled', complete: 1 });
    expect(await readdir(join(project, 'out', 'look'))).toEqual(['dataset.json']);
  });

  it('that fails says why, and leaves no empty folder', async () => {
    const { runner, told } = makeRunner(() => Promise.reject(new Error('c.yaml:3: no such key')));
    await runner.start(REQUEST, { configPath: 'c.yaml' });
    await runner.cancel();
    expect(told.at(-1)).toMatchObject({ phase: 'failed', problems: ['c.yaml:3: no such key'] });
    expect(await readdir(join(project, 'out'))).toEqual([]);
    await runner.start(REQUEST, { configPath: 'c.yaml' });
    await runner.cancel();
  });
});

describe('the folder of a batch', () => {
  it.each(['..', '.', '', '/etc/x', 'out/../../x', '../beside'])('is never %j', async (folder) => {
    await expect(claimFolder(project, folder)).rejects.toThrow('expected a folder below');
  });

  it('is not reached through a link that leads out of the project', async () => {
    const elsewhere = makeFolder();
    await symlink(elsewhere, join(project, 'link'));
    await expect(claimFolder(project, 'link/x')).rejects.toThrow('expected a folder below');
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('is made once', async () => {
    expect(await claimFolder(project, 'a/b')).toBe(join(project, 'a/b'));
    await expect(claimFolder(project, 'a/b')).rejects.toThrow('there already');
    await mkdir(join(project, 'a', 'c'));
    await expect(claimFolder(project, 'a/c')).rejects.toThrow('there already');
  });
});
