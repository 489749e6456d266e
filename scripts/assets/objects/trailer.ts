import { BoxGeometry, type BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { blob } from '../lib/blob.ts';
import { glaze, plastic } from '../lib/materials.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { tractorWheel } from './tractor.ts';

interface TrailerVariant {
  paint: string;
  frame: string;
  /** What it carries; absent: nothing. */
  load?: Readonly<{ color: string; height: number }>;
}

const TRAILERS: readonly TrailerVariant[] = [
  { paint: '#3f6d3a', frame: '#8d2b22', load: { color: '#b8a06a', height: 330 } },
  { paint: '#2f5a86', frame: '#2b2d30' },
];

/** Length, height of the boards and width of the box, and the height of its floor; mm. */
const BOX = { length: 4200, height: 720, width: 2100, floor: 1050 };

function boards(): BufferGeometry {
  const { length, height, width, floor } = BOX;
  const y = floor + height / 2;
  const sides = [-1, 1].flatMap((s) => [
    bevelBox([46, height, length], 10).translate((s * width) / 2, y, 0),
    bevelBox([width, height, 46], 10).translate(0, y, (s * length) / 2),
  ]);
  const ribs = [-1, 1].flatMap((s) =>
    [-1600, -800, 0, 800, 1600].map((z) =>
      new BoxGeometry(50, height - 60, 80).translate(s * (width / 2 + 40), y, z),
    ),
  );
  const rims = [-1, 1].map((s) =>
    bevelBox([90, 90, length + 90], 20).translate((s * width) / 2, floor + height, 0),
  );
  return merged([...sides, ...ribs, ...rims]);
}

function chassis(): BufferGeometry {
  const { length, width, floor } = BOX;
  const beams = [-1, 1].map((s) =>
    bevelBox([130, 220, length], 20).translate(s * 450, floor - 170, 0),
  );
  return merged([
    bevelBox([width, 80, length], 20).translate(0, floor - 20, 0),
    ...beams,
    bevelBox([1700, 130, 130], 20).translate(0, 480, -1250),
    bevelBox([1700, 130, 130], 20).translate(0, 480, 1250),
    ...[-1250, 1250].flatMap((z) =>
      [-1, 1].map((s) => rod([s * 450, 480, z], [s * 450, floor - 100, z], [60, 60])),
    ),
    rod([-420, 560, 1500], [0, 620, 3300], [55, 55]),
    rod([420, 560, 1500], [0, 620, 3300], [55, 55]),
    rod([0, 620, 3250], [0, 630, 3560], [70, 60]),
  ]);
}

/** Two-axle trailers with boards, one loaded; the drawbar points to +Z. */
export const trailerRecipes = leanRecipesOf(
  'trailer',
  TRAILERS,
  ({ paint, frame, load }, id): Promise<Part[]> => {
    const wheels = [-1, 1].flatMap((s) =>
      [-1250, 1250].map((z) => {
        const { tyre, rim } = tractorWheel(470, 320, 0);
        const put = (geometry: BufferGeometry): BufferGeometry =>
          geometry.rotateZ((-s * Math.PI) / 2).translate(s * 840, 470, z);
        return { tyre: put(tyre), rim: put(rim) };
      }),
    );
    const heap: Part[] = load
      ? [
          {
            name: 'load',
            geometry: blob({
              seed: id,
              radii: [BOX.width * 0.47, load.height, BOX.length * 0.47],
              at: [0, BOX.floor + BOX.height - 130, 0],
              rough: 0.1,
              bumps: 3,
              detail: 3,
            }),
            material: plastic('load', load.color, 0.95),
          },
        ]
      : [];
    return Promise.resolve([
      { name: 'boards', geometry: boards(), material: glaze('paint', paint, 0.5) },
      { name: 'chassis', geometry: chassis(), material: glaze('frame', frame, 0.6) },
      {
        name: 'tyres',
        geometry: merged(wheels.map(({ tyre }) => tyre)),
        material: plastic('rubber', '#1d1e1f', 0.95),
      },
      {
        name: 'rims',
        geometry: merged(wheels.map(({ rim }) => rim)),
        material: glaze('rim', '#c9c6bd', 0.4),
      },
      ...heap,
    ]);
  },
);
