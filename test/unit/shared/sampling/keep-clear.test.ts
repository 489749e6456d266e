import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { Triangles, Vec3 } from '#shared/core/geometry';
import { compose } from '#shared/core/matrix';
import { windingNumber } from '#shared/core/winding-number';
import { poseTriangles } from '#shared/core/triangle-tree';
import { meshAt, meshesApart } from '#shared/sampling/posed-mesh';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import { shapeTriangles } from '#shared/sampling/shape-triangles';
import { makeModel, makeRunInputs, makeScene } from '../../../makers/make-run-inputs.ts';

type Groups = NonNullable<ConfigInput['objects']>;

const box = (size: Vec3): Triangles =>
  shapeTriangles({ kind: 'box', size: [...size], bevelMeters: 0 });
const at = (mesh: Triangles, position: Vec3, turn = 0) =>
  meshAt(
    () => mesh,
    () => compose(position, [Math.cos(turn / 2), 0, Math.sin(turn / 2), 0], [1, 1, 1]),
  );

/** An upright prism over an outline [x, z], anticlockwise seen from above, with its triangulation. */
function prism(
  outline: readonly (readonly [number, number])[],
  faces: readonly (readonly [number, number, number])[],
  height: number,
): Triangles {
  const n = outline.length;
  const positions = [0, height].flatMap((y) => outline.flatMap(([x, z]) => [x, y, z]));
  const indices = faces.flatMap(([a, b, c]) => [a, c, b, a + n, b + n, c + n]);
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    indices.push(i, j, j + n, i, j + n, i + n);
  }
  return { positions, indices };
}

/** Two arms of 0.4 × 0.1 m along +x and −z from the corner at the origin; its notch is empty. */
const ELL = prism(
  [[0, 0], [0.4, 0], [0.4, -0.1], [0.1, -0.1], [0.1, -0.4], [0, -0.4]],
  [[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5]],
  0.1,
); // prettier-ignore

/** A ring of 24 sides, 0.3 m outside and 0.2 m inside, its hole upright. */
const RING: Triangles = (() => {
  const sides = 24;
  const circle = (radius: number, y: number, i: number): Vec3 => {
    const angle = (2 * Math.PI * i) / sides;
    return [radius * Math.sin(angle), y, radius * Math.cos(angle)];
  };
  const rows = ([[0.3, 0], [0.3, 0.05], [0.2, 0.05], [0.2, 0]] as const).map(([r, y]) =>
    Array.from({ length: sides }, (_, i) => circle(r, y, i)),
  ); // prettier-ignore
  const indices: number[] = [];
  for (let row = 0; row < 4; row++) {
    for (let i = 0; i < sides; i++) {
      const [j, next] = [(i + 1) % sides, (row + 1) % 4];
      const [a, b, c, d] = [row * sides + i, row * sides + j, next * sides + j, next * sides + i];
      indices.push(a, b, c, a, c, d);
    }
  }
  return { positions: rows.flat(2), indices };
})();

describe('how far meshes are apart', () => {
  const cube = box([1, 1, 1]);
  it.each<[string, Vec3, number, boolean]>([
    ['a gap of 5 cm is more than 4.9 cm', [1.05, 0.2, 0], 0.049, true],
    ['a gap of 5 cm is less than 5.1 cm', [1.05, 0.2, 0], 0.051, false],
    ['corners 0.3 × 0.4 apart are 0.5 apart', [1.3, 1.4, 0], 0.4999, true],
    ['and no more', [1.3, 1.4, 0], 0.5001, false],
    ['what touches is not apart', [1, 0, 0], 0, false],
    ['nor what overlaps', [0.9, 0, 0], 0, false],
    ['two microns are', [1.000002, 0, 0], 0, true],
  ])('%s', (_, ...[offset, spacing, wanted]) => {
    expect(meshesApart(at(cube, [0, 0, 0]), at(cube, offset), spacing)).toBe(wanted);
    expect(meshesApart(at(cube, offset), at(cube, [0, 0, 0]), spacing)).toBe(wanted);
  });

  it('finds what lies in another without touching it, and not what lies in its hole', () => {
    const pea = box([0.02, 0.02, 0.02]);
    expect(meshesApart(at(cube, [0, 0, 0]), at(pea, [0.1, 0.2, 0]), 0)).toBe(false);
    expect(meshesApart(at(pea, [0.1, 0.2, 0]), at(cube, [0, 0, 0]), 0)).toBe(false);
    expect(meshesApart(at(RING, [0, 0, 0]), at(pea, [0.05, 0.02, 0]), 0.1)).toBe(true);
    expect(meshesApart(at(RING, [0, 0, 0]), at(pea, [0.25, 0.025, 0]), 0)).toBe(false);
    expect(windingNumber(poseTriangles(RING, compose([0, 0, 0], [1, 0, 0, 0], [1, 1, 1])), [0.25, 0.02, 0])).toBeCloseTo(1, 12); // prettier-ignore
    expect(windingNumber(poseTriangles(RING, compose([0, 0, 0], [1, 0, 0, 0], [1, 1, 1])), [0, 0.02, 0])).toBeCloseTo(0, 12); // prettier-ignore
    // Mirrored, a mesh is drawn with its faces turned round: its inside stays inside.
    expect(windingNumber(poseTriangles(cube, compose([0, 0, 0], [1, 0, 0, 0], [-1, 1, 1])), [0, 0, 0])).toBeCloseTo(1, 12); // prettier-ignore
  });

  it('holds at every step that either takes', () => {
    const rests = at(cube, [0, 0, 0]);
    const passes = [2, 1.5, 1.04, 1.5].flatMap((x) => at(cube, [x, 0, 0]));
    expect(meshesApart(rests, passes, 0.03)).toBe(true);
    expect(meshesApart(rests, passes, 0.05)).toBe(false);
    expect(meshesApart(passes, rests, 0.05)).toBe(false);
  });
});

