import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#shared/config/config-schema';
import type { ModelAsset } from '#shared/core/asset-catalogue';
import type { Triangles, Vec3 } from '#shared/core/geometry';
import { type RunInputs, sampleScene } from '#shared/sampling/sample-scene';
import type { ObjectSample } from '#shared/sampling/scene-sample';
import { MeshRegion } from '#shared/sampling/mesh-region';
import { IDENTITY } from '#shared/core/matrix';
import { turn } from '../../../makers/ground-oracle.ts';
import { makeModel, makeRunInputs, makeScene, ROOM } from '../../../makers/make-run-inputs.ts';
import { CHI_SQUARE_LIMIT, chiSquare, KS_LIMIT, ksStatistic } from './goodness-of-fit.ts';

type Groups = NonNullable<ConfigInput['objects']>;

/** A roof: a level floor of 2 × 1 m, a slope of 30° and of 60°, and a wall, side by side along x. */
const RUN = Math.cos(Math.PI / 6);
const ROOF: Triangles = (() => {
  const profile: readonly (readonly [number, number])[] = [
    [0, 0],
    [2, 0],
    [2 + RUN, 0.5],
    [2 + RUN + 0.5, 0.5 + RUN],
    [2 + RUN + 0.5, 1.5 + RUN],
  ];
  const positions = profile.flatMap(([x, y]) => [x, y, 0.5, x, y, -0.5]);
  const indices = profile.slice(1).flatMap((_, i) => {
    const at = 2 * i;
    return [at, at + 2, at + 3, at, at + 3, at + 1];
  });
  return { positions, indices };
})();

const TERRAIN: ModelAsset = {
  ...makeModel({ id: 'roof', bounds: { min: [0, 0, -0.5], max: [4, 3, 0.5] } }),
  mesh: ROOF,
};
const PIN = makeModel({
  id: 'pin',
  category: 'post',
  bounds: { min: [-0.001, -0.02, -0.001], max: [0.001, 0.03, 0.001] },
});

const SCENE_TEXT = ROOM.replace(
  'nodes:\n',
  'nodes:\n  - { name: roof, model: roof, position: [20, 1, 5], rotationDegrees: [0, 30, 0], scale: 2 }\n  - { name: orb, shape: { kind: sphere, radius: 0.5, segments: 24 }, position: [-20, 1, 0] }\n',
);

function inputsOf(objects: Groups, more: Partial<ConfigInput> = {}): RunInputs {
  const base = makeRunInputs({ objects, ...more }, makeScene());
  const catalogue = { ...base.catalogue, models: [...base.catalogue.models, TERRAIN, PIN] };
  return { ...base, catalogue, scene: sceneWith(TERRAIN) };
}

const sceneWith = (model: ModelAsset): RunInputs['scene'] => {
  const described = makeScene(SCENE_TEXT.replace(/ {2}- \{ name: roof.*\n/, ''));
  const turned = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)] as const;
  const s = 2;
  return {
    ...described,
    nodes: [
      ...described.nodes,
      {
        name: 'roof',
        content: { kind: 'model', assetId: model.id },
        // prettier-ignore
        worldFromNode: [
          s * turned[0], 0, s * turned[1], 20,
          0, s, 0, 1,
          -s * turned[1], 0, s * turned[0], 5,
          0, 0, 0, 1,
        ],
        bounds: model.bounds,
        surface: false,
        castShadow: true,
        receiveShadow: true,
      },
    ],
  };
};

const onMesh = (placement: object, more: Partial<Groups[string]> = {}): Groups[string] => ({
  assets: ['pin'],
  count: 1,
  placement: { kind: 'mesh', of: 'roof', unevenMeters: 0.01, spacingMeters: 0, ...placement },
  ...more,
});
const objectsOf = (group: Groups[string], frames: number): ObjectSample[] => {
  const inputs = inputsOf({ g: group });
  return Array.from({ length: frames }, (_, frame) => sampleScene(inputs, frame)).flatMap(
    ({ objects }) => objects,
  );
};

