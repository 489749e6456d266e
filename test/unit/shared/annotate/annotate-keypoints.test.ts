import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { keypointTolerance } from '#shared/annotate/annotate-keypoints';
import type { KeypointAnnotation } from '#shared/annotate/annotations';
import type { Vec3 } from '#shared/core/geometry';
import type { PlanInstance } from '#shared/plan/frame-plan';
import { makeInstance, makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';

/** Instances at 2 m, background at 3 m; focal length 4, principal point (2, 1.5); objects at (0, 0, 2). */
const DRAWING = `
  11..
  1122
  ...2`;

function keypointsOf(
  points: Readonly<Record<string, Vec3 | null>>,
  changes: Partial<PlanInstance> & Readonly<{ selfOcclusionMeters?: number }> = {},
): readonly KeypointAnnotation[] {
  const { plan, buffers } = makeLabelledFrame(DRAWING, 2);
  const { selfOcclusionMeters = 0, ...rest } = changes;
  const keypoints = {
    selfOcclusionMeters,
    points: Object.entries(points).map(([name, point]) => ({ name, point })),
  };
  const instances = [makeInstance(1, { keypoints, ...rest }), makeInstance(2)];
  const [first, second] = annotateFrame({ ...plan, instances }, buffers, {
    minPixels: 1,
  }).instances;
  expect(second).not.toHaveProperty('keypoints');
  return first?.keypoints ?? [];
}

const place = ({ x, y, v }: KeypointAnnotation): readonly number[] => [x, y, v];

describe('keypoints of an instance', () => {
  it('are projected to a fraction of a pixel, in the order of the list', () => {
    const found = keypointsOf({ rim: [-0.5, -0.5, 0], base: [-0.7, 0.1, 0] });
    expect(found.map(({ name }) => name)).toEqual(['rim', 'base']);
    // 4 · (−0.5) / 2 + 2 = 1 and 4 · (−0.5) / 2 + 1.5 = 0.5; 2 − 1.4 and 1.5 + 0.2.
    expect(found.map(place)).toEqual([
      [1, 0.5, 2],
      [expect.closeTo(0.6, 12), expect.closeTo(1.7, 12), 2],
    ]);
    expect(found[0]?.point).toEqual([-0.5, -0.5, 0]);
  });

  it('are scaled with their object', () => {
    const [point] = keypointsOf({ p: [-0.25, -0.5, 0] }, { scale: [2, 1, 3] });
    expect(point && place(point)).toEqual([1, 0.5, 2]);
  });

  it('are 0 outside the image, behind the camera, outside its range, and where there is none', () => {
    const found = keypointsOf({
      right: [2, 0, 0],
      rightEdge: [1, 0, 0],
      behind: [0, 0, -3],
      tooNear: [0, 0, -1.95],
      tooFar: [0, 0, 99],
      none: null,
    });
    for (const keypoint of found) expect(place(keypoint)).toEqual([0, 0, 0]);
    expect(found.at(-1)?.point).toBeNull();
    // The left edge belongs to the image: 4 · (−1) / 2 + 2 = 0.
    expect(keypointsOf({ leftEdge: [-1, -0.5, 0] }).map(place)).toEqual([[0, 0.5, 2]]);
  });

  it('are visible within 1 % of their depth behind a surface, hidden beyond', () => {
    // Depths 2.02 and 2.021, whose tolerances are 0.0202 and 0.02021, behind a surface at 2.
    const found = keypointsOf({ near: [-0.5, -0.5, 0.02], far: [-0.5, -0.5, 0.021] });
    expect(found.map(({ v }) => v)).toEqual([2, 1]);
    expect([0.3, 0.5, 1, 4].map(keypointTolerance)).toEqual([0.005, 0.005, 0.01, 0.04]);
  });

  it('are visible before the background that their pixel shows', () => {
    // Pixel (3, 0) shows background at 3 m; the point is at 2 m.
    expect(keypointsOf({ beside: [0.75, -0.5, 0] }).map(place)).toEqual([[3.5, 0.5, 2]]);
  });

  it('may lie as deep below their own surface as the list says, and no deeper', () => {
    // Both at pixel (1, 0) of instance 1: depths 2.5 and 2.6 behind its surface at 2.
    const points = { joint: [-0.625, -0.625, 0.5], deep: [-0.65, -0.65, 0.6] } as const;
    const visible = (selfOcclusionMeters: number, scale: Vec3 = [1, 1, 1]): readonly number[] =>
      keypointsOf(points, { selfOcclusionMeters, scale }).map(({ v }) => v);
    expect(visible(0)).toEqual([1, 1]);
    expect(visible(0.55)).toEqual([2, 1]);
    expect(visible(0.65)).toEqual([2, 2]);
    // The depth grows with the object: at a scale of 1.1, points at 2.55 and 2.66, and 0.55 becomes 0.605.
    expect(visible(0.55, [1.1, 1.1, 1.1])).toEqual([2, 1]);
  });

  it('are hidden behind another instance, however deep their own may be', () => {
    // 4 · 0.25 / 2.5 + 2 = 2.4: pixel (2, 1), which shows instance 2 at 2 m.
    const found = keypointsOf({ p: [0.25, 0, 0.5] }, { selfOcclusionMeters: 10 });
    expect(found.map(place)).toEqual([[2.4, 1.5, 1]]);
  });
});
