import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPolygons } from '#shared/annotate/fill-polygons';
import { encodeMask } from '#shared/annotate/rle';
import { instancePolygons } from '#shared/annotate/simplify-polygons';
import { doubledArea, tracePolygons, type Ring } from '#shared/annotate/trace-polygons';

const SEED = { seed: 20260102, numRuns: 500 };

/** Masks up to 17 × 15: from speckles, all saddles and holes, to nearly full ones. */
const masks = fc
  .record({
    width: fc.integer({ min: 1, max: 17 }),
    height: fc.integer({ min: 1, max: 15 }),
    share: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ width, height, share }) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((draws) => ({
        size: { width, height },
        mask: Uint8Array.from(draws, (draw) => (draw < share ? 1 : 0)),
      })),
  );

const verticesOf = (ring: Ring): string[] =>
  ring.flatMap((x, i) => (i % 2 === 0 ? [`${x},${ring[i + 1]}`] : []));

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

describe('tracePolygons', () => {
  it('gives polygons that filled by the even-odd rule are the mask', () => {
    fc.assert(
      fc.property(masks, ({ mask, size }) => {
        const polygons = tracePolygons(encodeMask(mask, size));
        expect(fillPolygons(polygons, { x: 0, y: 0, ...size })).toEqual(mask);
      }),
      SEED,
    );
  });

  it('encloses the area of the mask, outlines clockwise and holes counter-clockwise', () => {
    fc.assert(
      fc.property(masks, ({ mask, size }) => {
        const polygons = tracePolygons(encodeMask(mask, size));
        for (const { outer, holes } of polygons) {
          expect(doubledArea(outer)).toBeGreaterThan(0);
          for (const hole of holes) expect(doubledArea(hole)).toBeLessThan(0);
        }
        const rings = polygons.flatMap(({ outer, holes }) => [outer, ...holes]);
        expect(sum(rings.map(doubledArea)) / 2).toBe(sum([...mask]));
      }),
      SEED,
    );
  });

  it('turns at every vertex, and meets none twice in a ring', () => {
    fc.assert(
      fc.property(masks, ({ mask, size }) => {
        const polygons = tracePolygons(encodeMask(mask, size));
        for (const ring of polygons.flatMap(({ outer, holes }) => [outer, ...holes])) {
          const vertices = verticesOf(ring);
          expect(new Set(vertices).size).toBe(vertices.length);
          for (let i = 0; i < ring.length; i += 2) {
            const [x0, y0, x1, y1] = [...ring, ...ring].slice(i, i + 4);
            // Sides are level and upright by turns.
            expect(x0 === x1).not.toBe(y0 === y1);
            expect(x0 === x1).toBe((i % 4 === 0) === (ring[0] === ring[2]));
          }
        }
      }),
      SEED,
    );
  });

  it('keeps each hole inside the outline that it is listed under', () => {
    fc.assert(
      fc.property(masks, ({ mask, size }) => {
        const area = { x: 0, y: 0, ...size };
        for (const { outer, holes } of tracePolygons(encodeMask(mask, size))) {
          const filled = fillPolygons([{ outer, holes: [] }], area);
          for (const hole of holes) {
            const cut = fillPolygons([{ outer: hole, holes: [] }], area);
            expect(cut.every((value, i) => value <= (filled[i] ?? 0))).toBe(true);
          }
        }
      }),
      SEED,
    );
  });
});

describe('instancePolygons', () => {
  it('leaves no vertex of the exact outline further away than the tolerance', () => {
    const tolerances = fc.constantFrom(0.5, 1, 2.5);
    fc.assert(
      fc.property(masks, tolerances, ({ mask, size }, tolerance) => {
        const rle = encodeMask(mask, size);
        const exact = tracePolygons(rle);
        const { polygons, iou } = instancePolygons(rle, tolerance);
        expect(polygons.length).toBe(exact.length);
        expect(iou).toBeGreaterThanOrEqual(0);
        expect(iou).toBeLessThanOrEqual(1);
        for (const [i, { outer }] of exact.entries()) {
          const simple = polygons[i]?.outer ?? [];
          for (let v = 0; v < outer.length; v += 2) {
            const point = [outer[v] ?? NaN, outer[v + 1] ?? NaN] as const;
            expect(distanceToRing(point, simple)).toBeLessThanOrEqual(tolerance + 1e-9);
          }
        }
      }),
      SEED,
    );
  });
});

function distanceToRing([x, y]: readonly [number, number], ring: Ring): number {
  let best = Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [...ring, ...ring].slice(i, i + 4);
    const [dx, dy] = [bx - ax, by - ay];
    const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(1, Math.max(0, share));
    best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return best;
}
