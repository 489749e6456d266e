import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LidarPoints, LidarRecord } from '#shared/annotate/lidar/sweep';
import type { ConfigInput } from '#shared/config/config-schema';
import type { FileKind } from '#shared/formats/frame-record';
import { decodeLidarPoints } from '#node/readers/decode-point-cloud';
import { encodeLidarPly } from '#node/writers/encode-ply';
import { readNpz } from '../../../makers/read-npz.ts';
import {
  copyOf,
  CRATES,
  editLabel,
  editRecord,
  linesOf,
  makeTrueDataset,
  path,
  readRecord,
  replaceFile,
  verify,
  withValue,
} from './make-true-dataset.ts';

const CAMERA = CRATES.camera ?? { pose: { kind: 'scene', camera: '' } };

/** A lidar that looks down on the crates from behind the camera, and one that sees none. */
const WITH_LIDARS: Partial<ConfigInput> = {
  frames: 1,
  camera: {
    ...CAMERA,
    lidars: {
      mast: {
        positionMeters: [0, -0.2, 0],
        beams: { kind: 'even', count: 24, fromDegrees: 14, toDegrees: -14 },
        turn: { fromDegrees: 30, toDegrees: -30, columns: 60 },
        nearMeters: 0.2,
        rangeNoise: { sigmaMeters: 0.01 },
        dropOff: { share: 0.1 },
      },
      away: {
        yawDegrees: 180,
        beams: { kind: 'list', elevationsDegrees: [0] },
        turn: { fromDegrees: 5, toDegrees: -5, columns: 8 },
      },
    },
  },
  outputs: { lidar: { ply: true, kitti: true } },
};

let sound: string;
beforeAll(async () => {
  sound = await makeTrueDataset(WITH_LIDARS, [0]);
});

const bytesOf = (kind: FileKind): Buffer =>
  readFileSync(path(sound, readRecord(sound, 0).files[kind]?.path ?? ''));
const points = (): LidarPoints => decodeLidarPoints('x.npz', bytesOf('lidar/mast.npz'));

const faultsOf = async (folder: string): Promise<readonly string[]> =>
  linesOf(await verify(folder)).filter((line) => !line.includes('annotations/'));

/** The dataset with other points in the PLY of the mast. */
async function withPoints(change: (found: LidarPoints) => Partial<LidarPoints>): Promise<string> {
  const folder = copyOf(sound);
  const found = points();
  const bytes = encodeLidarPly({ ...found, ...change(found) });
  replaceFile(folder, { frame: 0, kind: 'lidar/mast.ply' }, bytes);
  return (await faultsOf(folder))[0] ?? '';
}

/** The dataset whose record says something else of the mast. */
async function withRecord(change: (record: LidarRecord) => Partial<LidarRecord>): Promise<string> {
  const folder = copyOf(sound);
  editRecord(folder, 0, (record) => ({
    ...record,
    lidars: record.lidars?.map((one) => (one.name === 'mast' ? { ...one, ...change(one) } : one)),
  }));
  return (await faultsOf(folder)).join('\n');
}

