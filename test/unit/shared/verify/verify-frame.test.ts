import { describe, expect, it } from 'vitest';
import type { Annotations, GBuffers, InstanceAnnotation } from '#shared/annotate/annotations';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { eraseDropped } from '#shared/annotate/semantic-from-instance';
import { AnnotationError, RenderError } from '#shared/core/errors';
import { rigidFault } from '#shared/verify/check-poses';
import type { FrameUnderTest } from '#shared/verify/frame-under-test';
import { verifyFrame } from '#shared/verify/verify-frame';
import {
  makeInstance,
  makeLabelledFrame,
  translation,
} from '../../../makers/make-labelled-frame.ts';

const REPRODUCE = 'npx diorama render configs/x.yaml --frame 17';
const DRAWING = `
  11..
  1122
  ...2`;

function makeFrame(minPixels = 1): FrameUnderTest {
  const { plan, buffers } = makeLabelledFrame(DRAWING, 2);
  const annotations = annotateFrame(plan, buffers, { minPixels });
  return { frame: plan.frame, camera: plan.camera, buffers, annotations };
}

function withBuffers(changes: Partial<GBuffers>): FrameUnderTest {
  const frame = makeFrame();
  return { ...frame, buffers: { ...frame.buffers, ...changes } };
}

function withFirst(changes: Partial<InstanceAnnotation>): FrameUnderTest {
  const frame = makeFrame();
  const instances = frame.annotations.instances.map((one, i) =>
    i === 0 ? { ...one, ...changes } : one,
  );
  return { ...frame, annotations: { ...frame.annotations, instances } };
}

function withAnnotations(change: (annotations: Annotations) => Annotations): FrameUnderTest {
  const frame = makeFrame();
  return { ...frame, annotations: change(frame.annotations) };
}

const verify = (frame: FrameUnderTest) => () => verifyFrame(frame, { reproduce: REPRODUCE });
const depthWith = (index: number, meters: number): Float32Array =>
  Float32Array.from(makeFrame().buffers.depth, (value, i) => (i === index ? meters : value));
const idsWith = (index: number, id: number): Uint16Array =>
  Uint16Array.from(makeFrame().buffers.instanceId, (value, i) => (i === index ? id : value));
const flat = (red: number, green: number, blue: number): Uint8Array =>
  Uint8Array.from({ length: 48 }, (_, i) => [red, green, blue, 255][i % 4] ?? 0);

