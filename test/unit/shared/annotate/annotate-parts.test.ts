import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import { partsOfAnnotated } from '#shared/annotate/semantic-from-instance';
import type { FramePlan } from '#shared/plan/frame-plan';
import { verifyFrame } from '#shared/verify/verify-frame';
import { makeLabelledFrame } from '../../../makers/make-labelled-frame.ts';
import { makeIds } from '../../../makers/make-mask.ts';

const IDS = `
  1122
  1122
  .1.3`;
const PARTS = `
  72.7
  .277
  .7.2`;
const TABLE: NonNullable<FramePlan['parts']> = [2, 7].map((partId) => ({
  partId,
  categoryId: 1,
  name: partId === 2 ? 'lid' : 'handle',
}));

function makeFrame(partId: Uint16Array | undefined = makeIds(PARTS).ids) {
  const { plan, buffers } = makeLabelledFrame(IDS, 3, { parts: TABLE });
  return { plan, buffers: { ...buffers, partId } as GBuffers };
}

const annotate = ({ plan, buffers }: ReturnType<typeof makeFrame>, minPixels = 1) =>
  annotateFrame(plan, buffers, { minPixels });

describe('parts of instances', () => {
  it('have areas, boxes and masks of their own, in order of id', () => {
    const { instances } = annotate(makeFrame());
    const segmentation = (counts: string) => ({ size: [3, 4], counts });
    expect(instances.map(({ parts }) => parts)).toEqual([
      [
        // Column by column: 3 out, 2 in, 7 out.
        { partId: 2, name: 'lid', area: 2, bbox: [1, 0, 1, 2], segmentation: segmentation('327') },
        // 0 out, 1 in, 4 out, 1 in, 6 out: 0, 1, 4, 1 − 1, 6 − 4.
        {
          partId: 7,
          name: 'handle',
          area: 2,
          bbox: [0, 0, 2, 3],
          segmentation: segmentation('01402'),
        },
      ],
      [
        // 7 out, 1 in, 1 out, 2 in, 1 out: 7, 1, 1, 2 − 1, 1 − 1.
        {
          partId: 7,
          name: 'handle',
          area: 3,
          bbox: [2, 0, 2, 2],
          segmentation: segmentation('71110'),
        },
      ],
      [{ partId: 2, name: 'lid', area: 1, bbox: [3, 2, 1, 1], segmentation: segmentation(';1') }],
    ]);
  });

  it('are empty lists where nothing of them shows, and absent where the plan has none', () => {
    const none = annotate(makeFrame(new Uint16Array(12)));
    expect(none.instances.map(({ parts }) => parts)).toEqual([[], [], []]);
    const { plan, buffers } = makeLabelledFrame(IDS, 3);
    expect(annotateFrame(plan, buffers, { minPixels: 1 }).instances[0]).not.toHaveProperty('parts');
  });

  it('refuse parts without an instance, parts that nobody knows, and plans whose pixels have none', () => {
    const with2 = (index: number, part: number): Uint16Array =>
      Uint16Array.from(makeIds(PARTS).ids, (value, i) => (i === index ? part : value));
    expect(() => annotate(makeFrame(with2(8, 2)))).toThrow(
      'pixel number 8: expected no part where there is no instance, found 2.',
    );
    expect(() => annotate(makeFrame(with2(0, 9)))).toThrow(
      'expected a part of 1..2, found 9 in instance 1.',
    );
    const { plan, buffers } = makeLabelledFrame(IDS, 3, { parts: TABLE });
    expect(() => annotateFrame(plan, buffers, { minPixels: 1 })).toThrow(
      'expected a part image, since the plan has parts, found none.',
    );
  });

  it('leave the part image where their instance is dropped', () => {
    const { ids } = makeIds(IDS);
    const kept = ids.map((id) => (id === 2 ? 0 : id));
    expect([...partsOfAnnotated(makeIds(PARTS).ids, kept)]).toEqual([
      ...[7, 2, 0, 0],
      ...[0, 2, 0, 0],
      ...[0, 7, 0, 2],
    ]);
  });
});

describe('verifyFrame, parts', () => {
  const verify = (change: (frame: ReturnType<typeof makeFrame>) => GBuffers, minPixels = 1) => {
    const frame = makeFrame();
    const annotations = annotate(frame, minPixels);
    const { camera } = frame.plan;
    return () =>
      verifyFrame({ frame: 0, camera, annotations, buffers: change(frame) }, { reproduce: 'r' });
  };
  const changed =
    (index: number, part: number) =>
    ({ buffers }: ReturnType<typeof makeFrame>): GBuffers => ({
      ...buffers,
      partId: buffers.partId?.map((value, i) => (i === index ? part : value)),
    });

  it('passes masks that are the part image, dropped instances apart', () => {
    expect(verify(({ buffers }) => buffers)).not.toThrow();
    // Instance 3 has one pixel, and is dropped.
    expect(verify(({ buffers }) => buffers, 2)).not.toThrow();
  });

  it('refuses a pixel too few, a pixel too many, and no image at all', () => {
    expect(verify(changed(1, 7))).toThrow(
      'instance 1 (crates[0]): part "lid": pixel (1, 0): expected part 2 of instance 1, found 7 of 1.',
    );
    expect(verify(changed(4, 7))).toThrow(
      'part image: pixel (0, 1): expected no part, found part 7 of instance 1.',
    );
    expect(verify(({ buffers: { partId: _, ...rest } }) => rest)).toThrow(
      'expected a part image beside annotated parts, found none.',
    );
  });
});