/** The base of a pin in the frame of the roof. */
function baseInRoof({
  position,
  orientation,
}: Pick<ObjectSample, 'position' | 'orientation'>): Vec3 {
  const foot = turn(orientation, [0, -0.02, 0]);
  const [x, y, z] = [position[0] + foot[0] - 20, position[1] + foot[1] - 1, position[2] + foot[2] - 5]; // prettier-ignore
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  return [(x * c - z * s) / 2, y / 2, (x * s + z * c) / 2];
}

/** How far from the four faces of the roof, and on which. */
function onRoof([x, y]: Vec3): Readonly<{ face: number; off: number; along: number }> {
  if (x < 2) return { face: 0, off: Math.abs(y), along: x };
  if (x < 2 + RUN)
    return { face: 1, off: Math.abs(-(x - 2) * 0.5 + y * RUN), along: (x - 2) / RUN };
  const [dx, dy] = [x - 2 - RUN, y - 0.5];
  return { face: 2, off: Math.abs(-dx * RUN + dy * 0.5), along: dx / 0.5 };
}

describe('objects on a mesh', () => {
  it('lie on it, uniform over the area of the faces that are level enough (chi-square, 0.1 %)', () => {
    const places = objectsOf(onMesh({ pose: 'normal', maxSlopeDegrees: 61 }), 1500).map(baseInRoof);
    expect(places.length).toBe(1500);
    const found = places.map(onRoof);
    // A pin of 2 mm is lifted by nothing on a plane; heights are those of the faces.
    expect(Math.max(...found.map(({ off }) => off))).toBeLessThan(1e-9);
    // Areas 2 : 1 : 1, less a seam of a pin's width.
    const counts = [0, 1, 2].map((face) => found.filter((each) => each.face === face).length);
    expect(chiSquare(counts, [750, 375, 375])).toBeLessThan(CHI_SQUARE_LIMIT[2] ?? NaN);
    const along = found.filter(({ face }) => face === 0).map((each) => each.along / 2);
    expect(ksStatistic(along, (x) => Math.min(1, Math.max(0, x)))).toBeLessThan(KS_LIMIT);
    const across = places.map(([, , z]) => z + 0.5);
    expect(ksStatistic(across, (z) => Math.min(1, Math.max(0, z)))).toBeLessThan(KS_LIMIT);
  });

  it('stand along the outside of their face, or straight up, turned by their yaw', () => {
    for (const object of objectsOf(onMesh({ pose: 'normal', maxSlopeDegrees: 61 }), 200)) {
      const { face } = onRoof(baseInRoof(object));
      const slope = (Math.PI / 6) * face;
      const up = turn(object.orientation, [0, 1, 0]);
      const wanted: Vec3 = [
        -Math.sin(slope) * Math.cos(Math.PI / 6),
        Math.cos(slope),
        Math.sin(slope) * Math.sin(Math.PI / 6),
      ];
      for (const axis of [0, 1, 2] as const) expect(up[axis]).toBeCloseTo(wanted[axis], 9);
    }
    const upright = objectsOf(onMesh({ maxSlopeDegrees: 61 }), 200);
    const yaws = upright.map(({ orientation: [w, x, y, z] }) => {
      expect([x, z]).toEqual([0, 0]);
      return (((Math.atan2(y, w) * 360) / Math.PI + 720) % 360) / 360;
    });
    expect(ksStatistic(yaws, (u) => Math.min(1, Math.max(0, u)))).toBeLessThan(KS_LIMIT);
  });

  it('keep to the steepest face that is allowed', () => {
    const faces = (maxSlopeDegrees: number): ReadonlySet<number> =>
      new Set(
        objectsOf(onMesh({ pose: 'normal', maxSlopeDegrees }), 120).map(
          (object) => onRoof(baseInRoof(object)).face,
        ),
      );
    expect(faces(29.9)).toEqual(new Set([0]));
    expect(faces(30.1)).toEqual(new Set([0, 1]));
    expect(faces(60.1)).toEqual(new Set([0, 1, 2]));
    const steep = inputsOf({ g: onMesh({ of: 'wall' }) });
    const wall = { positions: [0, 0, 0, 1, 0, 0, 0, 1, 0], indices: [0, 1, 2] };
    expect(
      () => new MeshRegion(wall, IDENTITY, { maxSlopeDegrees: 89, name: 'wall', path: 'g' }),
    ).toThrow('g: no face of "wall" is within 89° of level');
    expect(() => sampleScene(steep, 0)).toThrow('"wall" is no object group above and no node');
  });

  it('rest on the highest place within their plan, and sink as deep as they are told', () => {
    // A crate of 12 cm on a slope of 30°: its uphill edge touches, and rises by half its depth × tan.
    const group = onMesh({ maxSlopeDegrees: 30.1, unevenMeters: 0.2, yawDegrees: 30 }, { assets: ['crate-2'] }); // prettier-ignore
    let sloped = 0;
    for (const { position } of objectsOf(group, 100)) {
      const foot = baseInRoof({ position, orientation: [1, 0, 0, 0] });
      if (foot[0] < 2.04 || foot[0] > 2 + RUN - 0.04) continue;
      sloped++;
      const bottom = position[1] - 0.03;
      const atPoint = 1 + 2 * ((foot[0] - 2) / Math.sqrt(3));
      expect(bottom - atPoint).toBeCloseTo(0.06 / Math.sqrt(3), 9);
    }
    expect(sloped).toBeGreaterThan(10);
    const [flat] = objectsOf(onMesh({ maxSlopeDegrees: 1 }, { assets: ['crate-2'] }), 1);
    const [sunk] = objectsOf(onMesh({ maxSlopeDegrees: 1, sinkMeters: 0.02 }, { assets: ['crate-2'] }), 1); // prettier-ignore
    expect(flat?.position[1]).toBeCloseTo(1.03, 12);
    expect(sunk?.position[1]).toBeCloseTo(1.01, 12);
  });

  it('stay off rims and out of hollows where the mesh is more uneven than allowed', () => {
    const group = onMesh({ maxSlopeDegrees: 1, unevenMeters: 0.001 }, { assets: ['crate-2'] });
    for (const object of objectsOf({ ...group, count: 3, whenFull: 'drop' }, 60)) {
      const [x, , z] = baseInRoof(object);
      // At twice its size the plan reaches at least 3 cm of the roof's own around its middle.
      expect(x).toBeGreaterThan(0.029);
      expect(x).toBeLessThan(1.971);
      expect(Math.abs(z)).toBeLessThan(0.471);
    }
  });

  it('cover the facets of a sphere that the page draws, on every side', () => {
    const group = onMesh({ of: 'orb', pose: 'normal', maxSlopeDegrees: 180 });
    const heights = objectsOf(group, 600).map(({ position, orientation }) => {
      const foot = turn(orientation, [0, -0.02, 0]);
      const [x, y, z] = [position[0] + foot[0] + 20, position[1] + foot[1] - 1, position[2] + foot[2]]; // prettier-ignore
      const radius = Math.hypot(x, y, z);
      expect(radius).toBeLessThan(0.5 + 1e-3);
      // Facets of 24 × 12 lie at most 1 − cos(7.5°)² within.
      expect(radius).toBeGreaterThan(0.5 * Math.cos(Math.PI / 24) ** 2 - 1e-3);
      return y / radius;
    });
    // By Archimedes, heights of a uniform point of a sphere are uniform.
    expect(ksStatistic(heights, (y) => Math.min(1, Math.max(0, (y + 1) / 2)))).toBeLessThan(
      KS_LIMIT,
    );
  });

  it('follow the objects of a group above, dealt out in turn', () => {
    const inputs = inputsOf({
      ramps: { assets: ['roof'], labelled: false, count: 2, scale: 0.1, placement: { kind: 'line', surface: 'floor', pitchMeters: 1 } }, // prettier-ignore
      pins: onMesh({ of: 'ramps', maxSlopeDegrees: 10, spacingMeters: 0.001 }, { count: 6 }),
    });
    const { objects } = sampleScene(inputs, 4);
    const [first, second, ...pins] = objects;
    expect(pins).toHaveLength(6);
    pins.forEach(({ position }, i) => {
      const under = i % 2 === 0 ? first : second;
      expect(position[0] - (under?.position[0] ?? NaN)).toBeGreaterThan(0);
      expect(position[0] - (under?.position[0] ?? NaN)).toBeLessThan(0.2);
      expect(position[1]).toBeCloseTo(0.02, 12);
    });
  });
});
