import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { Box3d, InstanceAnnotation } from '#shared/annotate/annotations';
import type { Mat4 } from '#shared/core/geometry';
import type { FrameUnderTest } from '#shared/verify/frame-under-test';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeInstance, makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';

/** Turned by a quarter about x and mirrored: every axis and sign counts. */
const TURNED: Mat4 = [1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 2, 0, 0, 0, 1];

function makeFrame(): FrameUnderTest {
  const { plan, buffers } = makeLabelledFrame('11\n11', 1);
  const instance = makeInstance(1, {
    worldFromObject: TURNED,
    scale: [1, -1, 2],
    bounds: { min: [-2, -2, -1], max: [2, 2.5, 1] },
  });
  const normal = Float32Array.from({ length: 12 }, (_, i) => (i % 3 === 2 ? -1 : 0));
  const annotations = annotateFrame({ ...plan, instances: [instance] }, buffers, { minPixels: 1 });
  return { frame: 17, camera: plan.camera, buffers: { ...buffers, normal }, annotations };
}

const verify = (frame: FrameUnderTest) => () => verifyFrame(frame, { reproduce: 'again' });

function withInstance(change: (one: InstanceAnnotation) => InstanceAnnotation): FrameUnderTest {
  const frame = makeFrame();
  const { annotations } = frame;
  return {
    ...frame,
    annotations: { ...annotations, instances: annotations.instances.map(change) },
  };
}

const withBox = (change: (box: Box3d) => Box3d): FrameUnderTest =>
  withInstance((one) => ({ ...one, box3d: one.box3d && change(one.box3d) }));

const withNormal = (pixel: number, vector: readonly number[]): FrameUnderTest => {
  const frame = makeFrame();
  const normal = Float32Array.from(frame.buffers.normal ?? []);
  normal.set(vector, pixel * 3);
  return { ...frame, buffers: { ...frame.buffers, normal } };
};

const swap = ({ corners, ...box }: Box3d, a: number, b: number): Box3d => ({
  ...box,
  corners: corners.map((corner, i) => corners[i === a ? b : i === b ? a : i] ?? corner),
});

describe('verifyFrame', () => {
  it('passes boxes and normals that agree with pose and depth', () => {
    expect(verify(makeFrame())).not.toThrow();
  });

  it('passes a box that reaches behind the camera', () => {
    const frame = makeFrame();
    // The object's y runs along depth, from 2 − 2.5 m.
    expect(frame.annotations.instances[0]?.box3d?.corners.filter((c) => c === null)).toHaveLength(
      4,
    );
  });

  it.each([
    {
      frame: withBox((box) => ({ ...box, size: [4, 4, 4] })),
      text: 'm along y, found -2.25..1.75',
    },
    {
      frame: withBox((box) => ({ ...box, center: [0, 0.25, 0] })),
      text: 'expected -2.5..2 m along y',
    },
    { frame: withBox((box) => swap(box, 2, 3)), text: 'corner 2: expected the corner of its pose' },
    {
      frame: withBox((box) => swap(box, 0, 2)),
      text: 'corner 0: expected null, since it is behind',
    },
    {
      frame: withBox((box) => ({ ...box, corners: box.corners.map(() => null) })),
      text: 'corner 2: expected a place on the image, since it is 4 m ahead, found null',
    },
    {
      frame: withBox(({ corners, ...box }) => ({ ...box, corners: corners.slice(1) })),
      text: 'expected 8 corners, found 7',
    },
    {
      frame: withInstance(({ box3d: _, ...one }) => one),
      text: 'expected a box exactly where there are bounds, found bounds alone',
    },
  ])('refuses a box: $text', ({ frame, text }) => {
    expect(verify(frame)).toThrow(text);
    expect(verify(frame)).toThrow(
      /^frame 17: instance 1 \(crates\[0\]\): box3d: .* Reproduce: again$/,
    );
  });

  it.each([
    { frame: withNormal(2, [0, 0, -0.9]), text: 'pixel (0, 1): expected a vector of length 1' },
    { frame: withNormal(1, [0, 0, 0]), text: 'pixel (1, 0): expected a vector of length 1' },
    { frame: withNormal(1, [NaN, 0, -1]), text: 'pixel (1, 0): expected a vector of length 1' },
    { frame: withNormal(3, [0, 0, 1]), text: 'pixel (1, 1): expected a normal towards the camera' },
    // The ray of pixel (1, 0) goes right: a normal to the right that leans back too little faces away.
    { frame: withNormal(1, [Math.sqrt(0.96), 0, -0.2]), text: 'towards the camera, found (0.979' },
  ])('refuses normals: $text', ({ frame, text }) => {
    expect(verify(frame)).toThrow(text);
  });

  it('refuses normals of another length', () => {
    const frame = makeFrame();
    const short = { ...frame, buffers: { ...frame.buffers, normal: new Float32Array(11) } };
    expect(verify(short)).toThrow('normals: expected 12 values for 2×2, found 11');
  });
});
