import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { extruded } from '../lib/extrude.ts';
import { glaze, metal, plastic } from '../lib/materials.ts';
import { merged } from '../lib/solid.ts';
import { disc, post, turned } from '../lib/street-shapes.ts';

/** Traffic lights with three lamps to +Z; the variants show red and green. */
export const trafficLightRecipes = leanRecipesOf(
  'traffic-light',
  ['red', 'green'] as const,
  (shown): Promise<Part[]> => {
    const lamps = ['red', 'amber', 'green'] as const;
    const colors = { red: '#ff2a1c', amber: '#ffb020', green: '#19e27a' };
    const dim = { red: '#4a100d', amber: '#4a3208', green: '#0b3d23' };
    const face = (i: number): BufferGeometry =>
      turned(
        [
          [0, 0],
          [98, 0],
          [90, 14, 4],
          [0, 34],
        ],
        18,
      )
        .rotateX(Math.PI / 2)
        .translate(0, 3120 - i * 270, 96);
    const hood = (i: number): BufferGeometry =>
      extruded({
        outline: [
          ...Array.from({ length: 13 }, (_, k): [number, number] => {
            const a = -0.15 + (k / 12) * (Math.PI + 0.3);
            return [118 * Math.cos(a), 118 * Math.sin(a)];
          }),
          ...Array.from({ length: 13 }, (_, k): [number, number] => {
            const a = Math.PI + 0.15 - (k / 12) * (Math.PI + 0.3);
            return [106 * Math.cos(a), 106 * Math.sin(a)];
          }),
        ],
        depth: 170,
        bevel: 0,
      }).translate(0, 3120 - i * 270, 180);
    return Promise.resolve([
      { name: 'pole', geometry: post(3380, 52), material: metal('pole', '#6f767a', 0.5) },
      {
        name: 'case',
        geometry: merged([
          bevelBox([290, 840, 190], 30).translate(0, 2850, 0),
          ...lamps.map((_, i) => hood(i)),
        ]),
        material: plastic('case', '#1d2421', 0.6),
      },
      ...lamps.map((lamp, i): Part => ({
        name: lamp,
        geometry: face(i),
        material: glaze(`${lamp} lamp`, lamp === shown ? colors[lamp] : dim[lamp], 0.25),
      })),
    ]);
  },
);

type Outline = readonly (readonly [number, number])[];

interface SignVariant {
  outline: Outline;
  /** Layers from the back to the front: outline share and colour. */
  layers: readonly (readonly [number, string])[];
  /** A bar across, or an arrow. */
  mark?: { outline: Outline; color: string };
}

const SIGNS: readonly SignVariant[] = [
  {
    outline: disc(350, 8, Math.PI / 8),
    layers: [
      [1, '#f2f2f0'],
      [0.93, '#b3141f'],
    ],
    mark: {
      outline: [
        [-210, -38],
        [210, -38],
        [210, 38],
        [-210, 38],
      ],
      color: '#f2f2f0',
    },
  },
  {
    outline: disc(420, 3, -Math.PI / 2),
    layers: [
      [1, '#b3141f'],
      [0.7, '#f2f2f0'],
    ],
  },
  {
    outline: disc(320, 28),
    layers: [
      [1, '#b3141f'],
      [0.78, '#f2f2f0'],
    ],
    mark: {
      outline: [
        [-34, -130],
        [34, -130],
        [34, 130],
        [-34, 130],
      ],
      color: '#15171a',
    },
  },
  {
    outline: disc(320, 28),
    layers: [
      [1, '#eef1f4'],
      [0.95, '#1b4f9c'],
    ],
    mark: {
      outline: [
        [-50, -170],
        [50, -170],
        [50, 30],
        [120, 30],
        [0, 190],
        [-120, 30],
        [-50, 30],
      ],
      color: '#f2f2f0',
    },
  },
];

/** Road signs on posts: stop, give way, limit, direction; they face +Z. */
export const roadSignRecipes = leanRecipesOf(
  'road-sign',
  SIGNS,
  ({ outline, layers, mark }): Promise<Part[]> => {
    const height = 2350;
    const plate = (
      shape: Outline,
      share: number,
      [z, depth]: readonly [number, number],
    ): BufferGeometry =>
      extruded({
        outline: shape.map(([x, y]): [number, number] => [x * share, y * share]),
        depth,
        bevel: 0,
      }).translate(0, height, z);
    const sheets = layers.map(([share, color], i): Part => ({
      name: `sheet-${i + 1}`,
      geometry: plate(outline, share, [42 + i * 2.5, 4]),
      material: plastic(`sheet ${i + 1}`, color, 0.4),
    }));
    const back: Part = {
      name: 'pole',
      geometry: merged([post(height + 300, 30), plate(outline, 1, [36, 8])]),
      material: metal('zinc', '#8e9498', 0.45),
    };
    if (!mark) return Promise.resolve([back, ...sheets]);
    const top: Part = {
      name: 'mark',
      geometry: plate(mark.outline, 1, [42 + layers.length * 2.5, 4]),
      material: plastic('mark', mark.color, 0.4),
    };
    return Promise.resolve([back, ...sheets, top]);
  },
);
