import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listChoices } from '#node/preview/list-choices';
import { openDatasetSession } from '#node/preview/dataset-session';
import { openWorkspace, type Workspace } from '#node/preview/workspace';
import { UsageError } from '#shared/core/errors';
import { makeFolder } from '../store/make-dataset.ts';
import { journalLines, makeTrueDataset, writeJournal } from '../verify/make-true-dataset.ts';

const CONFIG = `extends: ${resolve('configs/tabletop.yaml')}\nframes: 3\nname: own\n`;

let project: string;
let made: string;
let workspace: Workspace | null;
beforeAll(async () => {
  made = await makeTrueDataset({}, [0, 1, 3]);
});
beforeEach(async () => {
  workspace = null;
  project = makeFolder();
  await mkdir(join(project, 'configs'));
});
afterEach(async () => {
  await workspace?.close();
  await rm(project, { recursive: true, force: true });
});

const open = async (target?: string): Promise<Workspace> =>
  (workspace = await openWorkspace({ target, project }, () => undefined));

describe('what a preview has in view', () => {
  it('without a name it is the project’s one config, one to be chosen, or a mistake', async () => {
    await expect(open()).rejects.toThrow(/configs\/\*\.yaml to choose from; found none in/);
    const config = join(project, 'configs', 'own.yaml');
    await writeFile(config, CONFIG);
    expect((await open()).state()).toMatchObject({ subject: 'config', configPath: config });
    await workspace?.close();
    await writeFile(join(project, 'configs', 'broken.yaml'), 'frames: many\n');
    expect((await open()).state()).toMatchObject({ subject: 'none', inputs: null });
    const choices = await listChoices(project);
    expect(choices.map(({ name, frames, problem }) => [name, frames, problem === null])).toEqual([
      [join(project, 'configs', 'broken.yaml'), 0, false],
      ['own', 3, true],
    ]);
    await workspace?.open(config);
    expect(workspace?.state()).toMatchObject({
      subject: 'config',
      inputs: { config: { name: 'own' } },
    });
  });

  it('changes from a config to a dataset and back, and its revisions grow', async () => {
    const config = join(project, 'configs', 'own.yaml');
    await writeFile(config, CONFIG);
    const { state, open: next, config: session } = await open(config);
    const before = state();
    await next(made);
    expect(state()).toMatchObject({
      subject: 'dataset',
      inputs: null,
      dataset: { frames: [0, 1, 3] },
    });
    expect(state().inputsRevision).toBeGreaterThan(before.inputsRevision);
    expect(() => session()).toThrow(UsageError);
    await next(config);
    expect(state().inputsRevision).toBe(before.inputsRevision + 2);
    expect(state().subject).toBe('config');
  });

  it('is nothing that is not there, and a dataset takes no flags', async () => {
    await expect(open(join(project, 'gone.yaml'))).rejects.toThrow(
      'expected a config file or a dataset folder',
    );
    await expect(open(project)).rejects.toThrow('expected a dataset, found no dataset.json');
    const flagged = openWorkspace({ target: made, project, sets: ['frames=3'] }, () => undefined);
    await expect(flagged).rejects.toThrow('--set: a dataset is shown as it was rendered');
  });

  it('offers the datasets of the project', async () => {
    await cp(made, join(project, 'out', 'mine'), { recursive: true });
    await mkdir(join(project, 'out', 'other'));
    expect(await listChoices(project)).toMatchObject([
      { kind: 'dataset', path: join(project, 'out', 'mine'), frames: 3, problem: null },
    ]);
  });
});

describe('a dataset that is browsed', () => {
  it('tells its frames, how many there are of each category, and what they drew', () => {
    const session = openDatasetSession(made, () => undefined);
    const { dataset } = session.state();
    expect(dataset?.frames).toEqual([0, 1, 3]);
    expect(dataset?.problems).toEqual([]);
    for (const [i, frame] of [0, 1, 3].entries()) {
      const { annotations, sample } = session.record(frame);
      expect(dataset?.counts[i]).toEqual(
        dataset?.categories.map(
          ({ id }) => annotations.instances.filter(({ categoryId }) => categoryId === id).length,
        ),
      );
      expect(session.values('camera.rollDegrees')[i]).toBe(sample.draws['camera.rollDegrees']);
    }
    expect(session.values('nothing')).toEqual([]);
    expect(session.coverage().map(({ frame }) => frame)).toEqual([0, 1, 3]);
    expect(() => session.record(2)).toThrow('expected a frame of the dataset, found 2');
  });

  it('gives files as numbers, and no file that the record does not name', async () => {
    const session = openDatasetSession(made, () => undefined);
    expect(await session.map(1, 'rgb')).toMatchObject({ width: 48, height: 36, channels: 4 });
    const ids = await session.map(1, 'instance');
    const { annotations } = session.record(1);
    for (const { instanceId, area } of annotations.instances) {
      expect([...ids.values].filter((id) => id === instanceId)).toHaveLength(area);
    }
    for (const kind of ['../dataset.json', 'range', '__proto__']) {
      await expect(session.map(1, kind)).rejects.toThrow('expected a kind of file that it has');
    }
  });

  it('tells what is wrong with a frame, and with the journal', async () => {
    const folder = join(project, 'out', 'mine');
    await cp(made, folder, { recursive: true });
    const session = openDatasetSession(folder, () => undefined);
    expect(await session.faults(1)).toEqual([]);
    const { files } = session.record(1);
    await rm(join(folder, files.rgb?.path ?? ''));
    expect(await session.faults(1)).toEqual([expect.stringMatching(/^frame 1: .*found none\./)]);
    await expect(session.map(1, 'rgb')).rejects.toThrow(
      'expected the file that frames.jsonl lists',
    );
    writeJournal(folder, ['nonsense', ...journalLines(folder)]);
    await session.reload();
    expect(session.state().dataset?.problems).toEqual([expect.stringContaining('line 1')]);
    await rm(join(folder, 'dataset.json'));
    await session.reload();
    expect(session.state().problem?.message).toContain('found no dataset.json');
    expect(session.state().dataset?.frames).toEqual([0, 1, 3]);
  });
});
