import { BoxGeometry, type BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { extruded } from '../lib/extrude.ts';
import { glaze, plastic } from '../lib/materials.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { turned } from '../lib/street-shapes.ts';

/** A wheel with so many lugs, its axis along y; lengths in mm. */
export function tractorWheel(
  radius: number,
  width: number,
  lugs: number,
): { tyre: BufferGeometry; rim: BufferGeometry } {
  const half = width / 2;
  const tyre = turned(
    [
      [radius * 0.55, -half],
      [radius * 0.9, -half],
      [radius, -half * 0.8],
      [radius, half * 0.8],
      [radius * 0.9, half],
      [radius * 0.55, half * 0.9],
    ],
    18,
  );
  const treads = Array.from({ length: lugs }, (_, i) =>
    new BoxGeometry(44, width * 0.5, 60)
      .rotateX(i % 2 ? 0.5 : -0.5)
      .translate(radius, (i % 2 ? 1 : -1) * width * 0.2, 0)
      .rotateY((i / lugs) * 2 * Math.PI),
  );
  const rim = turned(
    [
      [0, half * 0.3],
      [radius * 0.3, half * 0.3],
      [radius * 0.5, half * 0.8],
      [radius * 0.56, half * 0.8],
    ],
    14,
  );
  return { tyre: merged([tyre, ...treads]), rim };
}

function tractorFrame(): BufferGeometry {
  const posts = [-1, 1].flatMap((s) => [
    rod([s * 640, 1300, -1150], [s * 580, 2560, -1050], [42, 36]),
    rod([s * 600, 1300, 230], [s * 560, 2560, 60], [42, 36]),
  ]);
  return merged([
    bevelBox([520, 420, 2900], 40).translate(0, 760, 150),
    bevelBox([1150, 500, 1000], 40).translate(0, 1120, -500),
    ...posts,
    rod([300, 1500, 700], [300, 2400, 700], [45, 45]),
    bevelBox([1500, 160, 160], 30).translate(0, 560, 1450),
  ]);
}

/** A tractor with a cab; the front is +Z. */
export const tractorRecipes = leanRecipesOf(
  'tractor',
  ['#b3261e', '#2f6b34'],
  (color): Promise<Part[]> => {
    const wheels = [-1, 1].flatMap((s) => [
      { ...tractorWheel(800, 480, 10), at: [s * 850, 800, -700] as const, s },
      { ...tractorWheel(560, 340, 10), at: [s * 800, 560, 1450] as const, s },
    ]);
    const put = (geometry: BufferGeometry, { at, s }: (typeof wheels)[number]): BufferGeometry =>
      geometry.rotateZ((-s * Math.PI) / 2).translate(at[0], at[1], at[2]);
    const fender = (s: number): BufferGeometry =>
      extruded({
        outline: [
          [-1640, 900],
          [-1500, 1450],
          [-1050, 1730],
          [-420, 1730],
          [-420, 1650],
          [-1020, 1640],
          [-1420, 1390],
          [-1540, 900],
        ]
          .map(([z = 0, y = 0]): [number, number] => [z, y])
          .reverse(),
        depth: 520,
        bevel: 0,
      })
        .rotateY(-Math.PI / 2)
        .translate(s * 850, 0, 0);
    const hood = merged([
      bevelBox([720, 700, 1750], 90).translate(0, 1230, 1080),
      bevelBox([600, 260, 1500], 60).translate(0, 780, 900),
    ]);
    const lamp = (s: number): BufferGeometry =>
      bevelBox([150, 110, 40], 20).translate(s * 230, 1380, 1960);
    return Promise.resolve([
      {
        name: 'bonnet',
        geometry: merged([
          hood,
          fender(-1),
          fender(1),
          bevelBox([1330, 130, 1320], 50).translate(0, 2600, -490),
        ]),
        material: glaze('paint', color, 0.35),
      },
      {
        name: 'cab',
        geometry: bevelBox([1180, 1240, 1180], 60).translate(0, 1930, -470),
        material: glaze('glass', '#1a2329', 0.1),
      },
      {
        name: 'chassis',
        geometry: tractorFrame(),
        material: plastic('chassis', '#26282a', 0.6),
      },
      {
        name: 'tyres',
        geometry: merged(wheels.map((wheel) => put(wheel.tyre, wheel))),
        material: plastic('rubber', '#1a1b1c', 0.95),
      },
      {
        name: 'rims',
        geometry: merged(wheels.map((wheel) => put(wheel.rim, wheel))),
        material: glaze('rim', '#e0c14a', 0.4),
      },
      {
        name: 'lamps',
        geometry: merged([lamp(-1), lamp(1)]),
        material: glaze('lamp glass', '#eef1f0', 0.1),
      },
    ]);
  },
);
