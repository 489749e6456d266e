import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FrameRecord } from '#shared/formats/frame-record';
import { commandLineOf, endProcesses, processTree } from '#node/browser/process-tree';
import type { RenderEvent } from '#node/run/render-events';
import {
  openWorkplace,
  readDataset,
  type CommandEnd,
  type LineListener,
  type Workplace,
} from './run-diorama.ts';

/**
 * The promise of docs/architecture.md §1, end to end, on a config that draws in every part of a frame:
 * models, their materials, lights of drawn number, noise, camera, lens.
 */
const SCENE = `
sceneVersion: 1
name: ground
nodes:
  - name: ground
    shape: { kind: plane, size: [1.5, 1.5] }
    surface: true
    material: { color: '#808890', texture: { kind: noise, colors: ['#505860', '#a0a8b0'] } }
`;
const CONFIG = `
configVersion: 1
name: mixed
scene: ground.yaml
seed: 11
frames: 9
image: { width: 96, height: 72 }
categories: [apple, mug]
vars:
  warmth: { kind: uniform, min: 2500, max: 8000 }
camera:
  pose:
    kind: shell
    target: [0, 0.05, 0]
    radiusMeters: { kind: uniform, min: 0.9, max: 1.6 }
    elevationDegrees: { kind: uniform, min: 25, max: 65 }
  rollDegrees: { kind: normal, mean: 0, std: 4 }
  lens: { kind: fov, verticalDegrees: { kind: uniform, min: 35, max: 50 } }
lights:
  key:
    kind: directional
    place: { kind: shell, radiusMeters: 3, elevationDegrees: { kind: uniform, min: 20, max: 80 } }
    intensity: { kind: log-uniform, min: 0.5, max: 3 }
    color: { kind: temperature, kelvin: { kind: var, name: warmth } }
  fill:
    kind: point
    count: { kind: integer, min: 0, max: 2 }
    place: { kind: shell, radiusMeters: 1.5, elevationDegrees: 50 }
    intensity: { kind: uniform, min: 0.2, max: 1 }
objects:
  things:
    categories: [apple, mug]
    count: { kind: integer, min: 2, max: 5 }
    placement: { kind: scatter, surface: ground }
    material:
      probability: 0.5
      color: { kind: hsv, hueDegrees: { kind: uniform, min: 0, max: 360 } }
sensor:
  exposureStops: { kind: normal, mean: 0, std: 0.3 }
  noise: { fullWellElectrons: { kind: log-uniform, min: 1000, max: 8000 } }
`;

let place: Workplace;
let config: string;
beforeAll(async () => {
  place = openWorkplace();
  place.write('ground.yaml', SCENE);
  config = place.write('mixed.yaml', CONFIG);
  await expectSuccess(render('whole', '--workers', '1'));
});
afterEach(() => expect(place.leftovers()).toEqual([]));
afterAll(() => place.remove());

const render = (out: string, ...flags: readonly string[]) =>
  place.run(['render', config, '--out', place.path(out), ...flags]);
/** What the command said stands in the failure. */
async function expectSuccess(run: Promise<CommandEnd>): Promise<void> {
  const end = await run;
  expect(end, end.err).toMatchObject({ code: 0 });
}

const dataset = (name: string) => readDataset(place.path(name));
const recordsOf = (name: string): readonly FrameRecord[] =>
  readFileSync(join(place.path(name), 'frames.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FrameRecord);

/** Kills a process of the run's browser once two frames are there; the last three cannot be drawn by then. */
function killBrowserProcess(isVictim: (commandLine: string) => boolean): {
  listen: LineListener;
  killed: () => readonly number[];
} {
  const killed: number[] = [];
  let frames = 0;
  const listen: LineListener = (line, _kill, pid) => {
    if ((JSON.parse(line) as RenderEvent).type !== 'frame' || ++frames !== 2) return;
    const victims = processTree(pid)
      .map((entry) => entry.pid)
      .filter((each) => {
        const words = commandLineOf(each);
        return words.includes('diorama-profile-') && isVictim(words);
      });
    endProcesses(victims);
    killed.push(...victims);
  };
  return { listen, killed: () => killed };
}

describe('a dataset', () => {
  it('varies from frame to frame and with the seed, or equality would prove nothing', async () => {
    const records = recordsOf('whole');
    expect(records.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const hashes = records.flatMap(({ files }) => [files.rgb?.sha256, files.depth?.sha256]);
    expect(new Set(hashes).size).toBe(18);
    expect(new Set(records.map(({ sample }) => sample.lights.length)).size).toBeGreaterThan(1);
    expect(records.every(({ annotations }) => annotations.instances.length > 0)).toBe(true);
    await render('other', '--seed', '12', '--frames', '5');
    expect(recordsOf('other')[0]?.files.rgb?.sha256).not.toBe(records[5]?.files.rgb?.sha256);
  });

  it('is the same the second time, with three workers', async () => {
    await expectSuccess(render('again', '--workers', '3'));
    expect(dataset('again')).toEqual(dataset('whole'));
  });

  it('has the same frame 5 where that is the only one', async () => {
    await expectSuccess(render('alone', '--frames', '5'));
    expect(recordsOf('alone')).toEqual([recordsOf('whole')[5]]);
    const files = dataset('alone');
    const names = Object.keys(files).filter((name) => name.includes('000005'));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) expect(files[name]).toBe(dataset('whole')[name]);
  });

  it('is the same when the rest is made later, last frames first', async () => {
    await render('later', '--frames', '4..8');
    await expectSuccess(render('later'));
    expect(dataset('later')).toEqual(dataset('whole'));
  });

  it('is the same in two shards that are merged', async () => {
    for (const index of [1, 0]) {
      await expectSuccess(render(`part-${index}`, '--shard', `${index}/2`));
    }
    const whole = recordsOf('whole');
    for (const index of [0, 1]) {
      expect(recordsOf(`part-${index}`)).toEqual(whole.filter(({ frame }) => frame % 2 === index));
    }
    const half = await place.run(['merge', place.path('half'), place.path('part-0')]);
    expect(half).toMatchObject({ code: 1 });
    expect(half.err).toContain('4 of 9 frames are in no shard: 1, 3, 5, 7');
    const parts = [1, 0].map((index) => place.path(`part-${index}`));
    await expectSuccess(place.run(['merge', place.path('merged'), ...parts]));
    expect(dataset('merged')).toEqual(dataset('whole'));
  });
});

describe.runIf(process.platform === 'linux')('a browser that dies in the middle', () => {
  it.each([
    ['all of it', (words: string) => !words.includes('--type=')],
    ['its GPU process, and with it the WebGL context', (words: string) => /--type=gpu/.test(words)],
  ])('is replaced, and leaves no trace in the dataset: %s', async (what, isVictim) => {
    const out = `killed-${what.length}`;
    const { listen, killed } = killBrowserProcess(isVictim);
    const words = ['render', config, '--out', place.path(out), '--workers', '1', '--json'];
    await expectSuccess(place.run(words, listen));
    expect(killed()).not.toEqual([]);
    const run = JSON.parse(readFileSync(join(place.path(out), 'run.json'), 'utf8')) as {
      retries: number;
    };
    expect(run.retries).toBeGreaterThanOrEqual(1);
    expect(dataset(out)).toEqual(dataset('whole'));
  });
});