describe('objects that keep clear by triangles', () => {
  const model = (id: string, mesh: Triangles) => {
    const along = (axis: number) => mesh.positions.filter((_, i) => i % 3 === axis);
    const corner = (pick: (...v: number[]) => number): Vec3 => [
      pick(...along(0)),
      pick(...along(1)),
      pick(...along(2)),
    ];
    return { ...makeModel({ id, bounds: { min: corner(Math.min), max: corner(Math.max) } }), mesh };
  };
  const models = [model('ell', ELL), model('ring', RING), model('cube', box([0.1, 0.1, 0.1]))];
  const inputsOf = (objects: Groups): RunInputs => {
    const base = makeRunInputs({ objects }, makeScene());
    return { ...base, catalogue: { ...base.catalogue, models } };
  };
  const still = (id: string): Groups[string] => ({
    assets: [id],
    labelled: false,
    count: 1,
    placement: { kind: 'line', surface: 'floor', pitchMeters: 1, centerMeters: [3, 2] },
  });
  const near = (clearance: 'plans' | 'meshes', centerMeters: [number, number]): Groups[string] => ({
    assets: ['cube'],
    labelled: false,
    count: 1,
    clearance,
    placement: { kind: 'line', surface: 'floor', pitchMeters: 1, centerMeters },
    whenFull: 'drop',
    attempts: 3,
  });
  const fits = (id: string, clearance: 'plans' | 'meshes', where: [number, number]): boolean =>
    sampleScene(inputsOf({ a: still(id), b: near(clearance, where) }), 0).objects.length === 2;

  it('stand in the notch of an L, up to their spacing, where plans find no room', () => {
    // The notch begins 0.1 from the corner at [3, 2]; the cube's half is 0.05, its spacing 2 mm.
    expect(fits('ell', 'plans', [3.153, 1.847])).toBe(false);
    expect(fits('ell', 'meshes', [3.153, 1.847])).toBe(true);
    expect(fits('ell', 'meshes', [3.1515, 1.847])).toBe(false);
    expect(fits('ell', 'meshes', [3.153, 1.8485])).toBe(false);
    expect(fits('ell', 'meshes', [3.05, 1.95])).toBe(false);
  });

  it('stand in the hole of a ring', () => {
    expect(fits('ring', 'plans', [3, 2])).toBe(false);
    expect(fits('ring', 'meshes', [3, 2])).toBe(true);
    expect(fits('ring', 'meshes', [3.11, 2])).toBe(true);
    expect(fits('ring', 'meshes', [3.15, 2])).toBe(false);
  });

  it('are where plans put them, as long as those leave room', () => {
    const groups = (clearance: 'plans' | 'meshes'): Groups => ({
      g: { assets: ['cube'], labelled: false, count: 6, clearance, placement: { kind: 'scatter', surface: 'floor' } }, // prettier-ignore
    });
    const [plans, meshes] = (['plans', 'meshes'] as const).map((clearance) =>
      JSON.stringify(sampleScene(inputsOf(groups(clearance)), 2).objects),
    );
    expect(meshes).toBe(plans);
  });

  it('says what is missing where the inputs have no triangles', () => {
    const inputs = inputsOf({ a: still('ell'), b: near('meshes', [3.153, 1.847]) });
    const bare = inputs.catalogue.models.map(({ mesh: _, ...rest }) => rest);
    expect(() => sampleScene({ ...inputs, catalogue: { ...inputs.catalogue, models: bare } }, 0)).toThrow(
      'has no triangles in the inputs',
    ); // prettier-ignore
  });
});
