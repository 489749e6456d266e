import { Box3, InstancedBufferGeometry, Matrix4, PerspectiveCamera, Sphere, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { PlacedDraw } from '#page/passes/label-scene';
import { drawsInOrder, mergeDraws } from '#page/passes/merge-draws';

/** At the origin, looking along −z of the world. */
const CAMERA = new PerspectiveCamera(90, 1, 0.1, 100);
CAMERA.updateMatrixWorld(true);

type Made = Readonly<{ key?: string; x?: number; y?: number; depth: number; program?: number }>;

/** A cube of edge 1 m; `atOnce` copies of it may be drawn at once. */
function makeDraw(
  { key = 'cube', x = 0, y = 0, depth, program = 0 }: Made,
  atOnce = 9,
): PlacedDraw {
  const geometry = new InstancedBufferGeometry();
  geometry.boundingBox = new Box3(new Vector3(-0.5, -0.5, -0.5), new Vector3(0.5, 0.5, 0.5));
  geometry.boundingSphere = new Sphere(new Vector3(), Math.sqrt(0.75));
  const mesh = { geometry, matrixWorld: new Matrix4().makeTranslation(x, y, -depth) };
  const look = { key, copiesAtOnce: atOnce, material: { id: program } };
  return { mesh, look } as unknown as PlacedDraw;
}

/** Places in the list of what is drawn at once. */
function mergedPlaces(draws: readonly PlacedDraw[]): readonly (readonly number[])[] {
  return mergeDraws(draws, CAMERA).map((group) => group.map((draw) => draws.indexOf(draw)));
}

describe('the order of label draws', () => {
  it('is by program, then from near to far, then as they came; what is out of sight is left out', () => {
    const draws = [
      makeDraw({ depth: 5, program: 2 }),
      makeDraw({ depth: 9 }),
      makeDraw({ depth: 4 }),
      makeDraw({ depth: -4 }),
      makeDraw({ depth: 4, x: 1 }),
    ];
    expect(drawsInOrder(draws, CAMERA).map((draw) => draws.indexOf(draw))).toEqual([2, 4, 1, 0]);
  });
});

describe('draws that are made at once', () => {
  it('are as many as there are geometries, where nothing touches', () => {
    const keys = ['cube', 'ball', 'ring'];
    const draws = Array.from({ length: 300 }, (_, i) =>
      makeDraw({ key: keys[i % 3] ?? '', depth: 2 + i * 2 }),
    );
    const merged = mergedPlaces(draws);
    expect(merged).toHaveLength(3);
    expect(merged[1]?.slice(0, 3)).toEqual([1, 4, 7]);
  });

  it('do not pass by one that they may touch', () => {
    const [first, between, last] = [{ depth: 2 }, { key: 'ball', depth: 3.5 }, { depth: 4.4 }];
    expect(mergedPlaces([first, between, last].map((made) => makeDraw(made)))).toEqual([
      [0],
      [1],
      [2],
    ]);
    // The last is aside of the one between, by more than boxes are loosened by, or by less.
    const aside = (x: number) =>
      mergedPlaces([first, between, { ...last, x }].map((made) => makeDraw(made)));
    expect(aside(1.01)).toEqual([[0, 2], [1]]);
    expect(aside(1.0001)).toEqual([[0], [1], [2]]);
  });

  it('may touch one another: their order is kept', () => {
    const draws = [2, 2.5, 3].map((depth) => makeDraw({ depth }));
    expect(mergedPlaces(draws)).toEqual([[0, 1, 2]]);
  });

  it('join the latest of their kind, behind all that they touch', () => {
    const draws = [
      makeDraw({ depth: 2 }),
      makeDraw({ key: 'ball', depth: 3 }),
      makeDraw({ depth: 3.5 }), // touches the ball
      makeDraw({ depth: 9 }), // nothing
      makeDraw({ key: 'ball', depth: 9.5 }), // the cube before it
    ];
    expect(mergedPlaces(draws)).toEqual([[0], [1], [2, 3], [4]]);
  });

  it('are single where a back end draws one copy at once', () => {
    const draws = [2, 4].map((depth) => makeDraw({ depth }, 1));
    expect(mergedPlaces(draws)).toEqual([[0], [1]]);
  });

  it('never swap two that overlap, in crowds of overlapping cubes', () => {
    // A lattice of a million places, walked by a step that is prime to it.
    const draws = Array.from({ length: 200 }, (_, i) => {
      const at = (i * 387_123) % 1_000_000;
      const [x, y, z] = [at % 100, Math.floor(at / 100) % 100, Math.floor(at / 10_000)];
      return makeDraw({ key: `${i % 5}`, x: x / 25 - 2, y: y / 25 - 2, depth: 6 + z / 25 });
    });
    const merged = mergedPlaces(draws);
    expect([...merged.flat()].sort((a, b) => a - b)).toEqual(draws.map((_, i) => i));
    const rank = new Map(merged.flat().map((place, i) => [place, i]));
    const overlaps = (a: PlacedDraw, b: PlacedDraw): boolean => {
      const [p, q] = [a, b].map(({ mesh }) =>
        new Vector3().setFromMatrixPosition(mesh.matrixWorld),
      );
      const apart = (p ?? new Vector3()).sub(q ?? new Vector3());
      return Math.max(Math.abs(apart.x), Math.abs(apart.y), Math.abs(apart.z)) <= 1;
    };
    let pairs = 0;
    for (const [i, a] of draws.entries())
      for (const [j, b] of draws.entries()) {
        if (i >= j || !overlaps(a, b)) continue;
        pairs++;
        expect(rank.get(i)).toBeLessThan(rank.get(j) ?? NaN);
      }
    expect(pairs).toBeGreaterThan(50);
    expect(merged.length).toBeLessThan(draws.length);
  });
});
