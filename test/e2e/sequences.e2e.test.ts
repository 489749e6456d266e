import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, readDataset, type CommandEnd, type Workplace } from './run-diorama.ts';

/** Two sequences of four frames: the camera goes round, a duck drives past, a mug turns. */
const SCENE = `
sceneVersion: 1
name: ground
nodes:
  - { name: ground, shape: { kind: plane, size: [1.5, 1.5] }, surface: true }
`;
const CONFIG = `
configVersion: 1
name: moving
scene: ground.yaml
seed: 5
frames: 8
sequence: { frames: 4, framesPerSecond: 10 }
image: { width: 96, height: 72 }
categories: [mug, rubber-duck]
camera:
  pose:
    kind: shell
    target: [0, 0.05, 0]
    radiusMeters: { kind: uniform, min: 0.7, max: 0.9 }
    elevationDegrees: { kind: uniform, min: 20, max: 50 }
  motion: { orbitDegreesPerSecond: { kind: uniform, min: -40, max: 40 } }
objects:
  ducks:
    categories: [rubber-duck]
    count: 2
    placement: { kind: scatter, surface: ground, regionScale: 0.6 }
    motion: { velocityMetersPerSecond: [{ kind: uniform, min: -0.5, max: 0.5 }, 0, 0] }
  mugs:
    categories: [mug]
    count: 2
    placement: { kind: scatter, surface: ground, regionScale: 0.6 }
    motion: { spinDegreesPerSecond: 60 }
outputs:
  depth: { float: npz }
  flow: { forward: flo, backward: kitti }
`;

let place: Workplace;
let config: string;
beforeAll(async () => {
  place = openWorkplace();
  place.write('ground.yaml', SCENE);
  config = place.write('moving.yaml', CONFIG);
  await expectSuccess(render('whole', '--workers', '2'));
});
afterEach(() => expect(place.leftovers()).toEqual([]));
afterAll(() => place.remove());

const render = (out: string, ...flags: readonly string[]) =>
  place.run(['render', config, '--out', place.path(out), ...flags]);
/** What the command said stands in the failure. */
async function expectSuccess(run: Promise<CommandEnd>): Promise<CommandEnd> {
  const end = await run;
  expect(end, end.err).toMatchObject({ code: 0 });
  return end;
}
const dataset = (name: string) => readDataset(place.path(name));

describe('a dataset of sequences with optical flow', () => {
  it('verifies, and is the same when frames of it are rendered again', async () => {
    const end = await expectSuccess(
      place.run(['verify', place.path('whole'), '--config', config, '--rerender', '3']),
    );
    expect(`${end.out}${end.err}`).toMatch(/0 errors/);
  });

  it('has the same frame 5 where that is the only one, with flow there and back', async () => {
    await expectSuccess(render('alone', '--frames', '5'));
    const files = dataset('alone');
    const names = Object.keys(files).filter((name) => name.includes('000005'));
    expect(names).toEqual(
      expect.arrayContaining([
        'labels/flow-forward/000005.flo',
        'labels/flow-forward-mask/000005.png',
        'labels/flow-backward/000005.png',
        'labels/flow-backward-mask/000005.png',
      ]),
    );
    for (const name of names) expect(files[name]).toBe(dataset('whole')[name]);
  });

  it('is the same in shards that cut through its sequences', async () => {
    for (const index of [1, 0]) {
      await expectSuccess(render(`part-${index}`, '--shard', `${index}/2`));
    }
    const parts = [1, 0].map((index) => place.path(`part-${index}`));
    await expectSuccess(place.run(['merge', place.path('merged'), ...parts]));
    expect(dataset('merged')).toEqual(dataset('whole'));
  });
});
