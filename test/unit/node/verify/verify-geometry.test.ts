import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { PointCloud } from '#shared/annotate/point-cloud';
import type { FileKind } from '#shared/formats/frame-record';
import { decodeLabel } from '#node/readers/decode-label';
import { decodePointCloud } from '#node/readers/decode-point-cloud';
import { encodePly } from '#node/writers/encode-ply';
import { encodeFloatImage } from '#node/writers/float-image';
import { inspectStore } from '#node/store/inspect-store';
import { formatProblem } from '#node/verify/problem-list';
import { rerenderFrames } from '#node/verify/rerender-frames';
import { drawBoxes } from '../../../makers/draw-boxes.ts';
import {
  copyOf,
  editInstance,
  editLabel,
  editRecord,
  idsOf,
  linesOf,
  makeEffects,
  makeLoaded,
  makeTrueDataset,
  path,
  readRecord,
  replaceFile,
  REPRODUCE,
  verify,
  withValue,
} from './make-true-dataset.ts';

/** Everything that a frame may have, as float32 too. */
const ALL: Partial<ConfigInput> = {
  frames: 2,
  categories: ['post', 'crate', 'wedge', { name: 'vase', isthing: false }],
  outputs: {
    panoptic: true,
    depth: { png: true, float: 'npz' },
    range: 'exr',
    normals: { png: true, float: 'exr' },
    objectCoordinates: { png: true, float: 'npz' },
    pointCloud: 'ply',
    polygons: true,
  },
};
/** 8 and 16 bits alone, and clouds as NPZ. */
const COARSE: Partial<ConfigInput> = {
  ...ALL,
  frames: 1,
  outputs: {
    normals: { png: true },
    objectCoordinates: { png: true },
    pointCloud: 'npz',
    range: 'npz',
  },
};

let sound: string;
let coarse: string;
beforeAll(async () => {
  sound = await makeTrueDataset(ALL, [0, 1]);
  coarse = await makeTrueDataset(COARSE, [0]);
});

/** Changes the numbers of a float image of frame 0, and tells the journal. */
async function editFloat(
  folder: string,
  kind: FileKind,
  change: (values: Float32Array) => void,
): Promise<void> {
  const file = readRecord(folder, 0).files[kind]?.path ?? '';
  const map = await decodeLabel(file, readFileSync(path(folder, file)));
  const values = Float32Array.from(map.values);
  change(values);
  const { width, height, channels } = map;
  const names = channels === 1 ? ['Y'] : ['R', 'G', 'B'];
  const format = file.endsWith('.exr') ? 'exr' : 'npz';
  const image = { width, height, values, array: 'changed', channels: names };
  replaceFile(folder, { frame: 0, kind }, encodeFloatImage(image, format));
}

function editCloud(folder: string, change: (cloud: PointCloud) => PointCloud): void {
  const file = readRecord(folder, 0).files['point-cloud']?.path ?? '';
  const cloud = decodePointCloud(file, readFileSync(path(folder, file)));
  replaceFile(folder, { frame: 0, kind: 'point-cloud' }, encodePly(change(cloud)));
}

function withFirst<T extends Float32Array | Uint16Array | Uint8Array>(values: T, first: number): T {
  const copy = values.slice() as T;
  copy[0] = first;
  return copy;
}

const labelLines = async (folder: string): Promise<readonly string[]> =>
  linesOf(await verify(folder)).filter((line) => !line.includes('annotations/'));