describe('a dataset of lidars', () => {
  it('is sound, and has files of each lidar by its name', async () => {
    expect(await faultsOf(sound)).toEqual([]);
    const { files, lidars = [] } = readRecord(sound, 0);
    const kinds = Object.keys(files).filter((kind) => kind.startsWith('lidar'));
    expect(kinds.sort()).toEqual(
      [
        ...['away.bin', 'away.label', 'away.npz', 'away.ply'].map((name) => `lidar/${name}`),
        'lidar-depth',
        ...['mast.bin', 'mast.label', 'mast.npz', 'mast.ply'].map((name) => `lidar/${name}`),
      ].sort(),
    );
    expect(files['lidar/mast.npz']?.path).toBe('labels/lidar/mast/000000.npz');
    const [mast, away] = lidars;
    expect(mast?.points).toBeGreaterThan(100);
    expect(mast?.lost.random).toBeGreaterThan(5);
    expect(away).toMatchObject({ points: 0, lost: { nothing: 8 }, instances: [] });
  });

  it('leaves every other file as it is without them', async () => {
    const plain = await makeTrueDataset({ frames: 1, camera: CAMERA, outputs: {} }, [0]);
    const { files } = readRecord(sound, 0);
    const others = Object.entries(files).filter(([kind]) => !kind.startsWith('lidar'));
    expect(Object.fromEntries(others)).toEqual(readRecord(plain, 0).files);
  });

  it('is sound in sequences of rigs too, where the first view of each moment has the points', async () => {
    const views = { left: { positionMeters: [-0.1, 0, 0] as [number, number, number] }, right: {} };
    const folder = await makeTrueDataset(
      {
        ...WITH_LIDARS,
        frames: 4,
        sequence: { frames: 2 },
        camera: { ...CAMERA, lidars: WITH_LIDARS.camera?.lidars, rig: { views } },
        labels: { minPixels: 1, minVisibility: 0 },
      },
      [0, 1, 2, 3],
    );
    expect(await faultsOf(folder)).toEqual([]);
    const records = [0, 1, 2, 3].map((frame) => readRecord(folder, frame));
    expect(records.map(({ lidars }) => lidars?.length ?? 0)).toEqual([2, 0, 2, 0]);
    expect(records.map(({ files }) => 'lidar/mast.npz' in files)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const [first, , second] = records.map(({ lidars }) => lidars?.[0]?.instances ?? []);
    expect(first?.length).toBeGreaterThan(1);
    expect(second?.map(({ trackId }) => trackId)).toEqual(first?.map(({ trackId }) => trackId));
  });

  it('reads the same from NPZ, PLY and the files of KITTI, by readers of others too', () => {
    const found = points();
    expect(decodeLidarPoints('x.ply', bytesOf('lidar/mast.ply'))).toEqual(found);
    const npz = readNpz(bytesOf('lidar/mast.npz'));
    expect([...npz.keys()]).toEqual([
      ...['points', 'intensity', 'range', 'true_range', 'instance_id', 'category_id'],
      ...['ring', 'column'],
    ]);
    const [bin, label] = [bytesOf('lidar/mast.bin'), bytesOf('lidar/mast.label')];
    for (let i = 0; i < found.count; i++) {
      expect(bin.readFloatLE(i * 16 + 4)).toBe(found.points[i * 3 + 1]);
      expect(bin.readFloatLE(i * 16 + 12)).toBe(found.intensities[i]);
      const word = label.readUInt32LE(i * 4);
      expect([word & 0xffff, word >>> 16]).toEqual([found.categoryIds[i], found.instanceIds[i]]);
    }
  });
});

describe('points that are not right', () => {
  const withFirst = <T extends Float32Array | Uint16Array>(values: T, first: number): T => {
    const copy = values.slice() as T;
    copy[0] = first;
    return copy;
  };

  it('are told by what they contradict', async () => {
    expect(await withPoints(({ points: xyz }) => ({ points: withFirst(xyz, 9) }))).toMatch(
      /labels\/lidar\/mast\/000000\.ply: point 0: expected x [\d.]+ on its ray, found 9\./,
    );
    expect(await withPoints(({ columns }) => ({ columns: withFirst(columns, 59) }))).toMatch(
      /point \d: expected/,
    );
    expect(await withPoints(({ rings }) => ({ rings: withFirst(rings, 24) }))).toContain(
      'point 0: expected rings and columns in order, each once, found ring 24',
    );
    expect(
      await withPoints(({ intensities }) => ({ intensities: withFirst(intensities, 2) })),
    ).toContain('point 0: expected an intensity of 0..1, found 2');
    expect(
      await withPoints(({ trueRanges }) => ({ trueRanges: withFirst(trueRanges, 7) })),
    ).toMatch(/point 0 at 7 m: expected it within the bounds of instance \d+/);
    expect(
      await withPoints(({ categoryIds }) => ({ categoryIds: withFirst(categoryIds, 3) })),
    ).toContain('point 0: expected category');
  });

  it('are told where the record counts or places them otherwise', async () => {
    expect(await withRecord(({ points: count }) => ({ points: count + 1 }))).toMatch(
      /mast\/000000\.npz: expected \d+ points, found \d+/,
    );
    expect(await withRecord(({ lost }) => ({ lost: { ...lost, near: 5 } }))).toContain(
      'expected a point or a reason for each of 24 × 60 rays',
    );
    const moved = await withRecord(({ worldFromLidar }) => ({
      worldFromLidar: worldFromLidar.map((v, i) => (i === 3 ? v + 0.1 : v)),
    }));
    expect(moved).toContain('lidar mast: worldFromLidar: row 0, column 3');
    const shifted = await withRecord(({ instances }) => ({
      instances: instances.map((one) => ({
        ...one,
        lidarFromObject: one.lidarFromObject.map((v, i) => (i === 3 ? v + 0.5 : v)),
      })),
    }));
    expect(shifted).toContain('lidarFromObject: row 0, column 3');
    expect(shifted).toContain('expected it within the bounds of instance');
    expect(await withRecord(() => ({ name: 'other' }))).toContain(
      'lidars[0].name: expected "mast", found "other"',
    );
  });

  it('are told where other files of them differ', async () => {
    const folder = copyOf(sound);
    const bytes = Buffer.from(bytesOf('lidar/mast.bin'));
    bytes.writeFloatLE(3, 0);
    replaceFile(folder, { frame: 0, kind: 'lidar/mast.bin' }, bytes);
    await editLabel(folder, { frame: 0, kind: 'lidar-depth' }, (depth) => withValue(depth, 5, 999));
    const lines = await faultsOf(folder);
    expect(lines[0]).toContain('mast/000000.bin: expected the points of the other file');
    expect(lines[1]).toContain('labels/lidar-depth/000000.png: pixel (5, 0): expected 256ths');
  });
});
