import { describe, expect, it } from 'vitest';
import type { InstanceAnnotation, KeypointAnnotation } from '#shared/annotate/annotations';
import { encodeMask } from '#shared/annotate/rle';
import { categoryColor } from '#shared/draw/category-palette';
import { instanceColors } from '#shared/draw/draw-picture';
import type { OverlayInput } from '#shared/draw/overlay';
import { OVERLAY_NAMES, OVERLAYS, type OverlayName } from '#shared/draw/overlays';
import type { FrameRecord } from '#shared/formats/frame-record';
import { makeMask } from '../../../makers/make-mask.ts';
import { translation } from '../../../makers/make-labelled-frame.ts';
import { makeRecord } from '../../node/store/make-dataset.ts';

const { mask, size } = makeMask(`
  ....
  .11.
  ....`);
const segmentation = encodeMask(mask, size);

/** A cube of 1 m, its middle 2 m in front of a camera with a focal length of 4 pixels. */
const CUBE: InstanceAnnotation = {
  instanceId: 3,
  categoryId: 2,
  name: 'cubes[0]',
  assetId: null,
  bbox: [1, 1, 2, 1],
  area: 2,
  segmentation,
  cameraFromObject: translation(0, 0, 2),
  scale: [1, 1, 1],
  bounds: { min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 0.5] },
};

const AMODAL: InstanceAnnotation['amodal'] = {
  area: 2,
  segmentation,
  bbox: [-1, 1, 4, 1],
  silhouetteArea: 4,
  silhouetteClipped: false,
  visibility: 1,
  occlusion: 0,
  truncation: 0.5,
};

function recordWith(...instances: readonly InstanceAnnotation[]): FrameRecord {
  const record = makeRecord(0, {});
  return { ...record, annotations: { ...record.annotations, instances } };
}

function draw(
  name: OverlayName,
  record: FrameRecord,
  file: OverlayInput['file'] = null,
): ReturnType<(typeof OVERLAYS)[OverlayName]['draw']> {
  const categories = new Map([[2, { name: 'cube', skeleton: [['left', 'right'] as const] }]]);
  return OVERLAYS[name].draw({ record, categories, colors: instanceColors(record), file });
}

/** Lines and loops as lists of points. */
const pointsOf = (layer: ReturnType<typeof draw>): readonly (readonly number[])[] =>
  (layer.shapes ?? []).flatMap((shape) => {
    if (shape.kind === 'line') return [shape.points];
    return shape.kind === 'loops' ? shape.loops : [];
  });

