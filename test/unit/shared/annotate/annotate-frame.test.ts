import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { AnnotationError } from '#shared/core/errors';
import {
  makeInstance,
  makeLabelledFrame,
  translation,
} from '../../../makers/make-labelled-frame.ts';

const DRAWING = `
  11..
  1122
  ...4`;

describe('annotateFrame', () => {
  it('annotates or drops every instance of the plan, with its reason', () => {
    const { plan, buffers } = makeLabelledFrame(DRAWING, 4);
    const annotations = annotateFrame(plan, buffers, { minPixels: 2 });
    expect(
      annotations.instances.map(({ instanceId, bbox, area, segmentation }) => ({
        instanceId,
        bbox,
        area,
        segmentation,
      })),
    ).toEqual([
      // Columns of 3: 2 in, 1 out, 2 in, 7 out: 0, 2, 1, 2 − 2, 7 − 1.
      {
        instanceId: 1,
        bbox: [0, 0, 2, 2],
        area: 4,
        segmentation: { size: [3, 4], counts: '02106' },
      },
      // 7 out, 1 in, 2 out, 1 in, 1 out: 7, 1, 2, 1 − 1, 1 − 2 ('O').
      {
        instanceId: 2,
        bbox: [2, 1, 2, 1],
        area: 2,
        segmentation: { size: [3, 4], counts: '7120O' },
      },
    ]);
    expect(annotations.dropped).toEqual([
      { instanceId: 3, categoryId: 1, visiblePixels: 0, reason: 'outside-or-hidden' },
      { instanceId: 4, categoryId: 1, visiblePixels: 1, reason: 'min-pixels' },
    ]);
  });

  it('takes the pose into the camera: R(−camera) · (object − camera)', () => {
    // Camera at (1, 0, 0) turned by +90° about y: its z axis is the world's x, its x axis the world's −z.
    const worldFromCamera = [0, 0, 1, 1, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 1];
    const { plan, buffers } = makeLabelledFrame('1.', 1);
    const moved = {
      ...plan,
      camera: { ...plan.camera, worldFromCamera },
      instances: [makeInstance(1, { worldFromObject: translation(4, 5, 6), scale: [2, 2, 2] })],
    };
    const [instance] = annotateFrame(moved, buffers, { minPixels: 1 }).instances;
    // Relative to the camera (3, 5, 6): x = −6, y = 5, z = 3.
    expect(instance?.cameraFromObject).toEqual([0, 0, -1, -6, 0, 1, 0, 5, 1, 0, 0, 3, 0, 0, 0, 1]);
    expect(instance?.cameraFromObject.some((v) => Object.is(v, -0))).toBe(false);
    expect(instance?.scale).toEqual([2, 2, 2]);
  });

  it('is plain JSON', () => {
    const { plan, buffers } = makeLabelledFrame(DRAWING, 4);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    expect(JSON.parse(JSON.stringify(annotations))).toEqual(annotations);
  });

  it('counts depth that a 16-bit file cannot hold', () => {
    const { plan, buffers } = makeLabelledFrame(DRAWING, 4);
    const depth = buffers.depth.slice();
    depth.set([65.535, 65.536, 1000, 0], 0);
    const annotations = annotateFrame(plan, { ...buffers, depth }, { minPixels: 1 });
    expect(annotations.depthBeyond16Bit).toBe(2);
  });

  it('is content with a frame without instances', () => {
    const { plan, buffers } = makeLabelledFrame('..', 0);
    expect(annotateFrame(plan, buffers, { minPixels: 1 })).toEqual({
      instances: [],
      dropped: [],
      depthBeyond16Bit: 0,
    });
  });

  it.each([
    {
      why: 'an id above the highest',
      ids: [1, 2, 3],
      message: 'expected an instance id of 0..2, found 3',
    },
    {
      why: 'an id in a gap',
      ids: [1, 2, 5],
      known: [1, 2, 9],
      message: 'found 5 on 1 pixels in box [2, 0, 1, 1]',
    },
    { why: 'an id twice', ids: [1, 1, 1], known: [1, 1], message: 'found 1 twice' },
    {
      why: 'id 0',
      ids: [0, 0, 0],
      known: [0],
      message: 'expected instance ids of 1..65535, found 0',
    },
  ])('refuses $why', ({ ids, known = [1, 2], message }) => {
    const { plan, buffers } = makeLabelledFrame('...', 0);
    const instances = known.map((id) => makeInstance(id));
    const odd = { ...buffers, instanceId: Uint16Array.from(ids) };
    const annotate = () =>
      annotateFrame({ ...plan, instances }, odd, {
        minPixels: 1,
        reproduce: 'npx diorama render x',
      });
    expect(annotate).toThrow(AnnotationError);
    expect(annotate).toThrow(message);
    expect(annotate).toThrow(/^frame 17: .* Reproduce: npx diorama render x$/);
  });

  it('refuses buffers of another size', () => {
    const { plan, buffers } = makeLabelledFrame('..', 0);
    expect(() => annotateFrame(plan, { ...buffers, width: 3 }, { minPixels: 1 })).toThrow(
      'expected buffers of 2×1, found 3×1',
    );
  });
});
