import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { card, glaze, metal, plastic } from '../lib/materials.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { post, turned } from '../lib/street-shapes.ts';
import { paintWood } from '../lib/wood.ts';

/** Street lamps: a bent arm, and a lantern on a column. */
export const streetLampRecipes = leanRecipesOf(
  'street-lamp',
  ['arm', 'lantern'] as const,
  (kind): Promise<Part[]> => {
    if (kind === 'lantern') {
      const cage = [0, 1, 2, 3].map((i) =>
        rod([130, 0, 130], [170, 420, 170], [12, 12])
          .rotateY((i * Math.PI) / 2)
          .translate(0, 3400, 0),
      );
      const cap = turned(
        [
          [0, 3810],
          [260, 3810],
          [250, 3830, 8],
          [90, 3980, 30],
          [30, 4050, 8],
          [0, 4060],
        ],
        4,
      );
      const column = turned(
        [
          [0, 0],
          [150, 0],
          [150, 240, 20],
          [90, 320, 30],
          [60, 900, 40],
          [48, 3240, 20],
          [120, 3380, 20],
          [120, 3410],
          [0, 3410],
        ],
        16,
      );
      return Promise.resolve([
        {
          name: 'column',
          geometry: merged([column, ...cage, cap.rotateY(Math.PI / 4)]),
          material: metal('cast iron', '#26302d', 0.55),
        },
        {
          name: 'globe',
          geometry: turned(
            [
              [0, 3410],
              [105, 3420, 20],
              [150, 3780, 10],
              [0, 3800],
            ],
            4,
          ).rotateY(Math.PI / 4),
          material: glaze('milk glass', '#f1ead8', 0.3),
        },
      ]);
    }
    const mast = [
      post(5600, 62),
      rod([0, 5560, 0], [0, 5980, 260], [44, 40]),
      rod([0, 5960, 240], [0, 6080, 1150], [38, 34]),
    ];
    return Promise.resolve([
      {
        name: 'mast',
        geometry: merged(mast),
        material: metal('galvanised steel', '#8b9196', 0.45),
      },
      {
        name: 'head',
        geometry: bevelBox([230, 110, 640], 45).rotateX(-0.13).translate(0, 6090, 1380),
        material: plastic('housing', '#5d6367', 0.5),
      },
      {
        name: 'lens',
        geometry: bevelBox([170, 20, 480], 8).rotateX(-0.13).translate(0, 6034, 1388),
        material: glaze('lens', '#f3efe2', 0.2),
      },
    ]);
  },
);

/** Bollards: steel with a band, and cast iron. */
export const bollardRecipes = leanRecipesOf(
  'bollard',
  [
    { color: '#2c2f33', band: '#e7e7e2', radius: 55 },
    { color: '#6b3128', band: '#6b3128', radius: 70 },
  ],
  ({ color, band, radius: r }): Promise<Part[]> =>
    Promise.resolve([
      {
        name: 'post',
        geometry: turned([
          [0, 0],
          [r + 30, 0],
          [r + 30, 30, 8],
          [r, 60, 10],
          [r, 860, 10],
          [r + 12, 880, 8],
          [r + 12, 910, 8],
          [r * 0.8, 980, 20],
          [0, 1000],
        ]),
        material: metal('post', color, 0.5),
      },
      {
        name: 'band',
        geometry: turned([
          [r + 1, 700],
          [r + 2.5, 700],
          [r + 2.5, 790],
          [r + 1, 790],
        ]),
        material: plastic('band', band, 0.5),
      },
    ]),
);

/** Litter bins. */
export const litterBinRecipes = leanRecipesOf(
  'litter-bin',
  [
    { color: '#2f5d3c', square: false },
    { color: '#4a4f54', square: true },
  ],
  ({ color, square }): Promise<Part[]> => {
    const body = square
      ? merged([
          bevelBox([460, 820, 420], 24).translate(0, 450, 0),
          bevelBox([490, 60, 450], 20).translate(0, 1010, 0),
          ...[-1, 1].map((s) => bevelBox([40, 130, 380], 6).translate(s * 205, 915, 0)),
        ])
      : turned(
          [
            [0, 0],
            [210, 0],
            [215, 30, 10],
            [235, 820, 6],
            [250, 830, 6],
            [250, 870, 8],
            [225, 870],
            [215, 560],
            [0, 560],
          ],
          24,
        );
    return Promise.resolve([
      { name: 'body', geometry: body, material: plastic('body', color, 0.55) },
      {
        name: 'foot',
        geometry: bevelBox([380, 42, 340], 8).translate(0, 21, 0),
        material: plastic('foot', '#222427', 0.8),
      },
    ]);
  },
);