describe('verifyFrame', () => {
  it('passes a frame that agrees with itself', () => {
    expect(verify(makeFrame())).not.toThrow();
  });

  it('passes an empty frame, and geometry without a category', () => {
    const { plan, buffers } = makeLabelledFrame('....', 0);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    expect(verify({ frame: 0, camera: plan.camera, buffers, annotations })).not.toThrow();
  });

  it.each([
    {
      what: 'colour',
      frame: withBuffers({ color: new Uint8Array(47) }),
      text: 'colour: expected 48 values',
    },
    {
      what: 'ids',
      frame: withBuffers({ instanceId: new Uint16Array(13) }),
      text: 'id image: expected 12',
    },
    {
      what: 'depth',
      frame: withBuffers({ depth: new Float32Array(0) }),
      text: 'depth: expected 12 values',
    },
  ])('refuses $what of another length', ({ frame, text }) => {
    expect(verify(frame)).toThrow(RenderError);
    expect(verify(frame)).toThrow(text);
  });

  it.each([
    { color: flat(0, 0, 0), advice: 'Nothing was lit' },
    { color: flat(255, 255, 255), advice: 'Everything is white' },
    { color: flat(40, 50, 60), advice: 'every pixel is (40, 50, 60). The camera may' },
  ])('refuses an image of one colour: $advice', ({ color, advice }) => {
    const frame = withBuffers({ color });
    expect(verify(frame)).toThrow(expect.objectContaining({ failure: 'blank' }));
    expect(verify(frame)).toThrow(advice);
    expect(verify(frame)).toThrow(
      /^frame 17: .* Reproduce: npx diorama render configs\/x\.yaml --frame 17$/,
    );
  });

  it('refuses colour that is not opaque', () => {
    const color = makeFrame().buffers.color.slice();
    color[7] = 0;
    expect(verify(withBuffers({ color }))).toThrow('pixel (1, 0): expected alpha 255, found 0');
  });

  it.each([
    {
      frame: withBuffers({ depth: depthWith(2, NaN) }),
      text: 'depth: pixel (2, 0): expected 0 or a finite',
    },
    { frame: withBuffers({ depth: depthWith(2, -1) }), text: 'found -1' },
    { frame: withBuffers({ depth: depthWith(2, Infinity) }), text: 'found Infinity' },
    {
      frame: withBuffers({ depth: depthWith(5, 0) }),
      text: 'pixel (1, 1): expected a depth above 0, found 0 under instance 1',
    },
    {
      frame: withBuffers({ depth: depthWith(2, 80) }),
      text: 'expected 0 pixels beyond 65.535 m, found 1',
    },
    {
      frame: withBuffers({ depth: depthWith(5, 3.2) }),
      text: 'pixel (1, 1) at depth 3.200000047683716 m: expected z within -1..1 m',
    },
    {
      frame: withBuffers({ instanceId: idsWith(2, 3) }),
      text: 'pixel (2, 0): expected an instance id of 0..2, found 3',
    },
    {
      frame: withBuffers({ instanceId: idsWith(2, 1) }),
      text: 'expected the area 4 of its label and at least 1, found 5',
    },
    { frame: withFirst({ area: 5 }), text: 'instance 1 (crates[0]): expected the area 5' },
    {
      frame: withFirst({ bbox: [0, 0, 3, 2] }),
      text: 'expected the box [0, 0, 3, 2] of its label, found [0, 0, 2, 2]',
    },
    {
      frame: withFirst({ segmentation: { size: [4, 3], counts: '02106' } }),
      text: 'expected size [3, 4], found [4, 3]',
    },
    // One pixel further down: 1 out, 2 in, …
    {
      frame: withFirst({ segmentation: { size: [3, 4], counts: '12105' } }),
      text: 'mask: pixel (0, 2): expected id 1, found 0',
    },
    { frame: withFirst({ segmentation: { size: [3, 4], counts: '02h0' } }), text: 'mask: ' },
    {
      frame: withFirst({ segmentation: { size: [3, 4], counts: '02:' } }),
      text: 'mask: expected 4 pixels, found 2',
    },
    {
      frame: withFirst({ segmentation: { size: [3, 4], counts: '0210' } }),
      text: 'mask: expected runs of 12 pixels, found 5',
    },
    {
      frame: withFirst({ instanceId: 2 }),
      text: 'instances: expected ids 1..2, each once, found 2 in place of 1',
    },
    {
      frame: withFirst({ cameraFromObject: translation(9, 0, 2) }),
      text: 'expected x within -2..2 m of the object',
    },
    {
      frame: withFirst({ cameraFromObject: [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 1] }),
      text: 'Scale belongs beside the pose',
    },
    {
      frame: withFirst({ cameraFromObject: [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1] }),
      text: 'mirrored',
    },
    {
      frame: withFirst({ scale: [1, 0, 1] }),
      text: 'scale: expected three finite numbers other than 0, found [1, 0, 1]',
    },
    {
      frame: withFirst({ scale: [0.3, 1, 1] }),
      text: 'expected x within -0.6..0.6 m of the object',
    },
    {
      frame: withAnnotations((a) => ({ ...a, instances: a.instances.slice(0, 1) })),
      text: 'expected an instance id of 0..1, found 2',
    },
    {
      frame: withAnnotations((a) => ({
        ...a,
        dropped: [{ instanceId: 3, categoryId: 1, visiblePixels: 4, reason: 'min-pixels' }],
      })),
      text: 'dropped instance 3: expected 4 visible pixels, found 0',
    },
  ])('refuses: $text', ({ frame, text }) => {
    expect(verify(frame)).toThrow(AnnotationError);
    expect(verify(frame)).toThrow(text);
    expect(verify(frame)).toThrow(/Reproduce: npx diorama render configs\/x\.yaml --frame 17$/);
  });

  it('lifts pixels by the camera: x = (u + ½ − cx) / fx · z', () => {
    // Instance 2 at (2, 1), (3, 1), (3, 2): rays 0.125, 0.375 wide and 0, 0.25 high, at 2 m.
    const tight = makeInstance(2, { bounds: { min: [0.25, 0, 0], max: [0.75, 0.5, 0] } });
    const { plan, buffers } = makeLabelledFrame(DRAWING, 1);
    const fitting = { ...plan, instances: [makeInstance(1), tight] };
    const check = (plan: typeof fitting) => () =>
      verifyFrame(
        { ...plan, buffers, annotations: annotateFrame(plan, buffers, { minPixels: 1 }) },
        { reproduce: REPRODUCE },
      );
    expect(check(fitting)).not.toThrow();
    // 4 mm less than needed, where 1 mm + 0.1 % of 2 m = 3 mm are allowed.
    const short = makeInstance(2, { bounds: { min: [0.254, 0, 0], max: [0.75, 0.5, 0] } });
    expect(check({ ...plan, instances: [makeInstance(1), short] })).toThrow(
      'expected x within 0.254..0.75 m',
    );
    const unknown = makeInstance(2, { bounds: null });
    expect(check({ ...plan, instances: [makeInstance(1), unknown] })).not.toThrow();
  });

  it('judges files by what files may hold', () => {
    const frame = makeFrame(4);
    expect(frame.annotations.dropped).toHaveLength(1);
    const instanceId = eraseDropped(frame.buffers.instanceId, frame.annotations.dropped);
    const files = { ...frame, buffers: { ...frame.buffers, instanceId } };
    expect(() => verifyFrame(files, { reproduce: REPRODUCE, source: 'files' })).not.toThrow();
    expect(verify(files)).toThrow('dropped instance 2: expected 3 visible pixels, found 0');
    const depth = depthWith(0, 0);
    const far = { ...files, buffers: { ...files.buffers, depth } };
    expect(() => verifyFrame(far, { reproduce: REPRODUCE, source: 'files' })).toThrow(
      'expected a depth',
    );
    const counted = { ...far, annotations: { ...far.annotations, depthBeyond16Bit: 1 } };
    expect(() => verifyFrame(counted, { reproduce: REPRODUCE, source: 'files' })).not.toThrow();
  });

  it('refuses intrinsics that cannot be divided by', () => {
    const frame = makeFrame();
    const camera = { ...frame.camera, intrinsics: { ...frame.camera.intrinsics, fx: 0 } };
    expect(verify({ ...frame, camera })).toThrow('camera: expected fx, fy above 0');
    const scaled = { ...frame.camera, worldFromCamera: translation(0, 0, 0).map((v) => v * 2) };
    expect(verify({ ...frame, camera: scaled })).toThrow(
      'camera: worldFromCamera: expected the last row',
    );
  });
});

describe('rigidFault', () => {
  it('allows an error of 1e-6 and no more', () => {
    const stretched = (by: number) => [1 + by, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    expect(rigidFault(stretched(4e-7))).toBeNull();
    expect(rigidFault(stretched(6e-7))).toContain('columns 0 and 0');
    expect(rigidFault([0, 0, 1, 5, 1, 0, 0, 6, 0, 1, 0, 7, 0, 0, 0, 1])).toBeNull();
    expect(rigidFault([NaN])).toContain('expected 16 finite numbers, found 1');
  });
});
