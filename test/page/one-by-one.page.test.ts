import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import { createFrameWriter, derivedFiles } from '#node/run/dataset-writers';
import { createPoolRenderer } from '#node/run/open-page-renderer';
import { type LoadedInputs, prepareInputs } from '#node/run/prepare-run';
import { type PreparedRun, renderPrepared, type RunEffects } from '#node/run/render-prepared';
import { openTestPool, requireOpen } from './support/open-test-pool.ts';

const SCENE = `
sceneVersion: 1
name: ground
nodes:
  - { name: ground, shape: { kind: plane, size: [1.5, 1.5] }, surface: true }
`;
/** Every kind of file that a dataset can have, of frames in which everything moves. */
const CONFIG = `
configVersion: 1
name: everything
scene: ground.yaml
seed: 5
frames: 8
sequence: { frames: 2, framesPerSecond: 10 }
image: { width: 96, height: 72 }
categories: [mug, rubber-duck]
camera:
  pose:
    kind: shell
    target: [0, 0.05, 0]
    radiusMeters: { kind: uniform, min: 0.7, max: 0.9 }
    elevationDegrees: { kind: uniform, min: 20, max: 50 }
  depthSensor: { kind: structured-light }
  lidars:
    small:
      beams: { kind: even, count: 8, fromDegrees: -12, toDegrees: 12 }
      turn: { fromDegrees: 60, toDegrees: -60, columns: 60 }
  rig:
    views: { left: {}, right: { positionMeters: [0.06, 0, 0] } }
    pairs: [[left, right]]
objects:
  ducks:
    categories: [rubber-duck]
    count: { kind: integer, min: 1, max: 3 }
    placement: { kind: scatter, surface: ground, regionScale: 0.6 }
    motion: { velocityMetersPerSecond: [{ kind: uniform, min: -0.5, max: 0.5 }, 0, 0] }
  mugs:
    categories: [mug]
    count: 2
    placement: { kind: scatter, surface: ground, regionScale: 0.6 }
sensor: { mosaic: { pattern: rggb }, adc: { bits: 12, blackLevel: 256 } }
outputs:
  rgb: { format: jpeg, quality: 90 }
  raw: png
  panoptic: true
  depth: { float: npz }
  measuredDepth: { png: true, float: exr }
  range: exr
  normals: { png: true, float: exr }
  objectCoordinates: { png: true, float: npz }
  pointCloud: ply
  lidar: { npz: true, ply: true, kitti: true, depth: true }
  disparity: { png: true, float: npz }
  flow: { forward: flo, backward: kitti }
  polygons: true
`;

let folder: string;
let pool: PagePool | undefined;
let loaded: LoadedInputs;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-one-by-one-'));
  writeFileSync(join(folder, 'ground.yaml'), SCENE);
  writeFileSync(join(folder, 'everything.yaml'), CONFIG);
  loaded = await prepareInputs({ configPath: join(folder, 'everything.yaml') });
  pool = await openTestPool('mesa', loaded.resolveResource, { workers: 2 });
});
afterAll(async () => {
  await pool?.close();
  rmSync(folder, { recursive: true });
});

/**
 * Renders some frames into a dataset.
 * @returns the most frames that were at once between the begin of their drawing and the end of their writing.
 */
async function make(name: string, frames: readonly number[], workers: number): Promise<number> {
  let underWay = 0;
  let most = 0;
  const run: PreparedRun = {
    inputs: loaded.inputs,
    draft: loaded.draft,
    frames,
    folder: join(folder, name),
    mode: 'resume',
    keepGoing: false,
    warnings: [],
    reproduce: (frame) => `frame ${frame}`,
  };
  const write = createFrameWriter(loaded.inputs.config);
  const effects: RunEffects = {
    derived: derivedFiles,
    writeFrame: async (path, frame, clock) => {
      const files = await write(path, frame, clock);
      underWay--;
      return files;
    },
    openRenderer: ({ clock }) => {
      const renderer = createPoolRenderer(requireOpen(pool), clock);
      return Promise.resolve({
        ...renderer,
        workers,
        render: (plan) => {
          most = Math.max(most, ++underWay);
          return renderer.render(plan);
        },
        close: () => Promise.resolve(),
      });
    },
  };
  await renderPrepared(run, effects, {
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return most;
}

/** Every file with its bytes, by path; `run.json`, which holds clocks, left out. */
function readFiles(name: string): ReadonlyMap<string, Buffer> {
  const root = join(folder, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'run.json');
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(root, path), readFileSync(path)]));
}

describe('a dataset of every kind of file', () => {
  it('is byte for byte that of frames made one by one, none begun before the last is on disk', async () => {
    const frames = Array.from({ length: loaded.inputs.config.frames }, (_, frame) => frame);
    expect(await make('together', frames, 2)).toBeGreaterThan(2);
    // Each by a run of its own: all that overlaps is the files of one frame.
    for (const frame of frames) expect(await make('one-by-one', [frame], 1)).toBe(1);
    const together = readFiles('together');
    const kinds = new Set([...together.keys()].map((path) => path.replace(/\d{6}/, '')));
    expect(kinds.size).toBeGreaterThan(25);
    expect([...readFiles('one-by-one')]).toEqual([...together]);
  });
});