/** Fire hydrants. */
export const hydrantRecipes = leanRecipesOf(
  'hydrant',
  ['#b5261e', '#d9a514'],
  (color): Promise<Part[]> => {
    const trunk = turned(
      [
        [0, 0],
        [170, 0],
        [170, 40, 8],
        [115, 52, 6],
        [115, 480, 8],
        [150, 495, 8],
        [150, 535, 8],
        [120, 550, 8],
        [105, 640, 50],
        [40, 690, 12],
        [38, 740, 6],
        [0, 745],
      ],
      20,
    );
    const arms = [-1, 1].map((s) =>
      turned(
        [
          [0, 0],
          [62, 0],
          [62, 110, 4],
          [76, 114, 4],
          [76, 150, 6],
          [30, 158, 4],
          [28, 190, 4],
          [0, 190],
        ],
        14,
      )
        .rotateZ((-s * Math.PI) / 2)
        .translate(s * 95, 390, 0),
    );
    const front = turned(
      [
        [0, 0],
        [80, 0],
        [80, 110, 4],
        [96, 114, 4],
        [96, 156, 6],
        [0, 166],
      ],
      14,
    )
      .rotateX(Math.PI / 2)
      .translate(0, 330, 95);
    return Promise.resolve([
      {
        name: 'body',
        geometry: merged([trunk, ...arms, front]),
        material: glaze('enamel', color, 0.4),
      },
    ]);
  },
);

/** Traffic cones. */
export const trafficConeRecipes = leanRecipesOf(
  'traffic-cone',
  [1, 1.5],
  (size): Promise<Part[]> => {
    const k = size;
    const cone = turned(
      [
        [0, 30 * k],
        [125 * k, 30 * k, 4],
        [112 * k, 60 * k, 4],
        [25 * k, 480 * k, 6],
        [0, 482 * k],
      ],
      20,
    );
    const band = (low: number, high: number): BufferGeometry => {
      const at = (y: number): number => (112 - ((y - 60) / 420) * 87) * k + 1.5;
      return turned(
        [
          [at(low), low * k],
          [at(high), high * k],
        ],
        20,
      );
    };
    return Promise.resolve([
      {
        name: 'cone',
        geometry: merged([cone, bevelBox([340 * k, 34 * k, 340 * k], 8).translate(0, 17 * k, 0)]),
        material: plastic('rubber', '#e2561b', 0.6),
      },
      {
        name: 'bands',
        geometry: merged([band(200, 290), band(350, 420)]),
        material: plastic('reflective band', '#ecebe6', 0.35),
      },
    ]);
  },
);

/** Park benches; one sits facing +Z. */
export const benchRecipes = leanRecipesOf(
  'bench',
  ['#3a3d40', '#2f4f3b'],
  async (iron, id): Promise<Part[]> => {
    const map = await paintWood(
      { name: `${id} wood`, width: 160, height: 80, quality: 70 },
      { light: '#a9814f', dark: '#6f4d2b', planks: 1, rings: 4 },
    );
    const slats = [-150, -50, 50, 150].map((z) =>
      bevelBox([1700, 34, 84], 6).translate(0, 440, z + 20),
    );
    const back = [0, 1, 2].map((i) =>
      bevelBox([1700, 84, 30], 6)
        .rotateX(-0.2)
        .translate(0, 560 + i * 105, -185 - i * 21),
    );
    const frame = [-1, 1].map((s) =>
      merged([
        rod([s * 720, 0, 210], [s * 720, 425, 170], [24, 24]),
        rod([s * 720, 0, -220], [s * 720, 430, -140], [24, 24]),
        rod([s * 720, 415, 200], [s * 720, 415, -170], [20, 20]),
        rod([s * 720, 410, -150], [s * 720, 840, -262], [20, 18]),
      ]),
    );
    return [
      { name: 'slats', geometry: merged([...slats, ...back]), material: card('slats', map, 0.7) },
      { name: 'frame', geometry: merged(frame), material: metal('frame', iron, 0.5) },
    ];
  },
);
