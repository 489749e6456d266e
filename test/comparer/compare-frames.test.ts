import { describe, expect, it } from 'vitest';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import type { GBuffers } from '#shared/annotate/annotations';
import {
  COLOR_PIXELS_BEYOND,
  COLOR_THRESHOLD,
  compareFrames,
  DEPTH_METERS,
  findBlankness,
  type GoldenFrame,
} from '../golden/compare-frames.ts';
import { makeLabelledFrame } from '../makers/make-labelled-frame.ts';

const DRAWING = `
  ........
  .11..22.
  .11..22.
  ........`;

type Edit = (buffers: GBuffers) => void;

/** The frame of the drawing, changed in place before it is annotated. */
function makeFrame(edit: Edit = () => undefined): GoldenFrame {
  const { plan, buffers } = makeLabelledFrame(DRAWING, 2);
  edit(buffers);
  return { buffers, annotations: annotateFrame(plan, buffers, { minPixels: 1 }) };
}

/** Adds to one channel of the first pixels. */
const recolor =
  (pixels: number, by: number): Edit =>
  ({ color }) => {
    for (let i = 0; i < pixels; i++) color[i * 4 + 1] = (color[i * 4 + 1] ?? 0) + by;
  };

const expectedFrame = makeFrame();

describe('frames that match', () => {
  it.each<[string, Edit]>([
    ['the same twice', () => undefined],
    ['every pixel off by the threshold', recolor(32, COLOR_THRESHOLD)],
    ['few pixels far off', recolor(COLOR_PIXELS_BEYOND, 100)],
    [
      'depth within its limit',
      ({ depth }) => depth.forEach((d, i) => (depth[i] = d + DEPTH_METERS / 2)),
    ],
  ])('%s', (_, edit) => {
    expect(compareFrames(makeFrame(edit), expectedFrame)).toEqual([]);
  });
});

describe('frames that do not match', () => {
  it.each<[string, Edit, RegExp]>([
    [
      'one pixel too many',
      recolor(COLOR_PIXELS_BEYOND + 1, COLOR_THRESHOLD + 1),
      /^colour: 5 pixels.*greatest difference is 3$/,
    ],
    ['a lost id', ({ instanceId }) => (instanceId[9] = 0), /^ids: 1 pixels.*annotations/s],
    [
      'two ids swapped',
      ({ instanceId }) => instanceId.forEach((id, i) => (instanceId[i] = id === 0 ? 0 : 3 - id)),
      /^ids: 8 pixels/,
    ],
    [
      'one depth off',
      ({ depth }) => (depth[0] = 3 + 2 * DEPTH_METERS),
      /^depth: the greatest error is 0\.00020/,
    ],
    ['depth that is no number', ({ depth }) => (depth[0] = NaN), /^depth:/],
    ['a hole in depth', ({ depth }) => (depth[0] = 0), /^depth: 1 pixels have depth in one/],
    [
      'black',
      ({ color }) => color.forEach((_, i) => (color[i] = i % 4 === 3 ? 255 : 0)),
      /^blank: every pixel is \(0,0,0\)$/,
    ],
    ['white', ({ color }) => color.fill(255), /^blank: every pixel is \(255,255,255\)$/],
    [
      'a pixel that is not opaque',
      ({ color }) => (color[7] = 254),
      /^blank: pixel 1 is not opaque$/,
    ],
    ['no ids', ({ instanceId }) => instanceId.fill(0), /^blank: no pixel has an id$/],
  ])('%s', (_, edit, text) => {
    expect(compareFrames(makeFrame(edit), expectedFrame).join('\n')).toMatch(text);
  });

  it('another size', () => {
    const { plan, buffers } = makeLabelledFrame('.1\n22', 2);
    const annotations = annotateFrame(plan, buffers, { minPixels: 1 });
    expect(compareFrames({ buffers, annotations }, expectedFrame)).toEqual([
      'size: expected 8×4, found 2×2',
    ]);
  });

  it('other annotations of the same pixels', () => {
    const [first, ...rest] = expectedFrame.annotations.instances;
    if (first === undefined) throw new Error('expected an instance');
    const annotations = {
      ...expectedFrame.annotations,
      instances: [{ ...first, area: 3 }, ...rest],
    };
    expect(compareFrames({ ...expectedFrame, annotations }, expectedFrame)).toEqual([
      'annotations: they differ',
    ]);
  });
});

it('an image is not blank because most of it is', () => {
  const frame = makeFrame(({ color }) => {
    color.forEach((_, i) => (color[i] = i % 4 === 3 ? 255 : 0));
    color[0] = 1;
  });
  expect(findBlankness(frame)).toBe(null);
});
