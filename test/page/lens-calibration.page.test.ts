import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePool } from '#node/browser/page-pool';
import type { Intrinsics, Vec2, Vec3 } from '#shared/core/geometry';
import { worldFromLookAt } from '#shared/core/look-at';
import { invertAffine, transformPoint } from '#shared/core/matrix';
import { projectPoint } from '#shared/core/pinhole';
import type { FramePlan } from '#shared/plan/frame-plan';
import { loadOpenCv, type OpenCv } from '../makers/load-opencv.ts';
import { makeFramePlan } from '../makers/make-frame-plan.ts';
import { BOARD_CORNERS, CHECKERBOARD, findCorner } from './support/checkerboard.ts';
import { makePaint, withMaterials } from './support/made-plans.ts';
import { openTestPool, renderPlan, requireOpen } from './support/open-test-pool.ts';

const SIZE = { width: 320, height: 240 };
const LENS: Intrinsics = {
  fx: 260,
  fy: 256,
  cx: 163.2,
  cy: 117.6,
  distortion: { model: 'brown-conrady', coefficients: [-0.24, 0.06, 0.001, -0.0015, 0] },
};

/** Views of the board: where from, where to, and the roll, degrees. */
const VIEWS: readonly (readonly [Vec3, Vec3, number])[] = [
  [[0, 0, 0.42], [0, 0, 0], 0],
  [[0.25, 0.05, 0.4], [0.02, 0, 0], 5],
  [[-0.25, -0.1, 0.4], [-0.02, 0, 0], -8],
  [[0.05, 0.28, 0.36], [0, 0.03, 0], 12],
  [[-0.05, -0.28, 0.36], [0, -0.03, 0], 90],
  [[0.12, 0.1, 0.36], [0.1, 0.06, 0], 20],
  [[-0.12, 0.1, 0.36], [-0.1, 0.06, 0], -20],
  [[0.12, -0.1, 0.36], [0.1, -0.06, 0], 40],
  [[-0.12, -0.1, 0.36], [-0.1, -0.06, 0], 180],
  [[0.2, 0.2, 0.42], [0, 0, 0], -35],
];

function viewOf([from, to, roll]: (typeof VIEWS)[number]): FramePlan {
  const plan = makeFramePlan({
    size: SIZE,
    intrinsics: LENS,
    shapes: CHECKERBOARD,
    worldFromCamera: worldFromLookAt(from, to, roll),
  });
  return {
    ...withMaterials(
      plan,
      CHECKERBOARD.map(() => makePaint([1, 1, 1])),
    ),
    environment: { ...plan.environment, background: { kind: 'color', color: [0, 0, 0] } },
    sensor: { ...plan.sensor, exposure: 0.7 },
    render: { ...plan.render, subframes: 16 },
  };
}

type Found = Readonly<{ board: readonly Vec3[]; image: readonly Vec2[] }>;

type Calibrated = Readonly<{ rms: number; lens: Intrinsics }>;

/** OpenCV's calibration from corners in its pixels, whose origin is the centre of the first. */
function calibrate(cv: OpenCv, views: readonly Found[]): Calibrated {
  const [objects, images] = [new cv.MatVector(), new cv.MatVector()];
  for (const { board, image } of views) {
    objects.push_back(cv.matFromArray(board.length, 1, cv.CV_32FC3, board.flat()));
    const places = image.flatMap(([x, y]) => [x - 0.5, y - 0.5]);
    images.push_back(cv.matFromArray(image.length, 1, cv.CV_32FC2, places));
  }
  const [K, D, stdIntrinsics, stdExtrinsics, errors] = [1, 2, 3, 4, 5].map(() => new cv.Mat());
  const rms = cv.calibrateCameraExtended(
    objects,
    images,
    new cv.Size(SIZE.width, SIZE.height),
    K,
    D,
    new cv.MatVector(),
    new cv.MatVector(),
    stdIntrinsics,
    stdExtrinsics,
    errors,
    // The lens has none: fitted all the same, it trades with the focal lengths.
    cv.CALIB_FIX_K3,
    new cv.TermCriteria(cv.TermCriteria_COUNT + cv.TermCriteria_EPS, 100, 1e-12),
  );
  const [fx = NaN, , cx = NaN, , fy = NaN, cy = NaN] = K?.data64F ?? [];
  const coefficients = [...(D?.data64F ?? [])];
  const distortion = { model: 'brown-conrady', coefficients } as const;
  return { rms, lens: { fx, fy, cx: cx + 0.5, cy: cy + 0.5, distortion } };
}

describe('a checkerboard seen through a lens', () => {
  let pool: PagePool | undefined;
  let cv: OpenCv;
  beforeAll(async () => {
    pool = await openTestPool('mesa');
    ({ cv } = await loadOpenCv());
  });
  afterAll(() => pool?.close());

  it('is calibrated by OpenCV to the lens: focal lengths to 0.1 %, every place to 0.1 px', async () => {
    const views: Found[] = [];
    let [corners, off] = [0, 0];
    for (const view of VIEWS) {
      const plan = viewOf(view);
      const image = await renderPlan(requireOpen(pool), plan);
      const cameraFromWorld = invertAffine(plan.camera.worldFromCamera);
      const found = BOARD_CORNERS.flatMap((corner) => {
        const place = projectPoint(LENS, transformPoint(cameraFromWorld, corner));
        // A pixel beside it: what is found is the image's own.
        const seen = place && findCorner(image, [place.x + 0.6, place.y - 0.5]);
        if (!place || !seen) return [];
        off += Math.hypot(seen[0] - place.x, seen[1] - place.y) ** 2;
        return [{ corner, seen }];
      });
      corners += found.length;
      views.push({
        board: found.map(({ corner }) => corner),
        image: found.map(({ seen }) => seen),
      });
    }
    expect(corners).toBeGreaterThan(300);
    const { rms, lens } = calibrate(cv, views);
    console.info(
      `${corners} corners, ${Math.sqrt(off / corners).toFixed(4)} px from the model; calibrated: rms ${rms.toFixed(4)} px, fx ${lens.fx.toFixed(3)}, fy ${lens.fy.toFixed(3)}, cx ${lens.cx.toFixed(3)}, cy ${lens.cy.toFixed(3)}, ${lens.distortion?.coefficients.map((c) => c.toFixed(5)).join(' ')}`,
    );
    expect(rms).toBeLessThan(0.1);
    expect(Math.abs(lens.fx / LENS.fx - 1)).toBeLessThan(1e-3);
    expect(Math.abs(lens.fy / LENS.fy - 1)).toBeLessThan(1e-3);
    expect(Math.hypot(lens.cx - LENS.cx, lens.cy - LENS.cy)).toBeLessThan(0.2);
    for (let x = -0.55; x <= 0.55; x += 0.1)
      for (let y = -0.4; y <= 0.4; y += 0.1) {
        const [truth, fitted] = [LENS, lens].map((each) => projectPoint(each, [x, y, 1]));
        const differs = Math.hypot(
          (truth?.x ?? NaN) - (fitted?.x ?? NaN),
          (truth?.y ?? NaN) - (fitted?.y ?? NaN),
        );
        expect(differs).toBeLessThan(0.25);
      }
  });
});
