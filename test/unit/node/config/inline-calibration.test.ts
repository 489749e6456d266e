import { copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '#node/config/load-config';
import { parseCalibration } from '#shared/config/parse-calibration';
import { statedIntrinsics } from '#shared/config/stated-intrinsics';
import { ConfigError, formatIssue } from '#shared/core/errors';
import { lensFault } from '#shared/core/lens-limits';

const FIXTURES = 'test/fixtures/calibration';
let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'diorama-calibration-')));
  for (const name of ['opencv.yml', 'ros.yaml'])
    await copyFile(join(FIXTURES, name), join(folder, name));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function loadWith(file: string, image = '{ width: 640, height: 480 }') {
  await writeFile(join(folder, 'scene.yaml'), 'x');
  await writeFile(
    join(folder, 'config.yaml'),
    `configVersion: 1
name: calibrated
scene: scene.yaml
frames: 1
categories: [mug]
image: ${image}
camera:
  pose: { kind: at, position: [0, 1, 3], target: [0, 0, 0] }
  lens: { kind: calibration, file: ${file} }
`,
  );
  return loadConfig({ path: join(folder, 'config.yaml') });
}

async function problemOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(formatIssue).join('\n');
  }
}

describe('a calibration of a fisheye that sees beyond 80°', () => {
  it('is a wide lens of the same numbers', async () => {
    await writeFile(
      join(folder, 'wide.yaml'),
      `image_width: 640
image_height: 480
distortion_model: equidistant
camera_matrix: { rows: 3, cols: 3, data: [200, 0, 319.5, 0, 200, 239.5, 0, 0, 1] }
distortion_coefficients: { rows: 1, cols: 4, data: [0.01, -0.002, 0, 0] }
`,
    );
    const { config } = await loadWith('wide.yaml');
    const intrinsics = statedIntrinsics(config.camera.lens, config.image);
    expect(intrinsics).toEqual({
      ...{ fx: 200, fy: 200, cx: 320, cy: 240 },
      distortion: { model: 'kannala-brandt', coefficients: [0.01, -0.002, 0, 0], wide: true },
    });
    expect(intrinsics && lensFault(intrinsics, config.image)).toBeNull();
  });
});

describe('a calibration of OpenCV', () => {
  it('is loaded as FileStorage wrote it, half a pixel further, since its origin is a centre', async () => {
    const { config, files } = await loadWith('opencv.yml');
    expect(config.camera.lens).toEqual({
      kind: 'intrinsics',
      fx: 535.91573396163199,
      fy: 535.91573396163199,
      cx: 322.28315473308373 + 0.5,
      cy: 235.50082909788191 + 0.5,
      distortion: {
        kind: 'brown-conrady',
        k1: -0.26637260909660682,
        k2: -0.038588898922304653,
        p1: 0.0017831947042852964,
        p2: -0.00028122100441115472,
        k3: 0.23839153080878486,
      },
    });
    expect(files.map((file) => file.split('/').at(-1))).toContain('opencv.yml');
  });

  it('may be that of a view of a rig', async () => {
    const own = 'rig: { views: { a: {}, b: { lens: { kind: calibration, file: ros.yaml } } } }';
    const { config, files } = await loadWith(`opencv.yml }\n  ${own}\n#`);
    expect(config.camera.lens).toMatchObject({ fx: 535.91573396163199 });
    expect(config.camera.rig?.views['b']?.lens).toMatchObject({
      kind: 'intrinsics',
      fx: 430.15433,
    });
    expect(config.camera.rig?.views['a']?.lens).toBeUndefined();
    expect(files.map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['opencv.yml', 'ros.yaml']),
    );
  });

  it('must be of an image as large as the one that is asked for', async () => {
    const found = await problemOf(() => loadWith('opencv.yml', '{ width: 800, height: 600 }'));
    expect(found).toContain('expected an image of 640×480');
    expect(found).toContain('found 800×600');
  });
});

describe('a calibration of ROS', () => {
  it('is loaded as camera_calibration wrote it', async () => {
    const { config } = await loadWith('ros.yaml');
    expect(config.camera.lens).toMatchObject({
      fx: 430.15433,
      cx: 307.19,
      cy: 227.72,
      distortion: { k1: -0.337586, k2: 0.111948, p1: -0.000217, p2: 0.000627, k3: 0 },
    });
  });

  it('is read from a message too, with eight coefficients', () => {
    const text = `width: 640
height: 480
distortion_model: rational_polynomial
d: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
k: [500.0, 0.0, 320.0, 0.0, 510.0, 240.0, 0.0, 0.0, 1.0]
binning_x: 0
roi: { x_offset: 0, y_offset: 0, height: 0, width: 0, do_rectify: false }
`;
    expect(parseCalibration(text, 'message')).toEqual({
      fx: 500,
      fy: 510,
      cx: 320.5,
      cy: 240.5,
      model: 'brown-conrady',
      coefficients: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
      size: { width: 640, height: 480 },
    });
  });
});

describe('a fisheye', () => {
  it.each(['fisheye_model: 1', 'distortion_model: equidistant'])('is one by %s', (model) => {
    const text = `${model}
camera_matrix: { data: [300, 0, 320, 0, 300, 240, 0, 0, 1] }
distortion_coefficients: { data: [-0.01, 0.02, 0, 0.001] }
`;
    expect(parseCalibration(text, 'fisheye')).toMatchObject({
      model: 'kannala-brandt',
      coefficients: [-0.01, 0.02, 0, 0.001],
    });
  });
});

describe('what is not understood', () => {
  const MATRIX = 'camera_matrix: { data: [500, 0, 320, 0, 500, 240, 0, 0, 1] }\n';
  it.each([
    ['no matrix', 'D: [0]\n', 'expected camera_matrix, found none'],
    [
      'a skew',
      'K: [500, 2, 320, 0, 500, 240, 0, 0, 1]\n',
      'expected [fx, 0, cx, 0, fy, cy, 0, 0, 1]',
    ],
    ['a matrix of another size', 'K: [500, 0, 320]\n', 'expected 9 numbers'],
    ['a model that nobody knows', `${MATRIX}distortion_model: ftheta\n`, 'found "ftheta"'],
    [
      'a fisheye without coefficients',
      `${MATRIX}fisheye_model: 1\n`,
      'expected distortion_coefficients',
    ],
    ['seven coefficients', `${MATRIX}D: [0, 0, 0, 0, 0, 0, 0]\n`, 'found 7'],
    [
      'a tilted sensor',
      `${MATRIX}D: [0,0,0,0,0,0,0,0,0,0,0,0,0.1,0]\n`,
      'expected a sensor that is not tilted',
    ],
    ['texts', `${MATRIX}D: [0, x, 0, 0]\n`, 'expected numbers, found "x"'],
    ['a part of the image', `${MATRIX}roi: { x_offset: 8 }\n`, 'expected the whole image'],
    ['joined pixels', `${MATRIX}binning_x: 2\n`, 'expected pixels as the sensor has them'],
  ])('is refused with its place: %s', async (_, text, expected) => {
    const found = await problemOf(() => parseCalibration(text, 'camera.yaml'));
    expect(found).toContain('camera.yaml');
    expect(found).toContain(expected);
  });

  it('is a file that is not there', async () => {
    expect(await problemOf(() => loadWith('opencv.yaml'))).toContain('calibration not found');
  });
});
