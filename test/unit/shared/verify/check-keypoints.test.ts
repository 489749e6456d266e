import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { KeypointAnnotation } from '#shared/annotate/annotations';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeInstance, makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';

/** Instance 1 at 2 m; the point is at pixel (1, 0), on its surface or 0.5 m below. */
function verify(change: (keypoint: KeypointAnnotation) => Partial<KeypointAnnotation>, z = 0) {
  const { plan, buffers } = makeLabelledFrame('11..\n1122\n...2', 2);
  const share = (2 + z) / 2;
  const keypoints = {
    selfOcclusionMeters: 0,
    points: [{ name: 'rim', point: [-0.5 * share, -0.5 * share, z] as const }],
  };
  const instances = [makeInstance(1, { keypoints }), makeInstance(2)];
  const annotations = annotateFrame({ ...plan, instances }, buffers, { minPixels: 1 });
  const changed = annotations.instances.map((instance) => ({
    ...instance,
    ...(instance.keypoints && {
      keypoints: instance.keypoints.map((one) => ({ ...one, ...change(one) })),
    }),
  }));
  const frame = { frame: 17, camera: plan.camera, buffers };
  return () =>
    verifyFrame(
      { ...frame, annotations: { ...annotations, instances: changed } },
      { reproduce: 'r' },
    );
}

describe('verifyFrame, keypoints', () => {
  it('passes points on the surface and below it', () => {
    expect(verify(() => ({}))).not.toThrow();
    expect(verify(() => ({}), 0.5)).not.toThrow();
    expect(verify(() => ({ x: 1.0009 }))).not.toThrow();
  });

  it.each([
    {
      change: { x: 1.002 },
      text: 'expected 1, 0.5, where its point is projected, found 1.002, 0.5',
    },
    { change: { y: -1 }, text: 'expected a place inside 4×3, found 1, -1' },
    { change: { v: 0 as const }, text: 'expected x = y = 0 where v is 0, found 1, 0.5' },
    { change: { x: 0, y: 0, v: 0 as const }, text: 'expected v above 0, as it is in the image' },
    { change: { point: null }, text: 'expected v = 0, as its point is not in the image' },
    { change: { v: 1 as const }, text: 'expected something before it where v is 1, found 2 m' },
  ])('refuses $text', ({ change, text }) => {
    expect(verify(() => change)).toThrow(`instance 1 (crates[0]): keypoint "rim": ${text}`);
  });

  it('refuses a hidden point that is said to be visible behind another instance', () => {
    // Pixel (2, 1) shows instance 2 at 2 m; the point there is at 2.5 m.
    const behind = { x: 2.4, y: 1.5, v: 2 as const, point: [0.25, 0, 0.5] as const };
    expect(verify(() => behind)).toThrow('expected nothing before it where v is 2, found 2 m');
    expect(verify(() => ({ ...behind, v: 1 }))).not.toThrow();
  });
});
