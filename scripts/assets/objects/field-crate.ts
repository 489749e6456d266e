import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { blob } from '../lib/blob.ts';
import { plastic } from '../lib/materials.ts';
import { randomFrom } from '../lib/noise.ts';
import { merged } from '../lib/solid.ts';

interface CrateVariant {
  /** Width, height and depth outside, mm. */
  size: readonly [number, number, number];
  color: string;
  /** Boards of a side, one above the other, and the share of the height that they cover. */
  boards: number;
  cover: number;
  wall: number;
  /** What fills it to the brim; absent: nothing. */
  fill?: Readonly<{ color: string; radius: number; long: number }>;
}

const CRATES: readonly CrateVariant[] = [
  {
    size: [600, 300, 400],
    color: '#b98d57',
    boards: 3,
    cover: 0.84,
    wall: 12,
    fill: { color: '#a9825a', radius: 54, long: 1.3 },
  },
  {
    size: [600, 280, 400],
    color: '#2f7d46',
    boards: 4,
    cover: 0.8,
    wall: 10,
    fill: { color: '#9fbf8d', radius: 84, long: 1 },
  },
  { size: [600, 300, 400], color: '#a77a48', boards: 3, cover: 0.84, wall: 12 },
  {
    size: [1200, 760, 1000],
    color: '#9a8264',
    boards: 5,
    cover: 0.9,
    wall: 24,
    fill: { color: '#b39a78', radius: 105, long: 1.25 },
  },
];

function slats({ size: [w, h, d], boards, cover, wall }: CrateVariant): BufferGeometry {
  const pitch = h / boards;
  const rows = Array.from({ length: boards }, (_, i) => (i + 0.5) * pitch);
  const sides = rows.flatMap((y) =>
    [-1, 1].flatMap((s) => [
      bevelBox([w, pitch * cover, wall], 3).translate(0, y, (s * (d - wall)) / 2),
      bevelBox([wall, pitch * cover, d - 2 * wall], 3).translate((s * (w - wall)) / 2, y, 0),
    ]),
  );
  const posts = [-1, 1].flatMap((s) =>
    [-1, 1].map((f) =>
      bevelBox([wall * 2.2, h * 1.02, wall * 2.2], 3).translate(
        s * (w / 2 - wall * 2.1),
        h * 0.51,
        f * (d / 2 - wall * 2.1),
      ),
    ),
  );
  const floor = bevelBox([w - 2 * wall, wall, d - 2 * wall], 3).translate(0, wall, 0);
  return merged([...sides, ...posts, floor]);
}

/** Produce in even rows, each piece turned its own way: a top layer over a board that hides what is below. */
function filling(crate: CrateVariant, seed: string): BufferGeometry {
  const { fill } = crate;
  if (!fill) throw new RangeError('expected a crate with produce');
  const [w, h, d] = crate.size;
  const random = randomFrom(seed);
  const step = fill.radius * 1.7;
  const [columns, rows] = [w, d].map((side) => Math.floor((side - 2 * crate.wall) / step));
  const pieces = Array.from({ length: (columns ?? 0) * (rows ?? 0) }, (_, i) => {
    const [column, row] = [i % (columns ?? 1), Math.floor(i / (columns ?? 1))];
    const r = fill.radius * (0.86 + 0.28 * random());
    return blob({
      seed: `${seed} ${i}`,
      radii: [r * fill.long, r * 0.9, r],
      rough: 0.1,
      bumps: 1.3,
      detail: 1,
    })
      .rotateY(random() * Math.PI)
      .translate(
        (column + 0.5 - (columns ?? 0) / 2) * step + (random() - 0.5) * step * 0.25,
        h - fill.radius * (0.55 + 0.5 * random()),
        (row + 0.5 - (rows ?? 0) / 2) * step + (random() - 0.5) * step * 0.25,
      );
  });
  const board = bevelBox([w - 2 * crate.wall, 6, d - 2 * crate.wall], 1).translate(
    0,
    h - fill.radius * 1.7,
    0,
  );
  return merged([board, ...pieces]);
}

/** Crates of the harvest: two full ones, an empty one, and a pallet box of potatoes. */
export const fieldCrateRecipes = leanRecipesOf(
  'field-crate',
  CRATES,
  (crate, id): Promise<Part[]> => {
    const parts: Part[] = [
      { name: 'crate', geometry: slats(crate), material: plastic('boards', crate.color, 0.85) },
    ];
    if (crate.fill)
      parts.push({
        name: 'produce',
        geometry: filling(crate, id),
        material: plastic('produce', crate.fill.color, 0.8),
      });
    return Promise.resolve(parts);
  },
);