describe('overlays', () => {
  it.each(OVERLAY_NAMES)('%s says what it is, and draws a frame without objects', (name) => {
    expect(OVERLAYS[name].summary.length).toBeGreaterThan(8);
    expect(pointsOf(draw(name, recordWith()))).toEqual([]);
  });

  it('draw boxes at the edges of the pixels that they hold', () => {
    expect(draw('boxes', recordWith(CUBE)).shapes).toMatchObject([
      { kind: 'rect', x: 1, y: 1, width: 2, height: 1 },
    ]);
  });

  it('draw masks along the edges of their pixels', () => {
    // Through the middles of the edges of two pixels side by side, from the upper left on.
    const outline = [1.5, 1, 2.5, 1, 3, 1.5, 2.5, 2, 1.5, 2, 1, 1.5];
    expect(pointsOf(draw('masks', recordWith(CUBE)))).toEqual([outline]);
  });

  it('draw boxes in space where the pinhole camera puts them', () => {
    const lines = pointsOf(draw('boxes-3d', recordWith(CUBE)));
    expect(lines).toHaveLength(12);
    // cx = 2, cy = 1.5, f = 4; near face at 1.5 m: ±0.5 · 4 / 1.5 = ±4/3; far one at 2.5 m: ±0.8.
    const xs = new Set(lines.flatMap((line) => [line[0], line[2]]).map((x) => x?.toFixed(6)));
    const expected = [2 - 4 / 3, 2 + 4 / 3, 1.2, 2.8].map((x) => x.toFixed(6));
    expect([...xs].sort()).toEqual(expected.sort());
  });

  it('draw axes from the origin of the object, the far one first', () => {
    const lines = pointsOf(draw('axes', recordWith(CUBE)));
    // 0.6 of a side of 1 m at 2 m: 0.6 · 4 / 2 = 1.2 pixels; each axis with its halo.
    expect(lines).toHaveLength(6);
    expect(lines[0]).toEqual([2, 1.5, 2, 1.5]);
    expect(lines[2]).toEqual([2, 1.5, 3.2, 1.5]);
    expect(lines[4]?.map((v) => Number(v.toFixed(6)))).toEqual([2, 1.5, 2, 2.7]);
  });

  it('write one word each at an instance', () => {
    expect(draw('names', recordWith(CUBE)).tags).toEqual([{ instanceId: 3, text: 'cube' }]);
    expect(draw('ids', recordWith(CUBE)).tags).toEqual([{ instanceId: 3, text: '3' }]);
  });

  it('draw amodal boxes beyond the picture, and know a record without them', () => {
    const whole = recordWith({ ...CUBE, amodal: AMODAL });
    expect(draw('amodal-boxes', whole).shapes).toMatchObject([
      { x: -1, y: 1, width: 4, height: 1 },
    ]);
    expect(pointsOf(draw('amodal-masks', whole))).toHaveLength(1);
    const { isWritten } = OVERLAYS['amodal-boxes'];
    expect([isWritten?.(whole, new Map()), isWritten?.(recordWith(CUBE), new Map())]).toEqual([
      true,
      false,
    ]);
  });

  it('draw keypoints in the image, and bones between two of them', () => {
    const at = (name: string, x: number, v: 0 | 1 | 2): KeypointAnnotation => ({
      name,
      x,
      y: 1.25,
      v,
      point: null,
    });
    const both = { ...CUBE, keypoints: [at('left', 1, 2), at('right', 3, 1), at('top', 0, 0)] };
    const layer = draw('keypoints', recordWith(both));
    expect(pointsOf(layer).at(-1)).toEqual([1, 1.25, 3, 1.25]);
    const dots = layer.shapes?.filter(({ kind }) => kind === 'dot');
    expect(dots).toMatchObject([
      { x: 1, y: 1.25, stroke: [255, 255, 255] },
      { x: 3, y: 1.25, fillOpacity: 0.6 },
    ]);
    const one = { ...CUBE, keypoints: [at('left', 1, 2), at('right', 0, 0)] };
    expect(pointsOf(draw('keypoints', recordWith(one)))).toEqual([]);
    const without = new Map([[2, { name: 'cube', skeleton: null }]]);
    expect(OVERLAYS.keypoints.isWritten?.(recordWith(), without)).toBe(false);
  });

  it('leave a frame without any depth dark, and give it no scale', () => {
    const map = { width: 2, height: 1, channels: 1, values: new Uint16Array(2) };
    const layer = draw('depth', recordWith(), { kind: 'depth', map });
    expect(layer.scaleBar).toBeUndefined();
    expect([...(layer.pixels?.values ?? [])]).toEqual([16, 18, 23, 255, 16, 18, 23, 255]);
  });

  it('put marks of depth where its colours are', () => {
    const map = { width: 3, height: 1, channels: 1, values: Uint16Array.of(500, 1000, 2000) };
    const { scaleBar, pixels } = draw('depth', recordWith(), { kind: 'depth', map });
    // Even steps of 1 / depth: 2, 1 and 0.5 per metre stand at 0, 2/3 and 1 of the bar.
    expect(scaleBar?.marks.map(({ text }) => text)).toEqual(['0.5', '0.6', '0.8', '1', '2']);
    const mark = scaleBar?.marks.find(({ text }) => text === '1');
    expect(mark?.at).toBeCloseTo(2 / 3);
    const shade = scaleBar?.colorAt(2 / 3) ?? [0, 0, 0];
    const pixel = [...(pixels?.values.subarray(4, 7) ?? [])];
    for (const [i, value] of shade.entries()) {
      expect(Math.abs(value - (pixel[i] ?? NaN))).toBeLessThanOrEqual(2);
    }
  });

  const pixelsOf = (
    name: OverlayName,
    record: FrameRecord,
    file: NonNullable<OverlayInput['file']>,
  ): readonly number[] => [...(draw(name, record, file).pixels?.values ?? [])];

  it('draw normals as their 8-bit file has them, float or not, and nothing dark', () => {
    const floats = Float32Array.of(1, 0, 0, 0, 0, 0);
    const expected = [255, 128, 128, 255, 16, 18, 23, 255];
    const map = { width: 2, height: 1, channels: 3 };
    const float = { kind: 'normals-float' as const, map: { ...map, values: floats } };
    expect(pixelsOf('normals', recordWith(), float)).toEqual(expected);
    const bytes = Uint8Array.of(255, 128, 128, 0, 0, 0);
    const png = { kind: 'normals' as const, map: { ...map, values: bytes } };
    expect(pixelsOf('normals', recordWith(), png)).toEqual(expected);
  });

  it('draw object coordinates in three colours, and nothing outside of objects', () => {
    const map = { width: 2, height: 1, channels: 3 };
    const words = Uint16Array.of(65535, 0, 32768, 0, 0, 0);
    const png = { kind: 'object-coordinates' as const, map: { ...map, values: words } };
    expect(pixelsOf('object-coordinates', recordWith(), png)).toEqual([
      255, 0, 128, 255, 0, 0, 0, 0,
    ]);
    const floats = Float32Array.of(1, 0, 0.5, 0, 0, 0);
    const kind = 'object-coordinates-float' as const;
    expect(
      pixelsOf('object-coordinates', recordWith(), { kind, map: { ...map, values: floats } }),
    ).toEqual([255, 0, 128, 255, 0, 0, 0, 0]);
  });

  it('draw things in the colours of instances, and stuff in those of categories', () => {
    // Segments 3, 65536 + 2 and 0.
    const values = Uint8Array.of(3, 0, 0, 2, 0, 1, 0, 0, 0);
    const file = { kind: 'panoptic' as const, map: { width: 3, height: 1, channels: 3, values } };
    const record = recordWith(CUBE);
    expect(pixelsOf('panoptic', record, file)).toEqual([
      ...(instanceColors(record).get(3) ?? []),
      205,
      ...categoryColor(2),
      205,
      ...[0, 0, 0, 0],
    ]);
  });

  it('draw range on the scale of depth, in metres as they are', () => {
    const map = { width: 2, height: 1, channels: 1, values: Float32Array.of(1, 2) };
    const range = draw('range', recordWith(), { kind: 'range', map });
    expect(range).toEqual({
      ...draw('depth', recordWith(), { kind: 'depth-float', map }),
      scaleBar: expect.objectContaining({ unit: 'm' }) as object,
    });
    expect(range.scaleBar?.marks.at(-1)?.text).toBe('2');
  });

  it('draw polygons with a dot at each vertex', () => {
    const { shapes = [] } = draw('polygons', recordWith(CUBE));
    expect(pointsOf({ shapes })).toEqual([[3, 1, 3, 2, 1, 2, 1, 1]]);
    expect(shapes.filter(({ kind }) => kind === 'dot')).toHaveLength(4);
  });

  it('draw parts, and know a record without them', () => {
    const part = { partId: 1, name: 'lid', area: 2, bbox: [1, 1, 2, 1] as const, segmentation };
    expect(pointsOf(draw('parts', recordWith({ ...CUBE, parts: [part] })))).toHaveLength(1);
    const isWritten = (one: InstanceAnnotation) =>
      OVERLAYS.parts.isWritten?.(recordWith(one), new Map());
    expect(isWritten(CUBE)).toBe(false);
    expect(isWritten({ ...CUBE, parts: [] })).toBe(true);
  });
});