describe('a dataset with every kind of label', () => {
  it('is sound, in float32 and in 8 and 16 bits alone', async () => {
    expect(Object.keys(readRecord(sound, 0).files).sort()).toEqual(
      [
        ...['depth', 'depth-float', 'instance', 'normals', 'normals-float', 'object-coordinates'],
        ...['object-coordinates-float', 'panoptic', 'point-cloud', 'range', 'rgb', 'semantic'],
      ].sort(),
    );
    expect(linesOf(await verify(sound))).toEqual([]);
    expect(linesOf(await verify(coarse))).toEqual([]);
  });

  it.each([
    { pointCloud: 'ply', depth: { png: false } },
    { range: 'exr', depth: { png: false } },
    { objectCoordinates: { png: true }, normals: { png: true }, depth: { png: false } },
  ] satisfies ConfigInput['outputs'][])('is sound with %o', async (outputs) => {
    const folder = await makeTrueDataset({ ...ALL, frames: 1, outputs }, [0]);
    expect(linesOf(await verify(folder))).toEqual([]);
  });

  it('is the same when it is rendered again, and differs where a normal does', async () => {
    const { manifest, entries } = inspectStore(sound, null);
    if (manifest === null) throw new Error('expected a dataset');
    const loaded = makeLoaded(ALL);
    const again = async (draw: typeof drawBoxes): Promise<readonly string[]> => {
      const options = {
        entries,
        loaded,
        effects: makeEffects(loaded, draw),
        reproduce: (frame: number) => `again ${frame}`,
        signal: new AbortController().signal,
        log: () => undefined,
      };
      const { problems } = await rerenderFrames({ folder: sound, manifest, entries }, options);
      return problems.map(formatProblem);
    };
    expect(await again(drawBoxes)).toEqual([]);
    const lines = await again((plan) => {
      const buffers = drawBoxes(plan);
      if (plan.frame === 0 || buffers.normal === undefined) return buffers;
      const normal = buffers.normal.slice();
      normal.set([0.6, 0, -0.8], 0);
      const depth = withFirst(buffers.depth, 8.5);
      return { ...buffers, normal, depth };
    });
    const kinds = ['depth', 'depth', 'range', 'normals', 'normals', 'point-cloud'];
    expect(lines.map((line) => /labels\/([a-z-]+)\/000001/.exec(line)?.[1]).sort()).toEqual(
      kinds.sort(),
    );
    expect(lines.find((line) => line.includes('normals/000001.exr'))).toContain(
      'found 1 of 1728 that differ, by at most 0.6; the first is (0, 0)',
    );
  });
});

describe('a dataset of a depth sensor', () => {
  const SENSED: Partial<ConfigInput> = {
    ...ALL,
    frames: 1,
    camera: {
      pose: { kind: 'at', position: [0, 1.3, 1.6], target: [0, 0.8, 0] },
      depthSensor: { kind: 'structured-light', farMeters: 20, dropout: 0.1 },
    },
  };

  it('has what it measures beside the true depth, byte for byte as without it', async () => {
    const { depthSensor: _, ...bare } = SENSED.camera ?? { pose: { kind: 'scene', camera: '' } };
    const sensed = await makeTrueDataset(SENSED, [0]);
    const plain = await makeTrueDataset({ ...SENSED, camera: bare }, [0]);
    expect(linesOf(await verify(sensed))).toEqual([]);
    const { 'measured-depth': measured, ...files } = readRecord(sensed, 0).files;
    expect(measured?.path).toBe('labels/measured-depth/000000.png');
    expect(files).toEqual(readRecord(plain, 0).files);
    const map = await decodeLabel('.png', readFileSync(path(sensed, measured?.path ?? '')));
    const depth = readFileSync(path(sensed, 'labels/depth/000000.png'));
    const truth = (await decodeLabel('.png', depth)).values;
    const errors = [...map.values.entries()].filter(([, z]) => z > 0);
    expect(errors.length).toBeGreaterThan(900);
    expect(errors.some(([i, z]) => z !== truth[i])).toBe(true);
  });

  it('tells measured depths that lie beyond its range, or are not the float ones, rounded', async () => {
    const outputs = { measuredDepth: { png: true, float: 'npz' as const } };
    const folder = await makeTrueDataset({ ...SENSED, outputs }, [0]);
    expect(linesOf(await verify(folder))).toEqual([]);
    const target = { frame: 0, kind: 'measured-depth' as const };
    const far = copyOf(folder);
    await editLabel(far, target, (values) => withValue(values, 7, 20_002));
    expect((await labelLines(far))[0]).toContain(
      'labels/measured-depth/000000.png: pixel number 7: expected 0 or 0.4..20 m, found 20.00',
    );
    await editLabel(folder, target, (values) => withValue(values, 7, 1234));
    expect((await labelLines(folder))[0]).toMatch(/measured-depth\/000000\.png: pixel \(7, 0\)/);
  });
});

describe('further label files whose content is not right', () => {
  it('a pixel of another panoptic segment', async () => {
    const folder = copyOf(sound);
    await editLabel(folder, { frame: 0, kind: 'panoptic' }, (rgb) => withValue(rgb, 1, 3));
    expect(await labelLines(folder)).toEqual([
      `error: frame 0: labels/panoptic/000000.png: pixel (0, 0): expected segment 0, found 768. ${REPRODUCE(0)}`,
    ]);
  });

  it('a panoptic image whose colours are in another order', async () => {
    const folder = copyOf(sound);
    await editLabel(folder, { frame: 0, kind: 'panoptic' }, (rgb) =>
      rgb.map((_, i) => rgb[i - (i % 3) + (2 - (i % 3))] ?? 0),
    );
    const [line] = await labelLines(folder);
    expect(line).toMatch(/labels\/panoptic\/000000\.png: pixel .* expected segment/);
  });

  it('a range that is the depth', async () => {
    const folder = copyOf(sound);
    await editFloat(folder, 'range', (range) => range.fill(9, 0, 1));
    expect(await labelLines(folder)).toEqual([
      expect.stringMatching(
        /^error: frame 0: labels\/range\/000000\.exr: pixel \(0, 0\): expected a ray that ends at depth 9 m, found the range 9 m, which ends at [78]\.\d+ m\. Reproduce/,
      ),
    ]);
  });

  it('a range that is off by a centimetre, beside depth of 16 bits', async () => {
    const folder = copyOf(coarse);
    await editFloat(folder, 'range', (range) => range.set([(range[5] ?? 0) + 0.01], 5));
    expect((await labelLines(folder))[0]).toContain(
      'labels/range/000000.npz: pixel (5, 0): expected a ray that ends at depth 9 m',
    );
  });

  it('normals that are too short, face away, or are nothing on a surface', async () => {
    const lines = await Promise.all(
      [
        [0, 0, -0.9],
        [0, 0, 1],
        [0, 0, 0],
      ].map(async (vector) => {
        const folder = copyOf(sound);
        await editFloat(folder, 'normals-float', (normals) => normals.set(vector, 6));
        return labelLines(folder);
      }),
    );
    expect(lines[0]?.[0]).toContain('normals: pixel (2, 0): expected a vector of length 1');
    expect(lines[1]?.[0]).toContain('normals: pixel (2, 0): expected a normal towards the camera');
    expect(lines[2]?.[0]).toContain('normals: pixel (2, 0): expected a vector of length 1');
    for (const [, second] of lines) {
      expect(second).toContain('labels/normals/000000.png: pixel (2, 0): expected the normal');
    }
  });

  it('normals in 8 bits alone whose z points away, or that are too short', async () => {
    const folder = copyOf(coarse);
    await editLabel(folder, { frame: 0, kind: 'normals' }, (rgb) =>
      rgb.map((value, i) => (i % 3 === 2 ? 255 - value : value)),
    );
    expect((await labelLines(folder))[0]).toContain('expected a normal towards the camera');
    const other = copyOf(coarse);
    await editLabel(other, { frame: 0, kind: 'normals' }, (rgb) => withValue(rgb, 2, 60));
    expect((await labelLines(other))[0]).toContain('pixel (0, 0): expected a vector of length 1');
  });

  it('object coordinates whose axes are swapped, are another place, or lie outside of instances', async () => {
    const swapped = copyOf(sound);
    const at = (await idsOf(swapped, 0)).indexOf(1);
    await editFloat(swapped, 'object-coordinates-float', (values) =>
      values.set([values[at * 3 + 1] ?? 0, values[at * 3] ?? 0], at * 3),
    );
    const where = `pixel (${at % 48}, ${Math.floor(at / 48)})`;
    expect((await labelLines(swapped))[0]).toContain(
      `labels/object-coordinates/000000.npz: ${where}: expected where it lies in the box of instance 1`,
    );
    const stray = copyOf(sound);
    await editFloat(stray, 'object-coordinates-float', (values) => values.set([0.5], 0));
    expect((await labelLines(stray))[0]).toContain(
      'pixel (0, 0): expected (0, 0, 0), since there is no instance with bounds, found (0.5, 0, 0)',
    );
    const rounded = copyOf(coarse);
    await editLabel(rounded, { frame: 0, kind: 'object-coordinates' }, (values) =>
      withValue(values, at * 3 + 2, ((values[at * 3 + 2] ?? 0) + 9000) % 65536),
    );
    expect((await labelLines(rounded))[0]).toContain(
      `labels/object-coordinates/000000.png: ${where}: expected where it lies`,
    );
  });

  it('object coordinates that are another pixel’s, where no file has a depth', async () => {
    const outputs = { objectCoordinates: { float: 'npz' as const }, depth: { png: false } };
    const folder = await makeTrueDataset({ ...ALL, frames: 1, outputs }, [0]);
    const at = (await idsOf(folder, 0)).indexOf(1);
    await editFloat(folder, 'object-coordinates-float', (values) =>
      values.copyWithin(at * 3, at * 3 + 3, at * 3 + 6),
    );
    expect((await labelLines(folder))[0]).toContain('expected where it lies in the box');
  });

  it.each<{ what: string; change: (cloud: PointCloud) => PointCloud; text: RegExp }>([
    {
      what: 'a point at another depth',
      change: (cloud) => ({ ...cloud, points: cloud.points.map((v, i) => (i < 3 ? v * 1.01 : v)) }),
      text: /point 0 .*: pixel \(0, 0\): expected the depth 9 m/,
    },
    {
      what: 'a point through the corner of its pixel',
      change: (cloud) => ({
        ...cloud,
        points: withFirst(cloud.points, (cloud.points[0] ?? 0) - 0.05),
      }),
      text: /point 0 .*: expected it on the centre of a pixel, found it at/,
    },
    {
      what: 'points whose y points up',
      change: (cloud) => ({
        ...cloud,
        points: cloud.points.map((v, i) => (i % 3 === 1 ? -v : v)),
      }),
      text: /expected a point of pixel \(0, 0\), found pixel \(0, 35\)/,
    },
    {
      what: 'another instance id',
      change: (cloud) => ({ ...cloud, instanceIds: withFirst(cloud.instanceIds, 1) }),
      text: /point 0 .*: pixel \(0, 0\): expected instance 0, found 1/,
    },
    {
      what: 'another category',
      change: (cloud) => ({ ...cloud, categoryIds: withFirst(cloud.categoryIds, 1) }),
      text: /point 0 .*: pixel \(0, 0\): expected category 0, found 1/,
    },
    {
      what: 'another colour',
      change: (cloud) => ({ ...cloud, colors: withFirst(cloud.colors, 200) }),
      text: /point 0 .*: pixel \(0, 0\): expected the colour 0, 0, 0, found 200, 0, 0/,
    },
    {
      what: 'no last point',
      change: (cloud) => ({ ...cloud, count: cloud.count - 1 }),
      text: /expected a point of pixel \(47, 35\), at depth 9 m, found none/,
    },
  ])('a point cloud with $what', async ({ change, text }) => {
    const folder = copyOf(sound);
    editCloud(folder, change);
    const lines = await labelLines(folder);
    expect(lines).toEqual([expect.stringMatching(text)]);
    expect(lines[0]).toMatch(/^error: frame 0: labels\/point-cloud\/000000\.ply: /);
  });

  it('a point cloud that is cut off, or is none', async () => {
    const folder = copyOf(sound);
    const file = path(folder, 'labels/point-cloud/000000.ply');
    const target = { frame: 0, kind: 'point-cloud' as const };
    replaceFile(folder, target, readFileSync(file).subarray(0, -7));
    expect((await labelLines(folder))[0]).toMatch(
      /expected a point cloud, expected 1728 vertices of 19 bytes, found \d+ bytes\./,
    );
    replaceFile(folder, target, Buffer.from('none'));
    expect((await labelLines(folder))[0]).toContain('expected a point cloud, it is no PLY file.');
  });

  it('a box in space with another size, or a corner that is not projected', async () => {
    const sized = copyOf(sound);
    editInstance(sized, { frame: 0, id: 1 }, (one) => ({
      ...one,
      box3d: one.box3d && { ...one.box3d, size: [1, 1, 1] },
    }));
    expect((await labelLines(sized))[0]).toMatch(
      /instance 1 \(vase\): box3d: expected .* m along x/,
    );
    const moved = copyOf(sound);
    editInstance(moved, { frame: 0, id: 1 }, (one) => ({
      ...one,
      box3d: one.box3d && {
        ...one.box3d,
        corners: one.box3d.corners.map((corner, i) => (i === 5 ? [3, 4] : corner)),
      },
    }));
    expect((await labelLines(moved))[0]).toContain(
      'box3d: corner 5: expected the corner of its pose, found [3, 4]',
    );
    const short = copyOf(sound);
    editInstance(short, { frame: 0, id: 1 }, (one) => ({
      ...one,
      box3d: one.box3d && { ...one.box3d, corners: [] },
    }));
    expect((await labelLines(short))[0]).toContain(
      'instances[0].box3d.corners: expected a list of 8, found []',
    );
  });

  it('a file of a kind that is not asked for', async () => {
    const folder = copyOf(coarse);
    editRecord(folder, 0, (record) => ({
      ...record,
      files: { ...record.files, panoptic: record.files.instance },
    }));
    expect(linesOf(await verify(folder), 'record')[0]).toContain(
      'files.panoptic: expected no such file, found labels/instance/000000.png.',
    );
  });
});
